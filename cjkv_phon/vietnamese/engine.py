"""Scheme ``standard`` for Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern
from typing import NamedTuple

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.memo import Memo
from cjkv_phon.normalize import normalize
from cjkv_phon.types import Status, TokenTranscription, Unit, combined_status, passthrough_unit
from cjkv_phon.vietnamese.ipa import IpaPrinter
from cjkv_phon.vietnamese.phonology import Syllable
from cjkv_phon.vietnamese.reading import Reader
from cjkv_phon.vietnamese.romanization import PRINTERS, ROMANIZATIONS

_unit = Unit._make
_SPACE = passthrough_unit(" ", 0, 1)[2:]
VARIETIES = ("hanoi", "hue", "saigon")


def create(options: Options) -> Engine:
    """Build the engine.

    Raises:
        UnsupportedOptionError: On an option that Vietnamese does not offer.
    """
    return VietnameseEngine(options.resolve(varieties=VARIETIES, romanizations=ROMANIZATIONS))


class Word(NamedTuple):
    """What stands between two spaces, transcribed; the fields of `TokenTranscription`."""

    units: tuple[Unit, ...]
    ipa: str
    romanization: str
    status: Status


class VietnameseEngine(Engine):
    """Reads each word by itself: Vietnamese has no sound changes between syllables."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._read = Reader().read
        self._romanize = PRINTERS[options.romanization or ROMANIZATIONS[0]]
        self._print = IpaPrinter(options.variety or VARIETIES[0], options.detail, options.tones)
        self._words: Memo[str, Word] = Memo(self._word)
        self._tokens: Memo[str, TokenTranscription] = Memo(self._token)

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; what follows a token does not matter."""
        transcribed = self._tokens.of_all
        return [transcribed(sentence.tokens) for sentence in sentences]

    def _token(self, text: str) -> TokenTranscription:
        first, *others = text.split(" ")
        word = self._words[first]
        if not others:
            return TokenTranscription(text, *word)
        words = [word]
        units = list(word.units)
        end = len(first)
        for one in others:
            units.append(_unit((end, end + 1, *_SPACE)))
            end += 1
            word = self._words[one]
            units += [_unit((end + unit[0], end + unit[1], *unit[2:])) for unit in word.units]
            end += len(one)
            words.append(word)
        ipa = " ".join([word.ipa for word in words])
        romanization = " ".join([word.romanization for word in words])
        return TokenTranscription(text, tuple(units), ipa, romanization, combined_status(units))

    def _word(self, text: str) -> Word:
        """Read a text without spaces."""
        normal = normalize(text)
        starts = normal.starts
        units = []
        end = 0
        for length, syllables, spelling, reading, status in self._read(normal.text):
            start, end = end, end + length
            left, right = starts[start], starts[end]
            if status == "ok":
                segments = self._segments(syllables)
                spelled = intern(self._romanize(spelling))
                unit = Unit(left, right, spelled, "".join(segments), segments, intern(reading))
            else:
                copy = text[left:right]
                unit = Unit(left, right, copy, copy, (), "", status)
            units.append(unit)
        if len(units) == 1:
            return Word(tuple(units), unit.ipa, unit.romanization, unit.status)
        return Word(
            tuple(units),
            "".join([unit.ipa for unit in units]),
            "".join([unit.romanization for unit in units]),
            combined_status(units),
        )

    def _segments(self, syllables: tuple[Syllable, ...]) -> tuple[str, ...]:
        if len(syllables) == 1:
            return self._print(syllables[0])
        return tuple(segment for syllable in syllables for segment in self._print(syllable))
