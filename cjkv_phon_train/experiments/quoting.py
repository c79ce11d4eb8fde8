r"""Names as Markdown, LaTeX, CSV and file systems read them.

Labels come out of suites and summary files, which others may have written: they
are text, never markup, formulas or folders.
"""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"([\\`*<>\[\]|])")
_TEX = {"&": r"\&", "%": r"\%", "_": r"\_", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}",
        "→": r"$\rightarrow$", "Δ": r"$\Delta$", "±": r"$\pm$", "−": "$-$", "–": "--"}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(text: str) -> str:
    """Return text without line breaks, which would end a table."""
    return " ".join(text.split())


def plain(text: str) -> str:
    r"""Return text that Markdown shows as it is.

    Example:
        >>> print(plain("full <b>|</b>, L_align"))
        full \<b\>\|\</b\>, L_align
    """
    return _MARKDOWN.sub(r"\\\1", line(text))


def escape(text: str) -> str:
    r"""Return text as LaTeX reads it.

    Example:
        >>> print(escape("w L_align, JA→KO"))
        w L\_align, JA$\rightarrow$KO
    """
    return "".join(_TEX.get(c, c) for c in line(text))


def cell(text: str) -> str:
    """Return text for CSV that no spreadsheet takes for a formula.

    Example:
        >>> cell("=1+1"), cell("full")
        ("'=1+1", 'full')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def file_part(name: str) -> str:
    """Return a name that is a part of a file's, and of nothing else.

    Example:
        >>> file_part("../a b"), file_part("udpos-ja-ko")
        ('..-a-b', 'udpos-ja-ko')
    """
    return re.sub(r"[^\w.+-]", "-", name)


def drawn(text: str) -> str:
    r"""Return text as Matplotlib draws it: no formula, and not left out of a legend.

    Example:
        >>> drawn("_a $x$"), drawn("full")
        (' _a \\$x\\$', 'full')
    """
    text = line(text).replace("$", r"\$")
    return f" {text}" if text.startswith("_") else text
