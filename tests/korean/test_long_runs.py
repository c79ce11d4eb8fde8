"""Runs longer than any word: read in parts, to the end."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.korean.facts import LONGEST_WORD, word_facts
from cjkv_phon.korean.romanization import hyphenate


@pytest.mark.parametrize("word", ["물고기", "꽃잎", "값이없다", "가물가물"])
def test_what_a_word_marks_is_marked_all_along(word: str) -> None:
    times = LONGEST_WORD // len(word)
    unit = word * times
    once, _, _ = word_facts(unit, False)
    marks, _, _ = word_facts(unit + "가" * (LONGEST_WORD - len(unit)) + unit, False)
    shifted = {index - LONGEST_WORD: mark for index, mark in marks.items() if index >= LONGEST_WORD}
    assert shifted == once


def test_a_long_run_is_tiled_by_its_syllables() -> None:
    (token,) = Transcriber("ko")(["독립만세" * 100])
    assert [unit.start for unit in token.units] == list(range(400))
    assert token.units[-1].end == 400
    assert token.reading[:4] == token.reading[200:204] == "동님만세"


def test_a_hyphen_looks_at_the_end_of_all_that_stands_before() -> None:
    assert hyphenate(["ban", "gu", "dae"] * 2) == "ban-gudaeban-gudae"
    assert hyphenate(["jung", "", "ang"]) == "jung-ang"
