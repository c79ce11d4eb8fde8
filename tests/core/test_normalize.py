"""Normalisation keeps the way back to the original characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjkv_phon.normalize import normalize


@pytest.mark.parametrize(
    ("text", "form", "normal", "starts"),
    [
        ("한국", "NFC", "한국", (0, 1, 2)),
        (unicodedata.normalize("NFD", "한국"), "NFC", "한국", (0, 3, 6)),
        (unicodedata.normalize("NFD", "điện tử"), "NFC", "điện tử", (0, 1, 2, 5, 6, 7, 8, 11)),
        ("ｶﾞｷﾞ", "NFKC", "ガギ", (0, 2, 4)),
        ("ＡＢ", "NFKC", "AB", (0, 1, 2)),
        ("㍻", "NFKC", "平成", (0, 0, 1)),
        ("か\u3099", "NFC", "が", (0, 2)),
        ("", "NFC", "", (0,)),
        ("\u0301", "NFC", "\u0301", (0, 1)),
    ],
)
def test_offsets_lead_back(text: str, form: str, normal: str, starts: tuple[int, ...]) -> None:
    result = normalize(text, form)  # type: ignore[arg-type]
    assert (result.text, result.starts) == (normal, starts)


@given(st.text(), st.sampled_from(["NFC", "NFKC"]))
def test_offsets_never_run_backwards_and_cover_everything(text: str, form: str) -> None:
    result = normalize(text, form)  # type: ignore[arg-type]
    assert len(result.starts) == len(result.text) + 1
    assert list(result.starts) == sorted(result.starts)
    assert result.starts[-1] == len(text)
    assert result.starts[0] == 0


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)))
def test_decomposed_hangul_composes_as_unicode_says(text: str) -> None:
    assert normalize(unicodedata.normalize("NFD", text)).text == text
