"""Reading the tables of this room: TSV whose header lines start with ``# ``."""

from __future__ import annotations

import re
from importlib.resources import files

_ROW = re.compile(r"^(?!# )([^\t\n]+)\t(.*)$", re.MULTILINE)


def rows(name: str) -> list[tuple[str, str]]:
    """Return the rows of a table of two columns in ``data/``, header left out."""
    text = files("cjkv_phon.phonexl").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return _ROW.findall(text)
