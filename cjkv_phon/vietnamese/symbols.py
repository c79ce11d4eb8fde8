"""Short forms that are known by where they stand: ``10h30``, ``50m2``, ``Q.1``, ``GD&ĐT``.

A run of letters alone does not tell what they are: h is a letter, but hours behind a
digit. ``data/symbols.tsv`` has each form with its place.
"""

from __future__ import annotations

import regex

from cjkv_phon.vietnamese.tables import rows

_PLACES = {
    "alone": (r"(?<![\p{L}\p{N}])", r"(?![\p{L}\p{N}])"),
    "after": (r"(?<=\p{N})", r"(?!\p{L})"),
    "before": (r"(?<![\p{L}\p{N}])", r"(?=\p{N}{1,2}(?!\p{N}))"),
}
_TEARS = frozenset("/&°.")
"""Characters of forms that a cut at punctuation makes tokens of."""
_LEADING_DIGITS = regex.compile(r"^\p{N}[\p{N}.,]*")


def forms() -> dict[str, str]:
    """Return the reading of each form.

    Example:
        >>> forms()["m2"]
        'mét vuông'
    """
    return {form: reading for form, _, reading in rows("symbols")}


def pattern(others: str) -> regex.Pattern[str]:
    """Return a pattern for the pieces of a token.

    Args:
        others: What there is but the forms.

    Returns:
        A pattern that puts a form, where it stands in its place, into the group
        ``form``; a longer one wins. Forms that open with neither letter nor digit
        (°C) must be left by `others`.
    """
    kinds = []
    for place, (left, right) in _PLACES.items():
        there = sorted((row[0] for row in rows("symbols") if row[1] == place), key=len)
        kinds.append(f"{left}(?:{'|'.join(map(regex.escape, reversed(there)))}){right}")
    return regex.compile(f"(?P<form>{'|'.join(kinds)})|{others}")


def joined(tokens: tuple[str, ...], spaces: tuple[bool, ...], known: dict[str, str]) -> list[int]:
    """Tell which tokens a cut at punctuation has torn out of a form.

    Args:
        tokens: Tokens of raw text, as `cjkv_phon.engine.cut_words` cuts them.
        spaces: Whether white space follows each.
        known: The forms.

    Returns:
        For each token that stays one, how many it is made of.

    Example:
        >>> joined(("60", "km", "/", "h"), (True, False, False, False), forms())
        [1, 3]
    """
    lengths = []
    place = 0
    while place < len(tokens):
        length = 1
        if not spaces[place] and "".join(tokens[place + 1 : place + 2]) in _TEARS:
            for more in (3, 2):
                inside = spaces[place : place + more - 1]
                if not any(inside) and _is_form("".join(tokens[place : place + more]), known):
                    length = min(more, len(tokens) - place)
                    break
        lengths.append(length)
        place += length
    return lengths


def _is_form(text: str, known: dict[str, str]) -> bool:
    return _LEADING_DIGITS.sub("", text) in known
