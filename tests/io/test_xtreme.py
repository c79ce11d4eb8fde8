from __future__ import annotations

import pytest

from cjkv_phon.errors import FormatError


def test_udpos_gains_ipa_then_romanization(convert):
    assert convert(b"ab\tNOUN\n\ncd\tX\n", "xtreme") == b"ab\tNOUN\tba\tAB\n\ncd\tX\tdc\tCD\n"


def test_the_prefix_of_panx_is_dropped(convert):
    assert convert(b"ko:ab\tO\nko::\tO\n", "xtreme") == b"ab\tO\tba\tAB\n:\tO\t:\t:\n"


def test_what_is_no_prefix_of_all_tokens_stays(convert):
    assert convert(b"ko:ab\tO\nx\tO\n", "xtreme") == b"ko:ab\tO\tba:ok\tKO:AB\nx\tO\tx\tX\n"


def test_four_columns_are_transcribed_again(convert):
    data = b"ab\tO\told\tOLD\n"
    assert convert(data, "xtreme") == b"ab\tO\tba\tAB\n"
    assert convert(data, "xtreme", ipa=False) == b"ab\tO\told\tAB\n"
    assert convert(data, "xtreme", romanization=False) == b"ab\tO\tba\tOLD\n"


def test_there_are_always_four_columns(convert):
    assert convert(b"ab\tO\n", "xtreme", romanization=False) == b"ab\tO\tba\t\n"


def test_blank_tokens_are_tokens(convert):
    data = "\u3000\tO\n \tO\n\tO\n".encode()
    assert convert(data, "xtreme") == "\u3000\tO\t\u3000\t\u3000\n \tO\t \t \n\tO\t\t\n".encode()


def test_crlf_and_a_missing_last_line_end_stay(convert):
    assert convert(b"ab\tO\r\n\r\ncd\tO", "xtreme") == b"ab\tO\tba\tAB\r\n\r\ncd\tO\tdc\tCD"


@pytest.mark.parametrize(("line", "width"), [("ab", 1), ("a\tb\tc", 3), ("a\tb\tc\td\te", 5)])
def test_any_other_number_of_columns_is_refused(convert, line, width):
    with pytest.raises(FormatError, match=f"{width} columns") as caught:
        convert(f"ab\tO\n{line}\n".encode(), "xtreme")
    assert caught.value.line == 2
