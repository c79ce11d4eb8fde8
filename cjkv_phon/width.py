"""How wide text is on a terminal, where Han, kana and Hangul take two columns."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Return the number of columns that a text takes.

    Example:
        >>> width("電子"), width("p͈a")
        (4, 2)
    """
    return sum(
        0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )  # fmt: skip


def padded(text: str, columns: int) -> str:
    """Return the text with spaces after it, up to so many columns."""
    return text + " " * max(columns - width(text), 0)


def text_table(rows: list[list[str]], gap: str = "  ") -> str:
    """Return rows as lines whose cells stand under each other.

    Example:
        >>> print(text_table([["電子", "a"], ["b", "c"]]))
        電子  a
        b     c
    """
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        gap.join(padded(cell, columns) for cell, columns in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
