"""Script runs tile any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjkv_phon.scripts import runs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TV를", [("TV", "latin"), ("를", "hangul")]),
        ("時々", [("時々", "han")]),
        ("コーヒー", [("コーヒー", "kana")]),
        ("二〇二六年", [("二〇二六年", "han")]),
        ("２０年", [("２０", "digit"), ("年", "han")]),
        ("điện", [("điện", "latin")]),
        ("、。😀", [("、。😀", "other")]),
        ("\n", [("\n", "other")]),
    ],
)
def test_runs_of_one_script(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[r.start : r.end], r.script) for r in runs(text)] == found


@given(st.text())
def test_runs_tile_the_text(text: str) -> None:
    end = 0
    for run in runs(text):
        assert run.start == end < run.end
        end = run.end
    assert end == len(text)
