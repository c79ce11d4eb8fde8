"""Unicode normalisation that remembers where every character came from."""

from __future__ import annotations

import unicodedata
from typing import Literal, NamedTuple

import regex

Form = Literal["NFC", "NFKC"]

# What can merge under composition: a starter with its marks; a Hangul syllable of
# conjoining jamo.
_HANGUL = (
    r"[\u1100-\u115F\uA960-\uA97C][\u1160-\u11A7\uD7B0-\uD7C6]?[\u11A8-\u11FF\uD7CB-\uD7FB]?\p{M}*"
    r"|[가-힣][\u11A8-\u11C2]?\p{M}*"
)
_CLUSTERS = {
    "NFC": regex.compile(rf"{_HANGUL}|.\p{{M}}*", regex.DOTALL),
    # Half-width voicing marks are marks in this form alone.
    "NFKC": regex.compile(rf"{_HANGUL}|.[\p{{M}}\uFF9E\uFF9F]*", regex.DOTALL),
}


class Normalized(NamedTuple):
    """A normalised text and its way back.

    Attributes:
        text: The normalised text.
        starts: For each of its characters, the offset of the first original
            character of the cluster it came from; one more entry at the end
            holds the length of the original.
    """

    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of ``text[start:end]``.

        Spans that tile the normalised text become spans that tile the original.
        """
        return self.starts[start], self.starts[end]


def normalize(text: str, form: Form = "NFC") -> Normalized:
    """Normalise cluster by cluster, keeping offsets.

    Args:
        text: Any text.
        form: ``NFC``, or ``NFKC`` to fold width and compatibility forms too.

    Returns:
        The normalised text with its offsets. Equal to
        ``unicodedata.normalize(form, text)`` but for exotic sequences in which
        clusters combine with each other.

    Example:
        >>> n = normalize("ｶﾞ行", "NFKC")
        >>> n.text, n.span(0, 1)
        ('ガ行', (0, 2))
    """
    if text.isascii() or unicodedata.is_normalized(form, text):
        return Normalized(text, tuple(range(len(text) + 1)))
    pieces: list[str] = []
    starts: list[int] = []
    for match in _CLUSTERS[form].finditer(text):
        piece = unicodedata.normalize(form, match.group())
        pieces.append(piece)
        starts.extend([match.start()] * len(piece))
    starts.append(len(text))
    return Normalized("".join(pieces), tuple(starts))
