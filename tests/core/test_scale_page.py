"""The guide to a whole corpus: its plan follows from the rates that were measured."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
CODES = {"Korean": "ko", "Vietnamese": "vi", "Chinese": "zh", "Japanese": "ja"}
FILES = 3e-6
"""Seconds that reading and writing columns adds to a token."""


def rows(page: str, name: str) -> list[list[str]]:
    """Return the other cells of the table rows of a page that begin with a name."""
    found = re.findall(rf"^\| {name} \|(.+)\|$", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    return [[cell.strip().replace(",", "") for cell in row.split("|")] for row in found]


@pytest.mark.parametrize("language", CODES)
def test_the_plan_follows_from_the_measured_rates(language: str) -> None:
    *_, (tokens, rate, hours, wall, _) = rows("guide/scale.md", language)
    measured = rows("results/performance.md", f"{CODES[language]}/standard")[0][3]
    assert float(rate) == pytest.approx(float(measured), rel=0.01)
    reading = float(tokens) * 1e9 / float(rate) / 3600
    files = float(tokens) * 1e9 * FILES / 3600
    assert list(map(float, hours.split(" + "))) == pytest.approx([reading, files], abs=0.501)
    assert wall == f"{(reading + files) / 64:.1f} h"
