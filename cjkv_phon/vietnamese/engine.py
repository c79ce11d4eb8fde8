"""Scheme ``standard`` for Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from sys import intern
from typing import NamedTuple

from cjkv_phon.engine import Engine, Options, Sentence, cut_words
from cjkv_phon.memo import Memo
from cjkv_phon.normalize import normalize
from cjkv_phon.types import (
    DeferredTranscription,
    Status,
    TokenTranscription,
    Unit,
    combined_status,
    passthrough_unit,
)
from cjkv_phon.vietnamese.halves import HalvesReader
from cjkv_phon.vietnamese.ipa import IpaPrinter
from cjkv_phon.vietnamese.phonology import Syllable
from cjkv_phon.vietnamese.reading import Reader
from cjkv_phon.vietnamese.romanization import PRINTERS, ROMANIZATIONS
from cjkv_phon.vietnamese.symbols import forms, joined

_made = tuple.__new__
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
        reader = Reader()
        self._read = reader.read
        self._named = reader.abbreviations
        self._romanize = PRINTERS[options.romanization or ROMANIZATIONS[0]]
        self._print = IpaPrinter(options.variety or VARIETIES[0], options.detail, options.tones)
        self._forms = forms()
        self._units = self._units_of
        self._join = HalvesReader(self._print)
        self._words: Memo[str, Word] = Memo(self._word)
        self._tokens: Memo[str, TokenTranscription] = Memo(self._token)

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; what follows a token does not matter."""
        transcribed = self._tokens.of_all
        return [transcribed(sentence.tokens) for sentence in sentences]

    def segment(self, text: str) -> Sentence:
        """Cut raw text at white space and punctuation, but for forms such as km/h and 37°C."""
        tokens, known_spaces = cut_words(text)
        spaces = known_spaces or (False,) * len(tokens)
        lengths = joined(tokens, spaces, self._forms)
        ends = tuple(accumulate(lengths))
        cuts = tuple(zip((0, *ends), ends, strict=False))
        return Sentence(
            tuple("".join(tokens[start:end]) for start, end in cuts),
            tuple(spaces[end - 1] for end in ends),
        )

    def _token(self, text: str) -> TokenTranscription:
        if " " not in text:
            return _made(TokenTranscription, (text, *self._words[text]))
        words = map(self._words.__getitem__, text.split(" "))
        _, ipas, latins, statuses = zip(*words, strict=True)
        status = "ok" if statuses.count("ok") == len(statuses) else _together(statuses)
        fields = (text, self._units, " ".join(ipas), " ".join(latins), status)
        return _made(DeferredTranscription, fields)

    def _units_of(self, text: str) -> tuple[Unit, ...]:
        """Build the units of several words with a space between them."""
        units: list[Unit] = []
        end = 0
        for number, part in enumerate(text.split(" ")):
            if number:
                units.append(_made(Unit, (end, end + 1, *_SPACE)))
                end += 1
            for unit in self._words[part].units:
                units.append(_made(Unit, (end + unit[0], end + unit[1], *unit[2:])))
            end += len(part)
        return tuple(units)

    def _word(self, text: str) -> Word:
        """Read a text without spaces."""
        low = text.lower()
        if text == low or text == low.capitalize():
            whole = self._join(low)
            if whole is not None and text not in self._named:
                reading, segments, ipa = whole
                if reading == text:
                    reading = spelled = text
                else:
                    reading = intern(reading)
                    spelled = reading if text == low else reading.capitalize()
                latin = self._romanize(spelled)
                unit = _made(Unit, (0, len(text), latin, ipa, segments, reading, "ok"))
                return _made(Word, ((unit,), ipa, latin, "ok"))
        return self._word_by_rules(text)

    def _word_by_rules(self, text: str) -> Word:
        """Read a text without spaces that is no regular syllable."""
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


def _together(statuses: Sequence[Status]) -> Status:
    """Return the status of words with spaces between them."""
    if "unknown" in statuses:
        return "unknown"
    return "ok" if "ok" in statuses else "passthrough"
