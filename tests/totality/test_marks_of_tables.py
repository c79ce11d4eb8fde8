"""Tokens that look like keys, columns or rows of our tables are tokens like others."""

from __future__ import annotations

import string

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.chinese.phrases import phrases
from cjkv_phon.japanese import lexicon


def tiles(transcriber: Transcriber, tokens: list[str]) -> None:
    found = transcriber(tokens).tokens
    assert [one.text for one in found] == tokens
    for one in found:
        ends = [0, *(unit.end for unit in one.units)]
        assert [unit.start for unit in one.units] == ends[:-1]
        assert ends[-1] == len(one.text)
        assert ends == sorted(set(ends))


@pytest.mark.parametrize("letter", string.ascii_lowercase)
def test_a_letter_behind_a_character_is_not_its_level(letter: str) -> None:
    for char in "年一大我卡维的不":
        assert phrases().readings(char + letter) is None
        tiles(Transcriber("zh"), [char + letter])
        tiles(Transcriber("zh"), [char + letter + "好"])


@pytest.mark.parametrize("mark", sorted(lexicon.PLACES))
@pytest.mark.parametrize("foreign", ["keep", "read"])
def test_a_mark_before_a_word_is_not_its_place(mark: str, foreign: str) -> None:
    japanese = Transcriber("ja", foreign=foreign)
    for word in "年本化氏様円分":
        tiles(japanese, [mark + word])
        tiles(japanese, ["私", "は", mark + word, "を"])
        assert mark in japanese([mark + word])[0].ipa or foreign == "read"


@pytest.mark.parametrize("foreign", ["keep", "read"])
@pytest.mark.parametrize(
    "tokens",
    [["年", "\n"], ["", "\t"], ["a", "\n"], ["年", "\r", "\n"], ["上手\t~じょうず"],
     ["国\tこく\n図書"], ["\u3000"], [" ", "\x0b"]],
)  # fmt: skip
def test_white_space_in_tokens_is_neither_column_nor_row(foreign: str, tokens: list[str]) -> None:
    japanese = Transcriber("ja", foreign=foreign)
    tiles(japanese, tokens)
    assert japanese(["\u3000"])[0].ipa == "\u3000", "white space is not said"


@pytest.mark.parametrize("token", ["e\u0301\uff9e", "a\u0323\u0306\uff9e", "\uff9eba"])
@pytest.mark.parametrize("lang", ["vi", "ko", "zh", "ja"])
def test_half_width_marks_behind_a_letter_leave_no_empty_unit(lang: str, token: str) -> None:
    tiles(Transcriber(lang), [token])
