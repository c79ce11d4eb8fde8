from __future__ import annotations


def test_a_line_gains_columns(convert):
    assert convert(b"ab cd.\n\nef\n", "text") == b"ab cd.\tba dc+.\tAB CD.\n\nef\tfe+\tEF\n"


def test_white_space_in_the_line_is_kept(convert):
    data = "ab \u3000 cd\n".encode()
    assert convert(data, "text", romanization=False) == "ab \u3000 cd\tba \u3000 dc+\n".encode()


def test_a_tab_in_the_line_becomes_a_space_in_the_columns(convert):
    assert convert(b"ab\tcd\n", "text", ipa=False) == b"ab\tcd\tAB CD\n"


def test_blank_lines_and_line_ends_stay(convert):
    data = b"\xef\xbb\xbf \t \r\nab\r\n\r\ncd"
    assert convert(data, "text", ipa=False) == b"\xef\xbb\xbf \t \r\nab\tAB\r\n\r\ncd\tCD"


def test_words_written_together_get_a_space_and_punctuation_none():
    from cjkv_phon.io.text import running_text, token_gaps
    from cjkv_phon.types import TokenTranscription

    def token(text, status="ok"):
        return TokenTranscription(text, (), text, text, status)

    tokens = [token("電子"), token("産業"), token("。", "passthrough"), token("本")]
    gaps = token_gaps("電子産業。本", tokens)
    assert running_text(["denshi", "sangyō", "。", "hon"], gaps) == "denshi sangyō。hon"
