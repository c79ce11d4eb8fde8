"""Korean: korean-romanizer's Revised Romanization, then the Latin letters as English."""

from __future__ import annotations

from typing import Any, NamedTuple

import regex

from cjkv_phon.engine import Options
from cjkv_phon.errors import require
from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.engine import TokenEngine, as_published, package_versions
from cjkv_phon.phonexl.english import ENGINES, Sound, latin_to_ipa, spoken
from cjkv_phon.types import TokenTranscription

# korean-romanizer looks at a syllable and, only if it has a final, at the next one.
# A text can therefore be cut after whatever has no final, without any change.
_OPEN = "".join(map(chr, range(ord("가"), ord("힣") + 1, 28)))
_CHUNK = regex.compile(rf"(?:[가-힣--[{_OPEN}]])*+.?", regex.V1 | regex.DOTALL)


class Romanized(NamedTuple):
    """A Revised Romanization and the surface syllables that it spells."""

    latin: str
    hangul: str


class KoreanEngine(TokenEngine):
    """Schemes ``phonexl`` and ``paper``."""

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        self._romanizer: Any = require("korean_romanizer", extra="phonexl", package="korean-romanizer")
        self._chunks: Memo[str, Romanized | None] = Memo(self._romanize_chunk)
        super().__init__(options, versions)

    def romanize(self, token: str) -> Romanized | None:
        """Romanize a token, as ``Romanizer(token).romanize()`` does.

        Returns:
            None where korean-romanizer fails.
        """
        chunks = [self._chunks[chunk] for chunk in _CHUNK.findall(token)]
        read = [chunk for chunk in chunks if chunk is not None]
        if len(read) < len(chunks):
            return None
        return Romanized("".join(c.latin for c in read), "".join(c.hangul for c in read))

    def _romanize_chunk(self, chunk: str) -> Romanized | None:
        try:
            latin = self._romanizer.Romanizer(chunk).romanize()
            return Romanized(latin, self._romanizer.Pronouncer(chunk).pronounced)
        except Exception:  # whatever it trips over: the dataset copies such tokens
            return None

    def read(self, token: str) -> TokenTranscription:
        """Transcribe one token."""
        romanized = self.romanize(token)
        latin = romanized.latin if romanized else token
        return spoken(token, latin, latin_to_ipa(latin), romanized.hangul if romanized else "")


def create(options: Options) -> KoreanEngine:
    """Build Korean of scheme ``phonexl``."""
    versions = (*package_versions("korean-romanizer"), *ENGINES)
    return KoreanEngine(as_published(options, "revised"), versions)
