"""The ``standard`` scheme for Mandarin Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from cjkv_phon.chinese import ipa
from cjkv_phon.chinese.characters import characters
from cjkv_phon.chinese.phonology import ERHUA, Syllable, parse
from cjkv_phon.chinese.phrases import layer_version, phrases
from cjkv_phon.chinese.polyphones import polyphone_model
from cjkv_phon.chinese.prosody import surface_tones
from cjkv_phon.chinese.reading import Plan, Reader
from cjkv_phon.chinese.romanization import JOINERS, ROMANIZATIONS, WRITERS
from cjkv_phon.chinese.sandhi import Surface
from cjkv_phon.chinese.segmentation import TEXT_PIECE, Word, cut
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

# One Han character with its marks, or a run of anything else.
_CHARACTER = regex.compile(r"(?P<han>[\p{Han}々〇])\p{M}*|(?:(?![\p{Han}々〇]).)+", regex.DOTALL)


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
        self._sentences: Memo[Sentence, tuple[TokenTranscription, ...]] = Memo(
            self._alone, _SENTENCES
        )

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; sentences seen lately are remembered."""
        memo = self._sentences
        done = {sentence: memo[sentence] for sentence in sentences if sentence in memo}
        fresh = [sentence for sentence in dict.fromkeys(sentences) if sentence not in done]
        for sentence, tokens in zip(fresh, self._read(fresh), strict=True):
            done[sentence] = tokens
            if sum(map(len, sentence.tokens)) <= _LONGEST_REMEMBERED:
                memo.remember(sentence, tokens)
        return [done[sentence] for sentence in sentences]

    def segment(self, text: str) -> Sentence:
        """Cut raw text into words of the phrase table (see `segmentation`)."""
        table = phrases()
        folded = characters().simplify(text)
        tokens: list[str] = []
        spaces: list[bool] = []
        for match in TEXT_PIECE.finditer(text):
            start, end = match.span()
            words = [Word(start, end)]
            if match["han"]:
                words = cut(text, folded, start, end, table)
            tokens.extend(text[a:b] for a, b in words)
            spaces.extend([False] * len(words))
            spaces[-1] = end < len(text) and text[end].isspace()
        return Sentence(tuple(tokens), tuple(spaces))

    def _alone(self, sentence: Sentence) -> tuple[TokenTranscription, ...]:
        return self._read([sentence])[0]

    def _read(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        memo = self._tokens
        return [
            tuple(memo[spoken] for spoken in self._spoken(sentence, plan))
            for sentence, plan in zip(sentences, self._reader.read(sentences), strict=True)
        ]

    def _spoken(self, sentence: Sentence, plan: Plan) -> list[Spoken]:
        readings = plan.readings
        tones = surface_tones(sentence, plan, self._reader) if self._narrow else []
        spoken = []
        for token, start in zip(sentence.tokens, plan.starts, strict=True):
            end = start + len(token)
            coloured = self._narrow and readings[end : end + 1] == [ERHUA]
            spoken.append(
                Spoken(token, tuple(readings[start:end]), tuple(tones[start:end]), coloured)
            )
        return spoken

    def _token(self, spoken: Spoken) -> TokenTranscription:
        text = spoken.text
        if not text:
            return passthrough_token(text)
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
            self._join(pieces),
            combined_status(units),
        )

    def _unit(self, spoken: Spoken, start: int, end: int, reading: str) -> Unit:
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
