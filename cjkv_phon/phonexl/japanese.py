"""Japanese: pykakasi's Hepburn, then the Latin letters as if they were English.

Scheme ``phonexl`` keeps only the first segment that pykakasi finds in a token, as
the released dataset does (4月 → 4); scheme ``paper`` keeps them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import regex

from cjkv_phon.engine import Options
from cjkv_phon.phonexl.engine import TokenEngine, as_published, joined, package_versions
from cjkv_phon.phonexl.english import ENGINES, latin_to_ipa_all
from cjkv_phon.phonexl.kakasi import Kakasi, KakasiSegment
from cjkv_phon.phonexl.segments import Sound, copied
from cjkv_phon.scripts import runs
from cjkv_phon.types import TokenTranscription, Unit


class JapaneseEngine(TokenEngine):
    """Scheme ``phonexl``: the first kakasi segment speaks for the whole token."""

    script = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ーｰ]")

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        self.kakasi = Kakasi()
        super().__init__(options, versions)

    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe tokens: romanize, then read the Latin letters."""
        firsts = [self.romanize(token) for token in tokens]
        sounds = latin_to_ipa_all([first.hepburn for first in firsts])
        return [
            self._whole(token, first, sound)
            for token, first, sound in zip(tokens, firsts, sounds, strict=True)
        ]

    def romanize(self, token: str) -> KakasiSegment:
        """Romanize a token: its first kakasi segment."""
        return self.kakasi.first(token)

    def _whole(self, token: str, first: KakasiSegment, sound: Sound) -> TokenTranscription:
        """Build a token; what is silent to flite (DJ, ') has the token for its IPA.

        Of ’ nothing is left when it is made ASCII for flite; its IPA is empty.
        """
        if not first.hepburn:
            return self.whole(token, token, copied(token))
        if not sound.ipa and first.hepburn.strip("’"):
            sound = copied(token)
        return self.whole(token, first.hepburn, sound, first.hiragana)


class PaperJapaneseEngine(JapaneseEngine):
    """Scheme ``paper``: every kakasi segment is a unit, read by itself."""

    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe tokens."""
        tiles = [self._tiles(token) for token in tokens]
        latin = {tile: tile.hepburn or tile.original for tile in chain.from_iterable(tiles)}
        sounds = dict(zip(latin, latin_to_ipa_all(latin.values()), strict=True))
        return [
            joined(token, self._units(some, latin, sounds))
            for token, some in zip(tokens, tiles, strict=True)
        ]

    def _units(
        self,
        tiles: list[KakasiSegment],
        latin: dict[KakasiSegment, str],
        sounds: dict[KakasiSegment, Sound],
    ) -> Iterator[Unit]:
        end = 0
        for tile in tiles:
            start, end = end, end + len(tile.original)
            sound = sounds[tile]
            spoken = sound if sound.ipa else copied(latin[tile])
            yield self.unit(start, end, latin[tile], spoken, tile.hiragana)

    def _tiles(self, token: str) -> list[KakasiSegment]:
        """Return segments that tile the token.

        At a character that it does not know (é, the mark in ﾊﾟ) pykakasi says what
        stood before twice; each run of one script is then read by itself, and one
        that still does not tile is left unread.
        """
        tiles: list[KakasiSegment] = []
        pieces = [token] if token else []
        if not _tile(self.kakasi.segments(token), token):
            pieces = [token[run.start : run.end] for run in runs(token)]
        for piece in pieces:
            segments = self.kakasi.segments(piece)
            tiles += segments if _tile(segments, piece) else [KakasiSegment(piece, "", "")]
        return tiles


def _tile(segments: list[KakasiSegment], text: str) -> bool:
    return all(s.original for s in segments) and "".join(s.original for s in segments) == text


def create(options: Options) -> JapaneseEngine:
    """Build Japanese of scheme ``phonexl``."""
    return JapaneseEngine(as_published(options, "hepburn"), _versions())


def create_paper(options: Options) -> PaperJapaneseEngine:
    """Build Japanese of scheme ``paper``."""
    return PaperJapaneseEngine(as_published(options, "hepburn"), _versions())


def _versions() -> tuple[str, ...]:
    return (*package_versions("pykakasi"), *ENGINES)
