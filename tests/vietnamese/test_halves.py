"""Syllables put together of their halves are those that the grammar reads whole."""

from __future__ import annotations

from functools import cache

import pytest

from cjkv_phon.engine import Options, Sentence
from cjkv_phon.types import Unit
from cjkv_phon.vietnamese.engine import VietnameseEngine, create
from cjkv_phon.vietnamese.halves import HalvesReader
from cjkv_phon.vietnamese.ipa import IpaPrinter
from cjkv_phon.vietnamese.orthography import LOAN_ONSETS, MARKS, ONSETS, RIMES, parse, spell
from cjkv_phon.vietnamese.phonology import NGANG, STOPS, Syllable


@cache
def spellings() -> list[str]:
    """Return every initial before every rime, with and without medial, in every tone."""
    found: dict[str, None] = {}
    for rime in RIMES:
        for medial in ("", "o", "u"):
            for spelled in [*ONSETS, *LOAN_ONSETS, "gi", "q", ""]:
                found[spelled + medial + rime] = None
    for nucleus, coda, _ in RIMES.values():
        for medial in ("", "u"):
            for onset in {*ONSETS.values(), "gi", ""}:
                for tone in (NGANG, *MARKS):
                    if coda not in STOPS or tone != NGANG:
                        found[spell(Syllable(onset, medial, nucleus, coda, tone))] = None
    return list(found)


PRINTERS = [(v, d) for v in ("hanoi", "hue", "saigon") for d in ("broad", "narrow")]


@pytest.mark.parametrize(("variety", "detail"), PRINTERS)
def test_both_ways_give_the_same(variety: str, detail: str) -> None:
    engine = create(Options("vi", "standard", variety=variety, detail=detail))
    assert isinstance(engine, VietnameseEngine)
    # Each printer gets its share, and all together every spelling.
    for text in spellings()[PRINTERS.index((variety, detail)) :: len(PRINTERS)]:
        for written in (text, text.capitalize()):
            assert engine._word(written) == engine._word_by_rules(written), written


def test_most_syllables_are_read_by_their_halves() -> None:
    read = HalvesReader(IpaPrinter("hanoi", "broad", "letters"))
    core = [text for text in spellings() if (one := parse(text)) and one.core]
    halves = sum(read(text) is not None for text in core)
    assert halves > 0.8 * len(core)


def test_the_units_of_a_phrase_tile_it() -> None:
    engine = create(Options("vi", "standard"))
    (token,) = engine.transcribe([Sentence(("công  nghiệp thuý",))])[0]
    assert [(unit.start, unit.end) for unit in token.units] == [
        (0, 4), (4, 5), (5, 6), (6, 12), (12, 13), (13, 17),
    ]  # fmt: skip
    assert all(type(unit) is Unit for unit in token.units)
    assert token.ipa == "".join(unit.ipa for unit in token.units)
    assert token.romanization == "".join(unit.romanization for unit in token.units)
