from __future__ import annotations

import pytest

from cjkv_phon.errors import FormatError


def test_columns_come_last_after_a_tab(convert):
    assert convert("가나\tNOUN\tO\n".encode(), "conll") == "가나\tNOUN\tO\t나가\t가나\n".encode()


def test_columns_come_last_after_a_space(convert):
    assert convert(b"ab NOUN O\n", "conll") == b"ab NOUN O ba AB\n"


def test_aligned_columns_and_trailing_blanks_stay(convert):
    assert (
        convert(b"ab   NOUN  \ncde  VERB\n", "conll") == b"ab   NOUN ba AB  \ncde  VERB edc CDE\n"
    )


def test_white_space_and_nothing_become_underscores_between_spaces(convert):
    data = "a\u3000b X\nnull X\n".encode()
    expected = "a\u3000b X b_a A_B\nnull X _ _\n".encode()
    assert convert(data, "conll", delimiter="space") == expected


def test_an_empty_cell_stays_empty_between_tabs(convert):
    assert convert(b"null\tX\n", "conll") == b"null\tX\t\t\n"


def test_a_token_with_spaces_is_one_token_between_tabs(convert):
    assert convert(b"a b\tX\n", "conll") == b"a b\tX\tb a\tA B\n"


def test_document_starts_blank_lines_and_comments_stay(convert):
    data = b"-DOCSTART- -X- O\n\n# id = 1\nab N O\n \t\n\n#end\ncd N O"
    expected = b"-DOCSTART- -X- O\n\n# id = 1\nab N O ba AB\n \t\n\n#end\ncd N O dc CD"
    assert convert(data, "conll") == expected


def test_a_hash_with_all_columns_is_a_token(convert):
    assert convert(b"# SYM\nab N\n", "conll") == b"# SYM # #\nab N ba AB\n"


def test_each_line_keeps_its_own_line_end(convert):
    data = b"ab\tN\r\ncd\tN\n\r\nef\tN"
    assert convert(data, "conll") == b"ab\tN\tba\tAB\r\ncd\tN\tdc\tCD\n\r\nef\tN\tfe\tEF"


def test_a_byte_order_mark_stays_and_is_no_part_of_the_token(convert):
    assert convert(b"\xef\xbb\xbfab\tN\n", "conll") == b"\xef\xbb\xbfab\tN\tba\tAB\n"


def test_only_line_feeds_end_lines(convert):
    token = "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"
    out = convert(f"{token}\tN\n".encode(), "conll").decode()
    assert out == f"{token}\tN\t{token[::-1]}\t{token.upper()}\n"


def test_the_token_column_can_be_named(convert):
    assert convert(b"x ab y\n", "conll", column=2) == b"x ab y ba AB\n"


def test_a_first_column_that_numbers_the_tokens_is_skipped(convert):
    data = b"1\tab\tN\n2\tcd\tN\n\n1\tef\tN\n"
    assert convert(data, "conll") == b"1\tab\tN\tba\tAB\n2\tcd\tN\tdc\tCD\n\n1\tef\tN\tfe\tEF\n"


def test_a_file_of_tokens_alone_gains_tabs(convert):
    assert convert(b"ab\ncd\n", "conll") == b"ab\tba\tAB\ncd\tdc\tCD\n"


def test_one_column_can_be_asked_for(convert):
    assert convert(b"ab N\n", "conll", romanization=False) == b"ab N ba\n"
    assert convert(b"ab N\n", "conll", ipa=False) == b"ab N AB\n"


def test_joined_says_that_no_space_follows(convert):
    assert convert(b"ab N\n", "conll", joined=True) == b"ab N ba+ AB\n"


def test_a_missing_column_is_named_with_its_place(convert):
    with pytest.raises(FormatError, match="no column 3") as caught:
        convert(b"a b c\n\na b\n", "conll", column=3)
    assert (caught.value.line, caught.value.column) == (3, 4)
