"""Vietnamese: epitran's rules for ``phonexl``, viphoneme's for ``paper``.

The romanization is the token itself. epitran's rules know the beginning and end of
the whole text, and the released dataset hands it whole sentences, so that a token's
IPA depends on whether it begins or ends its sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

import regex

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.engine import TokenEngine, as_published, joined, package_versions
from cjkv_phon.phonexl.epitran_rules import MOST_REWRITES, Transliterator
from cjkv_phon.phonexl.segments import Sound, segments
from cjkv_phon.phonexl.viphoneme_core import CHAO, syllable_reader
from cjkv_phon.types import (
    Status,
    TokenTranscription,
    Unit,
    passthrough_token,
    passthrough_unit,
)

_SPACE = re.compile(r"(\s+)")
_WORD = re.compile(r"\w")

_SYLLABLE = regex.compile(r"(?P<syllable>(?:\p{L}\p{M}*)+)|(?:\P{L})+")

# A token in the four places of a sentence: what stands before and after it.
_PLACES = ((" ", " "), (" ", ""), ("", " "), ("", ""))


_SENTENCES = 5_000
_LONGEST_REMEMBERED = 256
"""Sentences remembered, and the most characters of one."""


class Placed(NamedTuple):
    """A token read in its place, and how often the most used of the rules applied to it."""

    token: TokenTranscription
    rewrites: int


class VietnameseEngine(Engine):
    """Scheme ``phonexl``: epitran, a sentence at a time.

    No rule of epitran's sees past a space, so a token is read once for each place
    in a sentence (first, last, both, neither), unless one rule applies so often in
    the sentence that epitran stops applying it: then the sentence is read as a whole.
    """

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        super().__init__(options)
        self.versions = versions
        self._transliterate = Transliterator("vie-Latn")
        self._passed: Memo[str, TokenTranscription | None] = Memo(passed)
        self._memos = [Memo(self._reader(*place)) for place in _PLACES]
        self._sentences: Memo[tuple[str, ...], tuple[TokenTranscription, ...]] = Memo(
            self._sentence, _SENTENCES
        )

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; sentences seen lately are remembered, for a place is context."""
        memo = self._sentences
        return [memo.get(tokens) or self._remembered(tokens) for tokens, _ in sentences]

    def _remembered(self, tokens: tuple[str, ...]) -> tuple[TokenTranscription, ...]:
        read = self._sentence(tokens)
        if sum(map(len, tokens)) <= _LONGEST_REMEMBERED:
            self._sentences.remember(tokens, read)
        return read

    def alone(self, text: str) -> str:
        """Return the IPA of words each of which is a text of its own."""
        return " ".join(self._transliterate(word).ipa for word in text.split())

    def _sentence(self, tokens: tuple[str, ...]) -> tuple[TokenTranscription, ...]:
        passed = [*map(self._passed.__getitem__, tokens)]
        spoken = [token for token, copy in zip(tokens, passed, strict=True) if copy is None]
        if not spoken:
            return tuple(copy for copy in passed if copy is not None)
        inner, last, first, only = self._memos
        if len(spoken) == 1:
            placed = [only[spoken[0]]]
        else:
            placed = [first[spoken[0]], *map(inner.__getitem__, spoken[1:-1]), last[spoken[-1]]]
        read, rewrites = zip(*placed, strict=True)
        if sum(rewrites) > MOST_REWRITES:
            read = self._whole(spoken)
        rest = iter(read)
        return tuple([next(rest) if copy is None else copy for copy in passed])

    def _reader(self, before: str, after: str) -> Callable[[str], Placed]:
        def read(token: str) -> Placed:
            ipa, rewrites = self._transliterate(f"{before}{token}{after}")
            return Placed(spoken_token(token, ipa[len(before) : len(ipa) - len(after)]), rewrites)

        return read

    def _whole(self, spoken: list[str]) -> tuple[TokenTranscription, ...]:
        """Read a sentence at once."""
        pieces = iter(self._transliterate(" ".join(spoken)).ipa.split())
        read = []
        for token in spoken:
            words = _SPACE.split(token)
            words[::2] = [next(pieces, "") if word else "" for word in words[::2]]
            read.append(spoken_token(token, "".join(words)))
        return tuple(read)


class PaperVietnameseEngine(TokenEngine):
    """Scheme ``paper``: viphoneme, a unit a syllable as written between other characters."""

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        self._syllable = syllable_reader()
        self._sounds: Memo[str, Sound | None] = Memo(self._read_syllable)
        super().__init__(options, versions)

    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe tokens."""
        return [joined(token, map(self._unit, _SYLLABLE.finditer(token))) for token in tokens]

    def _unit(self, match: regex.Match[str]) -> Unit:
        text = match.group()
        spelling = unicodedata.normalize("NFC", text).lower()
        sound = self._sounds[spelling] if match["syllable"] else None
        if sound is None:
            status: Status = "unknown" if match["syllable"] else "passthrough"
            return Unit(match.start(), match.end(), text, text, (), "", status)
        return Unit(match.start(), match.end(), text, sound.ipa, sound.segments, spelling, "ok")

    def _read_syllable(self, spelling: str) -> Sound | None:
        read = self._syllable(spelling)
        if read is None:
            return None
        tone = {"letters": CHAO.get(read.tone, ""), "numbers": read.tone}.get(
            self.options.tones, ""
        )
        parts = (read.onset, read.nucleus, read.coda)
        cut = tuple(segment for part in parts for segment in segments(part))
        return Sound("".join(parts) + tone, (*cut, tone) if tone else cut)


def is_spoken(token: str) -> bool:
    """Whether a token is handed to epitran: it has a letter and is no number."""
    return _WORD.search(token) is not None and not token.isdigit()


def passed(token: str) -> TokenTranscription | None:
    """Return a token that is not handed to epitran as it is, None for the others."""
    return None if is_spoken(token) else passthrough_token(token)


def spoken_token(token: str, ipa: str) -> TokenTranscription:
    """Build a token from its IPA, a unit for each of its words and spaces."""
    words, sounds = _SPACE.split(token), _SPACE.split(ipa)
    if len(words) != len(sounds):
        words, sounds = [token], [ipa]
    units, start = [], 0
    for place, (word, sound) in enumerate(zip(words, sounds, strict=True)):
        end = start + len(word)
        if place % 2:
            units.append(passthrough_unit(token, start, end))
        elif word:
            units.append(Unit(start, end, word, sound, segments(sound), "", "ok"))
        start = end
    return TokenTranscription(token, tuple(units), "".join(u.ipa for u in units), token, "ok")


def create(options: Options) -> VietnameseEngine:
    """Build Vietnamese of scheme ``phonexl``."""
    return VietnameseEngine(as_published(options, "orthography"), package_versions("epitran"))


def create_paper(options: Options) -> PaperVietnameseEngine:
    """Build Vietnamese of scheme ``paper``."""
    resolved = as_published(options, "orthography", ("letters", "numbers", "none"))
    return PaperVietnameseEngine(resolved, package_versions("viphoneme"))
