"""The written syllable and its parts."""

import unicodedata
from itertools import product

import pytest

from cjkv_phon.vietnamese.orthography import ONSETS, SPELLINGS, parse, spell, untone
from cjkv_phon.vietnamese.phonology import HOI, HUYEN, NANG, NGA, NGANG, SAC, STOPS, Syllable


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", ("", "", "a", "", NGANG)),
        ("nghiêng", ("ng", "", "iê", "ng", NGANG)),
        ("khuya", ("kh", "u", "iê", "", NGANG)),
        ("quyển", ("c", "u", "iê", "n", HOI)),
        ("quốc", ("c", "u", "ô", "c", SAC)),
        ("của", ("c", "", "uô", "", HOI)),
        ("quả", ("c", "u", "a", "", HOI)),
        ("gì", ("gi", "", "i", "", HUYEN)),
        ("giếng", ("gi", "", "iê", "ng", SAC)),
        ("già", ("gi", "", "a", "", HUYEN)),
        ("gịa", ("gi", "", "iê", "", NANG)),
        ("yêu", ("", "", "iê", "u", NGANG)),
        ("ươn", ("", "", "ươ", "n", NGANG)),
        ("hươu", ("h", "", "ươ", "u", NGANG)),
        ("thuở", ("th", "u", "ơ", "", HOI)),
        ("ngoẹo", ("ng", "u", "e", "u", NANG)),
        ("khuỷu", ("kh", "u", "i", "u", HOI)),
        ("xoong", ("x", "", "oo", "ng", NGANG)),
        ("tay", ("t", "", "ă", "i", NGANG)),
        ("tai", ("t", "", "a", "i", NGANG)),
        ("đẫy", ("đ", "", "â", "i", NGA)),
    ],
)
def test_a_written_syllable_has_these_parts(text: str, parts: tuple[object, ...]) -> None:
    written = parse(text)
    assert written is not None
    assert written.syllable == Syllable(*parts)  # type: ignore[arg-type]
    assert written.core or "oo" in parts or text == "gịa"


@pytest.mark.parametrize(
    ("old", "new"),
    [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thúy", "thuý"), ("gíêng", "giếng"), ("của", "của")],
)
def test_the_tone_mark_is_put_on_the_nucleus(old: str, new: str) -> None:
    written, wanted = parse(old), parse(new)
    assert written is not None and wanted is not None
    assert (written.syllable, written.normalized) == (wanted.syllable, new)


@pytest.mark.parametrize(("one", "other"), [("lý", "lí"), ("mỹ", "mĩ"), ("quít", "quýt")])
def test_i_and_y_are_variants(one: str, other: str) -> None:
    written, wanted = parse(one), parse(other)
    assert written is not None and wanted is not None
    assert written.syllable == wanted.syllable


@pytest.mark.parametrize("text", ["str", "ng", "", "áà", "tiềp", "xyz", "q", "qa", "ieu", "日"])
def test_what_the_grammar_does_not_derive_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    "text", ["đắk", "kạ", "ghà", "phúyên", "nhyên", "ip", "pê", "zô", "ngiêng"]
)
def test_a_loan_or_a_loose_spelling_is_read_but_is_not_core(text: str) -> None:
    written = parse(text)
    assert written is not None
    assert not written.core


def test_a_stop_without_a_mark_has_the_tone_sac() -> None:
    written = parse("kip")
    assert written is not None
    assert written.syllable.tone == SAC


def test_two_tone_marks_are_no_syllable() -> None:
    assert untone("hóà") is None


def test_every_syllable_that_is_spelled_is_read_back() -> None:
    onsets = sorted({*ONSETS.values(), "gi", ""})
    for onset, (nucleus, coda), medial in product(onsets, SPELLINGS, ("", "u")):
        if medial and (nucleus not in ("a", "ă", "â", "e", "ê", "i", "ơ", "iê") or onset == "gi"):
            continue
        for tone in (SAC, NANG) if coda in STOPS else (NGANG, HUYEN, HOI, NGA, SAC, NANG):
            syllable = Syllable(onset, medial, nucleus, coda, tone)
            if onset == "gi" and nucleus == "iê" and not coda and tone == NGANG:
                continue  # gia is gi + a
            if onset == "gi" and ((nucleus == "ê" and coda) or (nucleus, coda) == ("i", "u")):
                continue  # giêm is gi + iêm, giu is gi + u
            text = spell(syllable)
            assert unicodedata.is_normalized("NFC", text)
            written = parse(text)
            assert written is not None, text
            assert written.syllable == syllable, text
            assert written.normalized == text
