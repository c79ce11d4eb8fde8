"""Long vowels, the facts that §6 and §7 name."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.korean.length import is_long


@pytest.mark.parametrize(
    "word",
    "눈보라 말씨 밤나무 많다 멀리 벌리다 감다 밟다 신다 알다 끌다 떫다 벌다 썰다 없다 없애다"
    " 작은아버지 사람 대학 외국 예술 내용 현재 전화 효과 처리 시장 교육 노인 선거 망원경".split(),
)
def test_first_vowel_is_long(word: str) -> None:
    assert is_long(word)


@pytest.mark.parametrize(
    "word",
    "첫눈 참말 감으니 신어 알아 감기다 하늘 나무 가격 기술 문화 학교 자연 지하철"
    " 개발 한여름 동양 사회 교통".split(),
)
def test_first_vowel_is_short(word: str) -> None:
    assert not is_long(word)


def test_only_the_narrow_transcription_writes_length() -> None:
    assert "ː" in Transcriber("ko", detail="narrow")(["사람"]).ipa[0]
    assert "ː" not in Transcriber("ko")(["사람"]).ipa[0]


def test_length_in_writing_is_on_the_first_syllable_only() -> None:
    assert Transcriber("ko", detail="narrow")(["첫사람"]).ipa[0].count("ː") == 0
