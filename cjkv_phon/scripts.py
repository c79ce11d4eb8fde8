"""Which script is this? Runs of one script inside a token."""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

Script = Literal["han", "kana", "hangul", "latin", "digit", "other"]


class Run(NamedTuple):
    """Characters ``start`` to ``end`` of a text, all of one script."""

    start: int
    end: int
    script: Script


# Combining marks stay with their base. Han takes its iteration and closing marks
# (々 〆 〇), kana its long vowel and iteration marks; ASCII, full-width and other
# decimal digits are digits.
_RUN = regex.compile(
    r"""(?P<han>(?:[\p{Han}々〆〇]\p{M}*)+)
      | (?P<kana>(?:[\p{Hiragana}\p{Katakana}ーｰ]\p{M}*)+)
      | (?P<hangul>(?:\p{Hangul}\p{M}*)+)
      | (?P<latin>(?:\p{Latin}\p{M}*)+)
      | (?P<digit>(?:\p{Nd}\p{M}*)+)
      | (?P<other>(?:(?![\p{Han}々〆〇\p{Hiragana}\p{Katakana}ーｰ\p{Hangul}\p{Latin}\p{Nd}]).)+)
    """,
    regex.VERBOSE | regex.DOTALL,
)


def runs(text: str) -> tuple[Run, ...]:
    """Cut a text into runs of one script.

    Args:
        text: Any text.

    Returns:
        Runs that tile the text from 0 to ``len(text)``; none for the empty text.

    Example:
        >>> [(text[a:b], s) for text in ["3本のTシャツ"] for a, b, s in runs(text)]
        [('3', 'digit'), ('本', 'han'), ('の', 'kana'), ('T', 'latin'), ('シャツ', 'kana')]
    """
    return tuple(
        Run(match.start(), match.end(), match.lastgroup)  # type: ignore[arg-type]
        for match in _RUN.finditer(text)
    )
