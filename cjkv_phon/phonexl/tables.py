"""Reading the tables of this room: TSV whose header lines start with ``# ``."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table in ``data/``, cut at tabs, header left out."""
    text = files("cjkv_phon.phonexl").joinpath("data", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line and line[:2] != "# "]
