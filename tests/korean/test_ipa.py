"""Allophones of the narrow and phonemes of the broad transcription."""

from __future__ import annotations

import panphon
import pytest
import regex

from cjkv_phon import Transcriber
from cjkv_phon.evaluation import folding_table, normalizer
from cjkv_phon.korean.ipa import phonemes

NARROW = {
    "가구": "ka̠ɡu",
    "감기": "ka̠ːmɡi",
    "독립": "to̞ŋnip̚",
    "신라": "ɕʰiɭɭa̠",
    "시간": "ɕʰiɡa̠n",
    "쉬다": "ʃʰɥiːda̠",
    "샴푸": "ɕʰa̠mpʰu",
    "학식": "ha̠kɕ͈ik̚",
    "혀": "çʌ̹",
    "희망": "çima̠ŋ",
    "회사": "ɸwe̞ːsʰa̠",
    "후추": "ɸʷut͡ɕʰu",
    "흐름": "xɯɾɯm",
    "아흐레": "a̠ɣɯɾe̞",
    "지혜": "t͡ɕiʝe̞",
    "부화": "puβwa̠",
    "실화": "ɕʰiɾβwa̠",
    "크다": "kxɯda̠",
    "난리": "na̠ːʎʎi",
    "물엿": "muʎʎʌ̹t̚",
    "달래": "ta̠ɭɭe̞",
    "안주": "a̠ɲd͡ʑu",
    "발전": "pa̠ʎt͡ɕ͈ʌ̹n",
    "한여름": "ha̠nɲʌ̹ɾɯm",
    "의사": "ɰisʰa̠",
    "위": "ɥi",
    "벌써": "pʌ̹ɭs͈ʌ̹",
    "많다": "ma̠ːntʰa̠",
    "없다": "ɘːp̚t͈a̠",
    "개": "kɛː",
}

BROAD = {
    "개": "kɛ",
    "게": "ke",
    "까치": "k͈at͡ɕʰi",
    "독립": "toŋnip",
    "씨름": "s͈ilɯm",
    "외국": "wekuk",
    "의자": "ɰit͡ɕa",
    "짧다": "t͡ɕ͈alt͈a",
}


@pytest.mark.parametrize(("word", "sound"), NARROW.items())
def test_narrow_transcription(word: str, sound: str) -> None:
    assert Transcriber("ko", detail="narrow")([word]).ipa == [sound]


@pytest.mark.parametrize(("word", "sound"), BROAD.items())
def test_broad_transcription(word: str, sound: str) -> None:
    assert Transcriber("ko")([word]).ipa == [sound]


def test_narrow_folds_into_broad() -> None:
    fold = normalizer(folding_table("ko"))
    words = [*NARROW, *BROAD]
    broad = Transcriber("ko")(words).ipa
    narrow = Transcriber("ko", detail="narrow")(words).ipa
    assert [fold(sound) for sound in narrow] == [fold(sound) for sound in broad]


def test_panphon_knows_every_phoneme() -> None:
    features = panphon.FeatureTable()
    table = phonemes("broad")
    for column in (table.onsets, table.nuclei, table.codas):
        for segments in column.values():
            for segment in segments:
                # PanPhon has no feature for the tense series and leaves the mark out.
                plain = regex.sub("͈", "", segment)
                assert features.ipa_segs(segment) == [plain]


def test_affricates_and_tense_stops_are_one_segment() -> None:
    assert Transcriber("ko")(["찌꺼기"])[0].segments == ("t͡ɕ͈", "i", "k͈", "ʌ", "k", "i")


def test_every_tone_option_is_accepted_and_changes_nothing() -> None:
    results = {
        Transcriber("ko", tones=tones)(["독립"]).ipa[0] for tones in ("letters", "numbers", "none")
    }
    assert results == {"toŋnip"}
