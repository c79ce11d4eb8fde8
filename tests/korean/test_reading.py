"""Any text in, as many tokens out, every code point accounted for."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import Transcriber
from cjkv_phon.types import TokenTranscription

KOREAN = st.text(
    st.one_of(
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
        st.characters(min_codepoint=0x3130, max_codepoint=0x318F),
        st.characters(min_codepoint=0xFFA0, max_codepoint=0xFFDC),
        st.sampled_from(" \t韓國女理樂金.,!?-·́\u302ea1１각"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def korean() -> Transcriber:
    return Transcriber("ko", detail="narrow")


def check(token: str, done: TokenTranscription) -> None:
    assert done.text == token
    edges = [0]
    for unit in done.units:
        assert unit.start == edges[-1] < unit.end
        edges.append(unit.end)
        assert "".join(unit.segments) == (unit.ipa if unit.status == "ok" else "")
    assert edges[-1] == len(token)
    assert done.ipa == "".join(unit.ipa for unit in done.units)


@settings(max_examples=300, deadline=None)
@given(st.lists(KOREAN, max_size=4))
def test_units_tile_every_token(tokens: list[str]) -> None:
    for token, done in zip(tokens, Transcriber("ko")(tokens), strict=True):
        check(token, done)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_units_tile_every_joined_token(data: st.DataObject) -> None:
    tokens = data.draw(st.lists(KOREAN, max_size=5))
    spaces = data.draw(st.lists(st.booleans(), min_size=len(tokens), max_size=len(tokens)))
    transcriber = Transcriber("ko", detail="narrow", romanization="mccune-reischauer")
    for token, done in zip(tokens, transcriber(tokens, spaces), strict=True):
        check(token, done)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=20))
def test_every_modern_syllable_is_read(word: str) -> None:
    done = Transcriber("ko")([word])[0]
    assert done.status == "ok"
    assert len(done.units) == len(word)
    assert len(done.reading) == len(word)


def test_conjoining_jamo_are_read_as_the_syllables_they_spell(korean: Transcriber) -> None:
    word = unicodedata.normalize("NFD", "독립")
    done = korean([word])[0]
    assert done.reading == "동닙"
    assert [(unit.start, unit.end) for unit in done.units] == [(0, 3), (3, 6)]


def test_half_width_letters_are_assembled(korean: Transcriber) -> None:
    done = korean(["ﾡￂﾤ"])[0]
    assert done.reading == "간"
    assert [(unit.start, unit.end) for unit in done.units] == [(0, 3)]


def test_a_letter_alone_is_read_by_its_name(korean: Transcriber) -> None:
    assert korean(["ㄱ"])[0].reading == "기역"
    assert korean(["ㅎ"])[0].reading == "히읃"


def test_letters_in_a_row_are_read_by_their_sound(korean: Transcriber) -> None:
    assert korean(["ㅋㅋㅋ"])[0].ipa == "kxɯkxɯkxɯ"
    assert korean(["ㅠㅠ"])[0].reading == "유유"


@pytest.mark.parametrize(
    ("hanja", "reading"),
    [("理由", "이유"), ("獨立", "동닙"), ("女子", "여자"), ("比率", "비율"), ("老人", "노인")],
)
def test_hanja_are_read_with_the_initial_sound_rule(
    korean: Transcriber, hanja: str, reading: str
) -> None:
    assert korean([hanja])[0].reading == reading


def test_old_vowels_without_a_reading_are_unknown(korean: Transcriber) -> None:
    assert korean(["ᆜ"])[0].status == "unknown"


def test_foreign_runs_pass_through_as_one_unit(korean: Transcriber) -> None:
    done = korean(["KBS에서"])[0]
    assert [(unit.romanization, unit.status) for unit in done.units] == [
        ("KBS", "passthrough"),
        ("e", "ok"),
        ("seo", "ok"),
    ]


def test_punctuation_ends_a_phonological_word(korean: Transcriber) -> None:
    assert korean(["각·하"])[0].reading == "각하"
    assert korean(["각하"])[0].reading == "가카"


def test_white_space_inside_a_token_does_not_stop_a_sound_change(korean: Transcriber) -> None:
    done = korean(["옷 한 벌"])[0]
    assert done.reading == "오탄벌"
    assert done.units[1].status == "passthrough"
    assert done.romanization == "o tan beol"


def test_a_very_long_token_is_read_too(korean: Transcriber) -> None:
    assert korean(["국물" * 500])[0].reading == "궁물" * 500


def test_sound_changes_cross_tokens_that_touch(korean: Transcriber) -> None:
    done = korean(["값", "이", "독", "립"], spaces=[False, True, False, True])
    assert [token.reading for token in done] == ["갑", "씨", "동", "닙"]


def test_sound_changes_stop_at_a_space(korean: Transcriber) -> None:
    apart = korean(["값", "이"], spaces=[True, True])
    assert [token.reading for token in apart] == ["갑", "이"]
    assert [token.reading for token in korean(["값", "이"])] == ["갑", "이"]


def test_a_stop_is_voiced_across_tokens_that_touch(korean: Transcriber) -> None:
    assert korean(["개", "발"], spaces=[False, False]).ipa == ["ke̞", "ba̠ɭ"]


def test_punctuation_between_touching_tokens_parts_them(korean: Transcriber) -> None:
    done = korean(["국", ",", "물"], spaces=[False, False, False])
    assert [token.reading for token in done] == ["국", "", "물"]
