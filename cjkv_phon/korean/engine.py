"""The `standard` engine for Korean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.korean import ipa, romanization
from cjkv_phon.korean.facts import facts, word_facts
from cjkv_phon.korean.phonology import Spoken, speak, surface
from cjkv_phon.korean.reading import SYLLABLES, Piece, is_hangul, pieces
from cjkv_phon.korean.vowels import spoken_nucleus
from cjkv_phon.memo import Memo
from cjkv_phon.types import (
    Status,
    TokenTranscription,
    Unit,
    combined_status,
    passthrough_token,
    passthrough_unit,
)

VARIETIES = ("seoul",)

LONGEST = 16
"""Tokens of up to so many syllables share their units."""


Printed = tuple[str, str, tuple[str, ...], str, Status]
"""What a unit holds but for its offsets: romanization, IPA, segments, reading, status."""


class KoreanEngine(Engine):
    """Korean by the articles of the Standard Pronunciation.

    Tokens are context-free unless ``spaces`` says that none stands between two
    of them: then they are read as one word and each gets its own share.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._segments = ipa.broad if options.detail == "broad" else ipa.narrow
        self._spell = romanization.speller(str(options.romanization))
        self._adjust = romanization.adjuster(str(options.romanization))
        self._join = romanization.joiner(str(options.romanization))
        self._plain = self._adjust is None and self._join is None
        self._narrow = options.detail == "narrow"
        self._printed: Memo[Spoken, Printed] = Memo(self._print)
        self._places = tuple(Memo(self._unit_at(index)) for index in range(LONGEST))
        self._tokens: Memo[str, TokenTranscription] = Memo(self._token)
        self._groups: Memo[tuple[str, ...], tuple[TokenTranscription, ...]] = Memo(self._group)

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; see `Engine.transcribe`."""
        transcribed = self._tokens.of_all
        return [
            transcribed(tokens) if spaces is None or all(spaces) else self._joined(tokens, spaces)
            for tokens, spaces in sentences
        ]

    def _joined(
        self, tokens: Sequence[str], spaces: Sequence[bool]
    ) -> tuple[TokenTranscription, ...]:
        """Transcribe tokens of which some touch: Hangul on both sides is one word."""
        done: list[TokenTranscription] = []
        start, last = 0, len(tokens) - 1
        for index, token in enumerate(tokens):
            if (
                index < last
                and not spaces[index]
                and token
                and tokens[index + 1]
                and is_hangul(token[-1])
                and is_hangul(tokens[index + 1][0])
            ):
                continue
            if start == index:
                done.append(self._tokens[token])
            else:
                done.extend(self._groups[tuple(tokens[start : index + 1])])
            start = index + 1
        return tuple(done)

    def _token(self, token: str) -> TokenTranscription:
        if not self._plain or len(token) > LONGEST or not SYLLABLES.fullmatch(token):
            if not token:
                return passthrough_token(token)
            return self._finish(token, self._units(token, pieces(token)))
        # The same, with units that tokens share: almost every token of a text comes this way.
        spoken = speak(token, *word_facts(token, self._narrow))
        pairs = zip(self._places, spoken, strict=False)
        units = tuple([place[syllable] for place, syllable in pairs])
        return TokenTranscription(
            token,
            units,
            "".join([unit[3] for unit in units]),
            "".join([unit[2] for unit in units]),
        )

    def _group(self, tokens: tuple[str, ...]) -> tuple[TokenTranscription, ...]:
        """Transcribe tokens that touch as one word and deal the units out."""
        whole: list[Piece] = []
        bounds = [0]
        for token in tokens:
            offset = bounds[-1]
            whole.extend(
                piece._replace(start=piece.start + offset, end=piece.end + offset)
                for piece in pieces(token)
            )
            bounds.append(offset + len(token))
        units = iter(self._units("".join(tokens), whole))
        done = []
        for token, offset, end in zip(tokens, bounds, bounds[1:], strict=False):
            share: list[Unit] = []
            while not share or share[-1].end < end - offset:
                unit = next(units)
                share.append(unit._replace(start=unit.start - offset, end=unit.end - offset))
            done.append(self._finish(token, share))
        return tuple(done)

    def _units(self, text: str, cut: Sequence[Piece]) -> list[Unit]:
        units: list[Unit] = []
        for readable, run in groupby(cut, key=lambda piece: piece.kind in ("syllable", "space")):
            if readable:
                units.extend(self._readable(text, list(run)))
                continue
            for start, end, kind, _ in run:
                status = "unknown" if kind == "unknown" else "passthrough"
                units.append(passthrough_unit(text, start, end, status))  # type: ignore[arg-type]
        return units

    def _readable(self, text: str, run: Sequence[Piece]) -> list[Unit]:
        """Transcribe syllables with white space between them as one phrase."""
        words = [
            "".join(piece.text for piece in word)
            for space, word in groupby(run, key=lambda piece: piece.kind == "space")
            if not space
        ]
        printed = iter(self._phrase(words))
        units: list[Unit] = []
        for piece in run:
            if piece.kind == "space":
                units.append(passthrough_unit(text, piece.start, piece.end))
                continue
            share = [next(printed) for _ in piece.text]
            units.append(Unit(piece.start, piece.end, *_merged(share)))
        return units

    def _phrase(self, words: Sequence[str]) -> list[Printed]:
        """Speak words as one phonological phrase and print its syllables."""
        printed = self._printed
        known = facts(words, self._narrow)
        return [printed[spoken] for spoken in speak("".join(words), *known)]

    def _unit_at(self, index: int) -> Callable[[Spoken], Unit]:
        printed = self._printed
        return lambda spoken: Unit(index, index + 1, *printed[spoken])

    def _print(self, spoken: Spoken) -> Printed:
        start, nucleus, vowel, end, long = spoken
        segments = self._segments(
            ipa.Surroundings(
                start.onset, spoken_nucleus(vowel, start.onset), end.coda,
                start.before, end.after, end.palatal, long,
            )
        )  # fmt: skip
        latin = self._spell(
            romanization.Spelled(
                start.spelled, nucleus, end.spelled, start.spelled_before,
                start.spelled not in (start.onset, "ㅎ"), end.after,
            )
        )  # fmt: skip
        return latin, "".join(segments), segments, surface(spoken), "ok"

    def _finish(self, token: str, units: list[Unit]) -> TokenTranscription:
        latin = [unit[2] for unit in units]
        if self._adjust is not None:
            latin = self._adjust(latin)
            units = [
                unit._replace(romanization=new) for unit, new in zip(units, latin, strict=True)
            ]
        whole = "".join(latin) if self._join is None else self._join(latin)
        ipa_of_all = "".join([unit[3] for unit in units])
        return TokenTranscription(token, tuple(units), ipa_of_all, whole, combined_status(units))


def _merged(share: Sequence[Printed]) -> Printed:
    if len(share) == 1:
        return share[0]
    latin, sound, segments, reading, _ = zip(*share, strict=True)
    return "".join(latin), "".join(sound), sum(segments, ()), "".join(reading), "ok"


def create(options: Options) -> KoreanEngine:
    """Build the engine.

    Raises:
        UnsupportedOptionError: On an option that Korean does not offer. Every
            value of ``tones`` is accepted: Korean has none.
    """
    resolved = options.resolve(varieties=VARIETIES, romanizations=romanization.ROMANIZATIONS)
    return KoreanEngine(resolved)
