"""What counts as an error, and what does not."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.errors import FormatError, UnsupportedOptionError
from cjkv_phon.evaluation import (
    align,
    characters,
    distance,
    evaluate,
    folding_table,
    normalizer,
    read_folding,
    read_lexicon,
    segment,
)
from cjkv_phon.schemes import registry


@pytest.mark.parametrize(
    "spaced",
    [
        "ʔ ɗ ə w ŋ͡m ˨˩",
        "t͡ɕ w i ə n ˧˧",
        "z i ə ˦ˀ˥ k ï ŋ̟ ˧˧ m ɛ k̟̚ ˧˦",
        "tʰ ɨ ˧˨ ʔ s ɔ k͡p̚",
        "d͡ʑ ɯ ɾ ʝ e̞ p̚ t͈ a̠ ɰ̃",
    ],
)
def test_the_cut_is_that_of_wikipron(spaced: str) -> None:
    assert " ".join(segment(spaced.replace(" ", ""))) == spaced


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_no_character_but_white_space_is_lost_in_a_cut(text: str) -> None:
    bare = "".join(text.split())
    assert "".join(segment(bare)) == bare
    assert regex.sub(r"\s", "", "".join(characters(text))) == regex.sub(r"\s", "", text)


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
@settings(max_examples=100, deadline=None)
def test_an_alignment_spells_both_sides_and_its_edits_are_the_distance(a: str, b: str) -> None:
    pairs = align(a, b)
    assert "".join(one for one, _ in pairs) == a
    assert "".join(other for _, other in pairs) == b
    assert distance(a, b) == distance(b, a) == sum(one != other for one, other in pairs)
    assert abs(len(a) - len(b)) <= distance(a, b) <= max(len(a), len(b))


def test_the_distance_is_the_least_number_of_edits() -> None:
    assert distance("kitten", "sitting") == 3
    assert distance("", "abc") == 3


def test_the_nearest_of_several_golds_counts() -> None:
    result = evaluate({"tr": ("ʈ a", "t͡ɕ a ː x")}, {"tr": "ʈe"})
    assert (result.words, result.segments, result.edits) == (1, 2, 1)
    assert result.errors[0].gold == "ʈa"


def test_the_cut_into_segments_and_canonical_equivalence_are_no_errors() -> None:
    result = evaluate({"đin": ("ʔ ɗ ï n ˧˧",)}, {"đin": "ʔɗi\u0308n˧˧"})
    assert result.wer == 0


def test_a_missing_transcription_counts_as_deletions() -> None:
    result = evaluate({"ba": ("ɓ aː",)}, {"ba": ""})
    assert (result.per, result.wer) == (1.0, 1.0)
    assert result.confusions == {("ɓ", ""): 1, ("aː", ""): 1}


def test_rules_of_a_folding_table_apply_in_order_to_both_sides() -> None:
    rules = read_folding(["# source: none", "ɪj\ti\tdiphthong", "i+\ti", "ˀ\t"])
    assert normalizer(rules)("t ɪ j i ˦ˀ˥") == "ti˦˥"
    assert evaluate({"ti": ("t ɪ j",)}, {"ti": "ti"}, folding=rules).wer == 0
    assert evaluate({"ti": ("t ɪ j",)}, {"ti": "ti"}).wer == 1


def test_what_is_ignored_leaves_both_sides() -> None:
    lexicon = {"a": ("a ː ˧˧",)}
    assert evaluate(lexicon, {"a": "a"}, ignore=regex.compile("[ː˧]")).wer == 0


def test_spellings_compare_by_character_without_spaces() -> None:
    result = evaluate({"单词": ("dan1 ci2",)}, {"单词": "dan1ci4"}, cut=characters)
    assert (result.segments, result.edits) == (7, 1)


def test_nothing_compared_is_no_error() -> None:
    assert (evaluate({}, {}).wer, evaluate({}, {}).per) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("lines", "line", "column"),
    [
        (["a\ta", "b a"], 2, None),
        (["a\t "], 1, 3),
        (["\ta"], 1, 1),
        ([], None, None),
    ],
)
def test_a_bad_lexicon_names_the_place(
    lines: list[str], line: int | None, column: int | None
) -> None:
    with pytest.raises(FormatError) as caught:
        read_lexicon(lines, "gold.tsv")
    assert (caught.value.path, caught.value.line, caught.value.column) == ("gold.tsv", line, column)


@pytest.mark.parametrize("line", ["no tab", "(\tx"])
def test_a_bad_folding_rule_names_the_line(line: str) -> None:
    with pytest.raises(FormatError) as caught:
        read_folding(["# header", line], "folding.tsv")
    assert caught.value.line == 2


def test_a_language_without_a_folding_table_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry(), ("standard", "xx"), "cjkv_phon.none:create")
    for lang in ("xx", "yy"):
        with pytest.raises(UnsupportedOptionError, match=lang):
            folding_table(lang)
