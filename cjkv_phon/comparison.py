"""Words of several languages side by side: aligned segment by segment, with distances.

`compare` is for a few words that belong together (Table 1 of the PhoneXL
paper, computed); `cognates` ranks the words of one language by how close they
sound to words of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from cjkv_phon.errors import UnsupportedLanguageError
from cjkv_phon.phones import LOAN, Profile, distance_matrix, segments
from cjkv_phon.phones.columns import Column, align_words
from cjkv_phon.schemes import DEFAULT_SCHEME, canonical_language
from cjkv_phon.transcriber import Transcriber
from cjkv_phon.types import Transcription
from cjkv_phon.width import text_table

# Bounds the memory of ranking; a pair takes some tens of bytes.
_PAIRS_AT_ONCE = 1_000_000


class SpokenWord(NamedTuple):
    """A word, or a phrase, with its sound.

    Attributes:
        lang: Language code.
        text: The word.
        transcription: Its tokens, as they were read.
    """

    lang: str
    text: str
    transcription: Transcription

    @property
    def ipa(self) -> str:
        """IPA, tokens separated by spaces."""
        return " ".join(token.ipa for token in self.transcription)

    @property
    def romanization(self) -> str:
        """Romanization, tokens separated by spaces."""
        return " ".join(token.romanization for token in self.transcription)

    @property
    def segments(self) -> tuple[str, ...]:
        """Segments of what was read; cut from the IPA where a scheme has none."""
        found: list[str] = []
        for token in self.transcription:
            for unit in token.units:
                if unit.status == "ok":
                    found += unit.segments or segments(unit.ipa)
        return tuple(found)


@dataclass(frozen=True)
class Comparison:
    """Words side by side.

    Attributes:
        words: The words, in the order given.
        columns: Their segments, aligned: a column holds one segment of each
            word, or None where a word has none there.
        distances: Distance of every word to every other, a square of numbers.
        profile: What the distances were measured with.
    """

    words: tuple[SpokenWord, ...]
    columns: tuple[Column, ...]
    distances: tuple[tuple[float, ...], ...]
    profile: Profile

    def __str__(self) -> str:
        return "\n".join(_table(self))

    def _repr_html_(self) -> str:
        from cjkv_phon.render import comparison_fragment

        return comparison_fragment(self)


class Candidate(NamedTuple):
    """A word of the other language and how far it sounds from the one asked for.

    Attributes:
        word: The candidate.
        distance: 0 is the same, 1 has nothing in common.
    """

    word: SpokenWord
    distance: float


def compare(
    *words: str | tuple[str, str], scheme: str = DEFAULT_SCHEME, profile: Profile | None = None
) -> Comparison:
    """Put words of several languages side by side.

    Args:
        *words: ``"ja:電子産業"`` or ``("ja", "電子産業")``, at least one.
        scheme: How they are transcribed.
        profile: What distances are measured with; `phones.LOAN` by default.

    Returns:
        The words with their segments aligned.

    Raises:
        UnsupportedLanguageError: If a word names no known language.
        ValueError: If there is no word.

    Example:
        >>> found = compare("ko:전자", "vi:điện tử")
        >>> len(found.columns) >= 5
        True
    """
    if not words:
        raise ValueError("at least one word is needed, such as ja:電子産業")
    profile = LOAN if profile is None else profile
    spoken = tuple(speak(*_lang_and_text(word), scheme=scheme) for word in words)
    sounds = [word.segments for word in spoken]
    matrix = distance_matrix(sounds, sounds, profile)
    return Comparison(
        spoken,
        align_words(sounds, profile),
        tuple(tuple(float(value) for value in row) for row in matrix),
        profile,
    )


def speak(lang: str, text: str, scheme: str = DEFAULT_SCHEME) -> SpokenWord:
    """Transcribe one word or phrase; white space separates its tokens."""
    transcriber = _transcriber(canonical_language(lang), scheme)
    return SpokenWord(transcriber.lang, text, transcriber(text.split() or [text]))


class CognateIndex:
    """The words of one language, ready to be asked which sound like a word of another.

    Args:
        candidates: Words of that language.
        lang: Its code.
        scheme: How all words are transcribed.
        profile: What distances are measured with; `phones.LOAN` by default.
    """

    def __init__(
        self,
        candidates: Iterable[str],
        lang: str,
        scheme: str = DEFAULT_SCHEME,
        profile: Profile | None = None,
    ) -> None:
        self.scheme = scheme
        self.profile = LOAN if profile is None else profile
        self.words = tuple(speak_all(lang, candidates, scheme))
        self._sounds = [word.segments for word in self.words]

    def rank(
        self, words: Iterable[str], lang: str, count: int = 10
    ) -> Iterator[tuple[SpokenWord, list[Candidate]]]:
        """Rank the candidates by sound.

        Args:
            words: Words of another language.
            lang: Its code.
            count: How many candidates to return for each.

        Yields:
            Each word with its nearest candidates, nearest first; equally near
            ones in the order in which they were given.
        """
        asked = list(speak_all(lang, words, self.scheme))
        step = max(1, _PAIRS_AT_ONCE // max(len(self.words), 1))
        for start in range(0, len(asked), step):
            block = asked[start : start + step]
            sounds = [word.segments for word in block]
            matrix = distance_matrix(sounds, self._sounds, self.profile)
            order = np.argsort(matrix, axis=1, kind="stable")[:, : max(count, 0)]
            for row, word in enumerate(block):
                yield word, [Candidate(self.words[k], float(matrix[row, k])) for k in order[row]]


def speak_all(lang: str, words: Iterable[str], scheme: str = DEFAULT_SCHEME) -> list[SpokenWord]:
    """Transcribe many words at once."""
    transcriber = _transcriber(canonical_language(lang), scheme)
    words = list(words)
    spoken = transcriber.pipe(word.split() or [word] for word in words)
    return [
        SpokenWord(transcriber.lang, word, transcription)
        for word, transcription in zip(words, spoken, strict=True)
    ]


@lru_cache(maxsize=16)
def _transcriber(lang: str, scheme: str) -> Transcriber:
    return Transcriber(lang, scheme)


def _lang_and_text(word: str | tuple[str, str]) -> tuple[str, str]:
    if not isinstance(word, str):
        return word
    lang, colon, text = word.partition(":")
    if not colon:
        raise UnsupportedLanguageError(
            f"{word!r} names no language; write the code and a colon before it, such as ja:電子"
        )
    return lang, text


def _table(comparison: Comparison) -> Iterator[str]:
    """Lines of text: the words with their segments, then the distances."""
    words = comparison.words
    rows = []
    for place, word in enumerate(words):
        cells = [column[place] or "·" for column in comparison.columns]
        rows.append([word.lang, word.text, word.romanization, *cells])
    yield text_table(rows, gap="  ")
    if len(words) < 2:
        return
    yield ""
    header = ["", *(word.text for word in words)]
    body = [
        [word.text, *(f"{value:.2f}" for value in row)]
        for word, row in zip(words, comparison.distances, strict=True)
    ]
    yield text_table([header, *body])
