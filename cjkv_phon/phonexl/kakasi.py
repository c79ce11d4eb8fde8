"""pykakasi, asked for no more than is needed.

pykakasi turns every piece of a text into five spellings, and looks a kanji word up by
trying every entry that begins with its first character. Both are put off here: the
spelling until it is asked for, and the look-up goes to pykakasi's own dictionary from
the longest word down. The pieces are the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.engine import EXTRA
from cjkv_phon.phonexl.legacy import require_legacy, resource_filename, stand_in


class KakasiSegment(NamedTuple):
    """A piece of a text that pykakasi reads at once."""

    original: str
    hiragana: str
    hepburn: str


class _Unspelled(NamedTuple):
    """What pykakasi knows of a piece before it spells it."""

    original: str
    kana: str


class Kakasi:
    """Conversion of Japanese text into segments with hiragana and Hepburn.

    Raises:
        MissingDependencyError: If pykakasi is not installed.
    """

    def __init__(self) -> None:
        missing = stand_in("pkg_resources", resource_filename=resource_filename)
        module: Any = require_legacy("pykakasi", extra=EXTRA, stand_ins=missing)
        engine: Any = module.Kakasi()
        self._spellings: Memo[tuple[str, str], KakasiSegment] = Memo(_Spelling(engine._iconv))
        engine._iconv = _PutOff()
        engine._jconv = _Words(engine._jconv)
        self._engine = engine

    def segments(self, text: str) -> list[KakasiSegment]:
        """Cut a text into segments; at least one."""
        return [self._spell(piece) for piece in self._pieces(text)]

    def first(self, text: str) -> KakasiSegment:
        """Return the first segment alone."""
        return self._spell(self._pieces(text)[0])

    def _pieces(self, text: str) -> list[_Unspelled]:
        try:
            pieces: list[_Unspelled] = self._engine.convert(text)
        except Exception:  # pykakasi trips over a variation selector that selects nothing
            return [_Unspelled(text, "")]
        return pieces if text else [_Unspelled("", "")]

    def _spell(self, piece: _Unspelled) -> KakasiSegment:
        return self._spellings[piece]


class _Spelling:
    """pykakasi's spelling of a piece, hiragana and Hepburn alone."""

    def __init__(self, spelling: Any) -> None:
        self._spelling = spelling

    def __call__(self, piece: tuple[str, str]) -> KakasiSegment:
        hiragana = self._spelling._k2h(piece[1])
        latin = self._spelling._h2ah(hiragana)
        if not latin.isascii():  # punctuation and letters that have a Latin form
            latin = self._spelling._s2a(latin)
        return KakasiSegment(piece[0], hiragana, latin)


class _PutOff:
    """Stands in for pykakasi's spelling of a piece."""

    def convert(self, original: str, kana: str) -> _Unspelled:
        return _Unspelled(original, kana)


class _Words:
    """Stands in for pykakasi's look-up of kanji words."""

    def __init__(self, words: Any) -> None:
        self._words = words
        self._entries: Memo[str, tuple[dict[str, list[str]], int] | None] = Memo(self._entries_for)
        self.isRegion = words.isRegion

    def convert(self, text: str) -> tuple[str, int]:
        """Return the reading of the longest word that the text begins with, and its length."""
        if self._words._itaiji.convert(text) != text:  # variant forms: pykakasi's own way
            found: tuple[str, int] = self._words.convert(text)
            return found
        entries = self._entries[text[0]]
        if entries is not None:
            words, longest = entries
            for length in range(min(longest, len(text)), 0, -1):
                readings = words.get(text[:length])
                if readings:
                    return readings[0], length
        return "", 0

    def _entries_for(self, character: str) -> tuple[dict[str, list[str]], int] | None:
        words = self._words._kanwa.load(character)
        return None if words is None else (words, max(map(len, words), default=0))
