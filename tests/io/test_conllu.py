from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjkv_phon.errors import FormatError
from cjkv_phon.io.conllu import escape, with_key


def word(number: str, form: str, misc: str = "_") -> str:
    return "\t".join([number, form, "_", "X", "_", "_", "0", "root", "_", misc])


def test_only_misc_changes(convert):
    data = "# text = ab\n" + word("1", "ab", "A=b") + "\n\n"
    assert convert(data.encode(), "conllu").decode() == data.replace(
        "A=b", "A=b|Translit=AB|Ipa=ba"
    )


def test_ranges_and_empty_nodes_stay_and_the_words_of_a_range_are_transcribed(convert):
    lines = [word("1-2", "abcd"), word("1", "ab"), word("2", "cd"), word("2.1", "ef")]
    out = convert("\n".join(lines).encode(), "conllu").decode().split("\n")
    assert out[0] == lines[0]
    assert out[3] == lines[3]
    assert out[1].endswith("Translit=AB|Ipa=ba+")
    assert out[2].endswith("Translit=CD|Ipa=dc")


def test_space_after_no_reaches_the_engine(convert):
    out = convert(word("1", "ab", "SpaceAfter=No").encode(), "conllu").decode()
    assert out.endswith("SpaceAfter=No|Translit=AB|Ipa=ba+")


def test_space_after_no_of_a_range_belongs_to_its_last_word(convert):
    lines = [word("1-2", "abcd", "SpaceAfter=No"), word("1", "ab"), word("2", "cd")]
    assert convert("\n".join(lines).encode(), "conllu").decode().endswith("Ipa=dc+")


def test_keys_that_are_there_are_replaced_where_they_stand(convert):
    data = word("1", "ab", "Ipa=old|B=c|Translit=old|Ipa=older")
    assert convert(data.encode(), "conllu").decode().endswith("\tIpa=ba|B=c|Translit=AB")


def test_an_empty_value_leaves_no_key(convert):
    assert convert(word("1", "null", "Ipa=x").encode(), "conllu").decode().endswith("\t_")


def test_crlf_stays(convert):
    data = (word("1", "ab") + "\r\n\r\n").encode()
    assert convert(data, "conllu").endswith(b"Translit=AB|Ipa=ba\r\n\r\n")


def test_values_are_escaped(convert):
    out = convert(word("1", "a|b \\").encode(), "conllu").decode()
    assert out.endswith("Translit=A\\pB \\\\|Ipa=\\\\ b\\pa")


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [("1\tab", 5, "10 columns"), (word("x", "ab"), 1, "no word number")],
)
def test_what_is_no_word_line_is_named_with_its_place(convert, line, column, message):
    with pytest.raises(FormatError, match=message) as caught:
        convert(f"# c\n{line}\n".encode(), "conllu")
    assert (caught.value.line, caught.value.column) == (2, column)


@given(st.text())
def test_an_escaped_value_holds_no_separator_and_no_stray_space(value):
    escaped = escape(value)
    assert not set(escaped) & set("|\t\n\r")
    assert escaped == escaped.strip(" ")
    assert "  " not in escaped


def test_escapes_can_be_undone():
    assert escape("a|\\p ") == "a\\p\\\\p\\s"


@given(st.lists(st.sampled_from(["A=b", "Ipa=x", "C", "Ipa="]), max_size=4), st.text(max_size=3))
def test_setting_a_key_leaves_the_other_items_in_order(items, value):
    new = with_key("|".join(items) or "_", "Ipa", value)
    rest = [item for item in new.split("|") if not item.startswith("Ipa=") and item != "_"]
    assert rest == [item for item in items if not item.startswith("Ipa=")]
    assert new.count("Ipa=") == (1 if value else 0) + value.count("Ipa=")


def test_an_empty_column_gains_no_separator():
    assert with_key("", "Ipa", "a") == "Ipa=a"
    assert with_key("", "Ipa", "") == ""
