"""The tables of the documentation are the tables of the package."""

from pathlib import Path

import pytest

from cjkv_phon.vietnamese.tables import rows

PAGE = Path(__file__).parents[2] / "docs" / "languages" / "vietnamese.md"
VARIETIES = ("hanoi", "hue", "saigon")
LEFT_TO_PROSE = {("onset", "none"), ("onset", "rr")}


def cell(name: str, kind: str, spelling: str) -> str:
    for row in rows(name):
        if row[:2] == (kind, spelling):
            broad, narrow = ("".join(part.split()) for part in row[2:4])
            return broad if broad == narrow else f"{broad} [{narrow}]"
    return "–"


@pytest.mark.parametrize("kind", ["onset", "medial", "rime", "rime-after-medial", "tone"])
def test_the_page_shows_every_line_of_the_tables(kind: str) -> None:
    lines = set(PAGE.read_text(encoding="utf-8").split("\n"))
    spellings = {row[1] for name in VARIETIES for row in rows(name) if row[0] == kind}
    assert spellings
    for spelling in sorted(spellings):
        if (kind, spelling) not in LEFT_TO_PROSE:
            cells = " | ".join(cell(name, kind, spelling) for name in VARIETIES)
            assert f"| {spelling} | {cells} |" in lines
