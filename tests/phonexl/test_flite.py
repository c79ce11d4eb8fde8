"""Letters to ARPAbet to IPA, as flite and epitran's eng-Latn have it."""

from __future__ import annotations

import ctypes
import runpy
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.phonexl.english import arpabet, arpabet_to_ipa, latin_to_ipa, latin_to_ipa_all
from cjkv_phon.phonexl.flite import pronounce, pronounce_all
from cjkv_phon.phonexl.segments import segments

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("hello", "hh ax0 l ow1"),  # in the lexicon
        ("don't", "d aa1 n t"),
        ("xyzzyq", "z ih0 z ay0 k"),  # spelled out by the trees
        ("jeil", "jh iy1 l"),
        ("null", "n ah1 l"),
        ("", ""),
        ("'", ""),
        ("dj", ""),  # flite's trees find no sound in it
    ],
)
def test_a_word_is_read_as_lex_lookup_prints_it(word: str, phones: str) -> None:
    assert " ".join(pronounce(word)) == phones


def test_many_words_at_once_are_read_as_one_by_one() -> None:
    words = ["xyzzyq", "hello", "", "seutabeokseuga", "a'b", "q" * 300] * 3
    assert pronounce_all(words) == [pronounce(word) for word in words]


def test_more_letters_than_one_batch_holds_are_all_read() -> None:
    assert pronounce_all(["zorblat" * 40] * 500) == [pronounce("zorblat" * 40)] * 500


@pytest.mark.parametrize(
    ("text", "ipa"),
    [
        ("jeil", "d͡ʒil"),
        ("gakkaun", "ɡæawn"),
        ("SEUTABEOKSEUGA", "sjutejbiəksuɡə"),
        ("LG 2", "lɡ 2"),
        ("’", ""),
        ("don’t", "downt"),  # the curved apostrophe is not ASCII: flite reads dont
        ("２０", "２０"),
        ("é", "é"),
        ("e\u0301", "é"),  # composed first, so no letter is left to read
    ],
)
def test_latin_letters_are_read_and_the_rest_is_copied(text: str, ipa: str) -> None:
    assert latin_to_ipa(text).ipa == ipa


def test_the_second_stage_goes_over_arpabet_to_panphon_segments() -> None:
    (phones,) = arpabet(["Choice"])
    assert phones == ("ch", "oy1", "s")
    assert arpabet_to_ipa(phones).segments == ("t͡ʃ", "o", "j", "s")


def test_neighbouring_phones_do_not_melt_into_one_segment() -> None:
    assert latin_to_ipa("cats").segments == ("k", "æ", "t", "s")


@pytest.mark.parametrize(
    ("ipa", "cut"),
    [
        ("tʰʊŋ", "tʰ ʊ ŋ"),
        ("t͡ɕʰyɛn", "t͡ɕʰ y ɛ n"),
        ("ʈʂʰɤɻ", "ʈ ʂʰ ɤ ɻ"),  # PanPhon knows no affricate without a tie
        ("kwɤ̆năm", "k w ɤ̆ n ă m"),
        ("m̩1x!", "m̩ x"),  # what is no segment is left out
    ],
)
def test_segments_are_those_of_panphon(ipa: str, cut: str) -> None:
    assert " ".join(segments(ipa)) == cut


def test_the_tone_letters_of_a_syllable_are_one_segment() -> None:
    assert segments("2012njɛn˧˥ ta˥˩") == ("n", "j", "ɛ", "n", "˧˥", "t", "a", "˥˩")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=5))
def test_any_text_is_read_and_what_is_no_letter_stays(texts: list[str]) -> None:
    for text, sound in zip(texts, latin_to_ipa_all(texts), strict=True):
        assert sound == latin_to_ipa(text)
        assert "".join(filter(str.isdigit, text)) in "".join(filter(str.isdigit, sound.ipa))


def test_the_tables_are_what_the_installed_flite_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        ctypes.CDLL("libflite.so.1")
    except OSError:
        pytest.skip("libflite1 is not installed")
    script = ROOT / "tools" / "make_flite_table.py"
    if not script.exists():
        pytest.skip("not a checkout")
    monkeypatch.setattr(sys, "argv", ["make_flite_table.py", "--check"])
    runpy.run_path(str(script), run_name="__main__")
