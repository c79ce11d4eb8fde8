"""Korean: korean-romanizer's Revised Romanization, then the Latin letters as English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import regex

from cjkv_phon.engine import Options
from cjkv_phon.errors import require
from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.engine import EXTRA, TokenEngine, as_published, package_versions
from cjkv_phon.phonexl.english import ENGINES, latin_to_ipa_all
from cjkv_phon.phonexl.segments import Sound, copied
from cjkv_phon.types import TokenTranscription

_FIRST = ord("가")
# Syllables that share an initial stand together, and in there those that share a medial.
_SAME_INITIAL, _SAME_MEDIAL = ord("까") - ord("가"), ord("개") - ord("가")


class Romanized(NamedTuple):
    """A Revised Romanization and the surface syllables that it spells."""

    latin: str
    hangul: str


class Step(NamedTuple):
    """A syllable read before its neighbour.

    Attributes:
        latin: Its romanization.
        hangul: Its surface form.
        shift: What it adds to the code point of its neighbour, whose initial it may change.
    """

    latin: str
    hangul: str
    shift: int


class Romanizer:
    """korean-romanizer, one pair of neighbours at a time.

    ``Romanizer(text).romanize()`` goes from left to right, looks at a syllable and the
    initial of the next one, and may change both. So each pair is asked for once, the
    next syllable reduced to its initial and the vowel ㅏ.

    Raises:
        MissingDependencyError: If korean-romanizer is not installed.
    """

    def __init__(self) -> None:
        self._engine: Any = require("korean_romanizer", extra=EXTRA, package="korean-romanizer")
        self._steps: Memo[str, Step | None] = Memo(self._step)
        self._contexts: Memo[str, str] = Memo(_context)

    def __call__(self, text: str) -> Romanized | None:
        """Romanize a text, None where korean-romanizer fails."""
        steps: list[Step] = []
        shift = 0
        for character, following in zip(text, [*text[1:], ""], strict=False):
            shifted = chr(ord(character) + shift) if shift else character
            step = self._steps[shifted + self._contexts[following]]
            if step is None:
                return None
            steps.append(step)
            shift = step.shift
        return Romanized("".join([s.latin for s in steps]), "".join([s.hangul for s in steps]))

    def _step(self, pair: str) -> Step | None:
        if len(pair) > 1 and _is_open(pair[0]):
            return self._steps[pair[0]]
        try:
            pronounced = self._engine.Pronouncer(pair).pronounced
            latin = self._engine.Romanizer(pair).romanize()
        except Exception:  # whatever it trips over: the dataset copies such tokens
            return None
        following = pronounced[1:]
        if not following:
            return Step(latin, pronounced, 0)
        following_latin = self._steps[following]
        if following_latin is None:
            return None
        shift = ord(following) - ord(pair[1])
        return Step(latin.removesuffix(following_latin.latin), pronounced[0], shift)


def _context(following: str) -> str:
    """Reduce a following character to what korean-romanizer sees of it."""
    if not "가" <= following <= "힣":
        return following and "."
    place = ord(following) - _FIRST
    return chr(_FIRST + place // _SAME_INITIAL * _SAME_INITIAL)


def _is_open(character: str) -> bool:
    """Whether a character has no final, so that its neighbour does not matter."""
    return not "가" <= character <= "힣" or (ord(character) - _FIRST) % _SAME_MEDIAL == 0


class KoreanEngine(TokenEngine):
    """Scheme ``phonexl``: what is silent to flite has no IPA."""

    script = regex.compile(r"\p{Hangul}")

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        self.romanize = Romanizer()
        super().__init__(options, versions)

    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe tokens: romanize, then read the Latin letters."""
        romanized = [self.romanize(token) or Romanized(token, "") for token in tokens]
        sounds = self._sounds([each.latin for each in romanized])
        return [
            self.whole(token, each.latin, sound, each.hangul)
            for token, each, sound in zip(tokens, romanized, sounds, strict=True)
        ]

    def _sounds(self, latin: Sequence[str]) -> list[Sound]:
        return latin_to_ipa_all(latin)


class PaperKoreanEngine(KoreanEngine):
    """Scheme ``paper``: what is silent to flite is copied."""

    def _sounds(self, latin: Sequence[str]) -> list[Sound]:
        sounds = zip(latin, super()._sounds(latin), strict=True)
        return [sound if sound.ipa else copied(text) for text, sound in sounds]


def create(options: Options) -> KoreanEngine:
    """Build Korean of scheme ``phonexl``."""
    return KoreanEngine(as_published(options, "revised"), _versions())


def create_paper(options: Options) -> PaperKoreanEngine:
    """Build Korean of scheme ``paper``."""
    return PaperKoreanEngine(as_published(options, "revised"), _versions())


def _versions() -> tuple[str, ...]:
    return (*package_versions("korean-romanizer"), *ENGINES)
