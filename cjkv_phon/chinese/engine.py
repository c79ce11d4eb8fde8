"""The ``standard`` scheme for Mandarin Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

import regex

from cjkv_phon.chinese import ipa
from cjkv_phon.chinese.characters import characters
from cjkv_phon.chinese.phonology import ERHUA, Syllable, parse
from cjkv_phon.chinese.phrases import layer_version, phrases
from cjkv_phon.chinese.polyphones import polyphone_model
from cjkv_phon.chinese.prosody import surface_tones
from cjkv_phon.chinese.reading import Plan, Reader
from cjkv_phon.chinese.romanization import JOINERS, ROMANIZATIONS, WRITERS, joiner
from cjkv_phon.chinese.sandhi import Surface
from cjkv_phon.chinese.segmentation import cut_text
from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.memo import Memo
from cjkv_phon.types import (
    TokenTranscription,
    Unit,
    combined_status,
    passthrough_token,
    passthrough_unit,
)

VARIETIES = ("putonghua",)
_SENTENCES = 5_000
_TOKENS = 50_000
_LONGEST_REMEMBERED = 256
LONGEST = 8
"""Tokens of up to so many characters share their units."""


# One Han character with its marks, or a run of anything else.
_CHARACTER = regex.compile(r"(?P<han>[\p{Han}々〇])\p{M}*|(?:(?![\p{Han}々〇]).)+", regex.DOTALL)


Printed = tuple[str, str, tuple[str, ...], str]
"""What a unit holds but for its offsets: romanization, IPA, segments, reading."""


class Spoken(NamedTuple):
    """A token with all that its transcription depends on: the key of a memo.

    Attributes:
        text: The token.
        readings: A numbered syllable for each character, empty for none.
        tones: Surface tones, aligned likewise; empty in broad transcription.
        coloured: Whether the next token begins with the suffix 儿.
    """

    text: str
    readings: tuple[str, ...]
    tones: tuple[Surface | None, ...] = ()
    coloured: bool = False


def create(options: Options) -> StandardChinese:
    """Build the engine.

    Raises:
        UnsupportedOptionError: On an option that is not offered.
    """
    return StandardChinese(options.resolve(varieties=VARIETIES, romanizations=ROMANIZATIONS))


@lru_cache(maxsize=1)
def _reader() -> Reader:
    return Reader(characters(), phrases(), polyphone_model())


class StandardChinese(Engine):
    """Standard Mandarin (普通话), read in the context of the sentence."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.versions = layer_version()
        self._narrow = options.detail == "narrow"
        self._tones = options.tones
        self._write: Memo[str, str] = Memo(WRITERS[str(options.romanization)])
        self._sounds: Memo[tuple[str, str, bool], ipa.Sounds] = Memo(self._sound)
        self._join = JOINERS[str(options.romanization)]
        self._reader = _reader()
        self._tokens: Memo[Spoken, TokenTranscription] = Memo(self._token, _TOKENS)
        self._syllables: Memo[str, Syllable | None] = Memo(parse)
        self._printed: Memo[str, Printed | None] = Memo(self._print)
        self._places = tuple(Memo(self._unit_at(index)) for index in range(LONGEST))
        self._entries: Memo[str, tuple[TokenTranscription, ...] | None] = Memo(
            self._entry, _SENTENCES
        )
        self._sentences: Memo[Sentence, tuple[TokenTranscription, ...]] = Memo(
            self._alone, _SENTENCES
        )

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; sentences seen lately are remembered."""
        memo, entries = self._sentences, self._entries
        found: list[tuple[TokenTranscription, ...] | None] = []
        fresh: dict[Sentence, list[int]] = {}
        for place, sentence in enumerate(sentences):
            tokens = sentence[0]
            known = entries[tokens[0]] if len(tokens) == 1 else None
            if known is None:
                known = memo.get(sentence)
                if known is None:
                    fresh.setdefault(sentence, []).append(place)
            found.append(known)
        for (sentence, places), read in zip(fresh.items(), self._read(list(fresh)), strict=True):
            if sum(map(len, sentence.tokens)) <= _LONGEST_REMEMBERED:
                memo.remember(sentence, read)
            for place in places:
                found[place] = read
        return cast("list[tuple[TokenTranscription, ...]]", found)

    def segment(self, text: str) -> Sentence:
        """Cut raw text into words of the phrase table (see `segmentation`)."""
        folded = characters().simplify(text)
        return cut_text(text, folded, phrases(), characters().kept(text, folded))

    def _entry(self, text: str) -> tuple[TokenTranscription, ...] | None:
        """Transcribe a dictionary entry, None where it takes more than its words."""
        if self._narrow or len(text) > LONGEST:
            return None
        readings = self._reader.entry(text)
        units = None if readings is None else self._shared(readings)
        return None if units is None else (self._plain(text, units),)

    def _alone(self, sentence: Sentence) -> tuple[TokenTranscription, ...]:
        return self._read([sentence])[0]

    def _read(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        memo = self._tokens
        return [
            tuple([memo[spoken] for spoken in self._spoken(sentence, plan)])
            for sentence, plan in zip(sentences, self._reader.read(sentences), strict=True)
        ]

    def _spoken(self, sentence: Sentence, plan: Plan) -> list[Spoken]:
        readings = plan.readings
        if not self._narrow:
            ends = zip(sentence.tokens, plan.starts, strict=True)
            return [Spoken(one, tuple(readings[at : at + len(one)])) for one, at in ends]
        tones = surface_tones(sentence, plan, self._reader)
        spoken = []
        for token, start in zip(sentence.tokens, plan.starts, strict=True):
            end = start + len(token)
            coloured = readings[end : end + 1] == [ERHUA]
            spoken.append(
                Spoken(token, tuple(readings[start:end]), tuple(tones[start:end]), coloured)
            )
        return spoken

    def _token(self, spoken: Spoken) -> TokenTranscription:
        text = spoken.text
        if not text:
            return passthrough_token(text)
        if not self._narrow and len(text) <= LONGEST:
            # Almost every word comes this way.
            shared = self._shared(spoken.readings)
            if shared is not None:
                return self._plain(text, shared)
        units: list[Unit] = []
        pieces: list[tuple[str, bool]] = []
        for match in _CHARACTER.finditer(text):
            start, end = match.span()
            reading = spoken.readings[start]
            if not match["han"]:
                unit = passthrough_unit(text, start, end)
            elif reading == ERHUA and start:
                unit = self._suffix(start, end, units, spoken)
            else:
                unit = self._unit(spoken, start, end, reading)
            units.append(unit)
            pieces.append((unit.romanization, unit.status == "ok" and unit.reading != ERHUA))
        return TokenTranscription(
            text,
            tuple(units),
            "".join(unit.ipa for unit in units),
            joiner(self._join, text)(pieces),
            combined_status(units),
        )

    def _shared(self, readings: Sequence[str]) -> tuple[Unit, ...] | None:
        """Return units that words share, None if not every character is a plain syllable."""
        if ERHUA in readings:
            return None
        units = [place[reading] for place, reading in zip(self._places, readings, strict=False)]
        return None if None in units else tuple(cast("list[Unit]", units))

    def _plain(self, text: str, units: tuple[Unit, ...]) -> TokenTranscription:
        """Put syllables together that do not change each other."""
        sound = "".join([unit[3] for unit in units])
        latin = joiner(self._join, text)([(unit[2], True) for unit in units])
        return TokenTranscription(text, units, sound, latin, "ok")

    def _unit_at(self, index: int) -> Callable[[str], Unit | None]:
        """Return what builds the unit of a reading at an offset, None if it is no syllable."""

        def unit(reading: str) -> Unit | None:
            printed = self._printed[reading]
            return None if printed is None else Unit(index, index + 1, *printed)

        return unit

    def _print(self, reading: str) -> Printed | None:
        """Print a syllable in broad transcription, None if it is none."""
        syllable = self._syllables[reading]
        if syllable is None:
            return None
        tone = ipa.tone_text(ipa.citation(syllable.tone), self._tones)
        return (self._write[reading], *self._sounds[reading, tone, False], reading)

    def _unit(self, spoken: Spoken, start: int, end: int, reading: str) -> Unit:
        if not self._narrow and reading != ERHUA and not self._is_coloured(spoken, end):
            printed = self._printed[reading]
            if printed is not None:
                return Unit(start, end, *printed)
        syllable = self._syllables[reading] if reading else None
        if reading == ERHUA:
            sounds = ipa.colouring("")
        elif syllable is None:
            return passthrough_unit(spoken.text, start, end, "unknown")
        else:
            coloured = self._is_coloured(spoken, end)
            inside = coloured and end < len(spoken.text)
            tone = "" if inside else self._tone(spoken, start, syllable)
            sounds = self._sounds[reading, tone, coloured]
        return Unit(start, end, self._write[reading], *sounds, reading)

    def _sound(self, key: tuple[str, str, bool]) -> ipa.Sounds:
        reading, tone, coloured = key
        syllable = self._syllables[reading]
        if syllable is None:
            return ipa.Sounds("", ())
        return ipa.narrow(syllable, tone, coloured) if self._narrow else ipa.broad(syllable, tone)

    def _suffix(self, start: int, end: int, units: Sequence[Unit], spoken: Spoken) -> Unit:
        """Build the unit of 儿, which ends the syllable before it and carries its tone."""
        tone = ""
        if units and units[-1].status == "ok" and units[-1].reading != ERHUA:
            syllable = self._syllables[units[-1].reading]
            if syllable is not None:
                tone = self._tone(spoken, units[-1].start, syllable)
        return Unit(start, end, self._write[ERHUA], *ipa.colouring(tone), ERHUA)

    def _tone(self, spoken: Spoken, start: int, syllable: Syllable) -> str:
        tone = spoken.tones[start] if self._narrow else None
        return ipa.tone_text(tone or ipa.citation(syllable.tone), self._tones)

    def _is_coloured(self, spoken: Spoken, end: int) -> bool:
        if end < len(spoken.text):
            return spoken.readings[end] == ERHUA
        return spoken.coloured
