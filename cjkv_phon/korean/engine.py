"""The `standard` engine for Korean."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.korean import ipa, romanization
from cjkv_phon.korean.facts import facts
from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.phonology import Spoken, speak
from cjkv_phon.korean.reading import SYLLABLES, Piece, is_hangul, pieces
from cjkv_phon.memo import Memo
from cjkv_phon.types import (
    TokenTranscription,
    Unit,
    combined_status,
    passthrough_token,
    passthrough_unit,
)

VARIETIES = ("seoul",)


class Printed(NamedTuple):
    """What a unit holds but for its offsets."""

    romanization: str
    ipa: str
    segments: tuple[str, ...]
    reading: str


class KoreanEngine(Engine):
    """Korean by the articles of the Standard Pronunciation.

    Tokens are context-free unless ``spaces`` says that none stands between two
    of them: then they are read as one word and each gets its own share.
    """

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._segments = ipa.broad if options.detail == "broad" else ipa.narrow
        self._spell = romanization.speller(str(options.romanization))
        self._hyphenated = options.romanization == "revised-hyphen"
        self._printed: Memo[tuple[object, ...], Printed] = Memo(self._print)
        self._tokens: Memo[str, TokenTranscription] = Memo(self._token)
        self._groups: Memo[tuple[str, ...], tuple[TokenTranscription, ...]] = Memo(self._group)

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; see `Engine.transcribe`."""
        known = self._tokens
        return [
            tuple([known[token] for token in tokens])
            if spaces is None or all(spaces)
            else self._joined(tokens, spaces)
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
        if SYLLABLES.fullmatch(token):
            units = [
                Unit(index, index + 1, *printed)
                for index, printed in enumerate(self._phrase([token]))
            ]
            return self._finish(token, units)
        if not token:
            return passthrough_token(token)
        return self._finish(token, self._units(token, pieces(token)))

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
        known = facts(words)
        written = [DECOMPOSED[character] for word in words for character in word]
        spoken = speak(written, known.marks, known.apart, known.long)
        printed = self._printed
        result: list[Printed] = []
        before: Spoken | None = None
        last = len(spoken) - 1
        for index, syllable in enumerate(spoken):
            if index == last:
                after: tuple[str, ...] = ("", "", "")
            else:
                following = spoken[index + 1]
                after = (following.onset, following.nucleus, following.spelled_onset)
            edge = None if before is None else (before.coda, before.spelled_coda, before.nucleus)
            result.append(printed[(syllable, edge, after)])
            before = syllable
        return result

    def _print(self, key: tuple[object, ...]) -> Printed:
        syllable: Spoken
        edge: tuple[str, str, str] | None
        after: tuple[str, str, str]
        syllable, edge, after = key  # type: ignore[assignment]
        coda, spelled_coda, nucleus = edge or (None, None, "")
        segments = self._segments(
            ipa.Surroundings(
                syllable.onset, syllable.nucleus, syllable.coda, coda, after[0], after[1],
                syllable.long,
            )
        )  # fmt: skip
        latin = self._spell(
            romanization.Spelled(
                syllable.spelled_onset,
                syllable.spelled_nucleus,
                syllable.spelled_coda,
                spelled_coda,
                syllable.spelled_onset != syllable.onset and syllable.spelled_onset != "ㅎ",
                after[2],
                nucleus,
            )
        )
        return Printed(latin, "".join(segments), segments, str(syllable))

    def _finish(self, token: str, units: list[Unit]) -> TokenTranscription:
        if self._hyphenated:
            latin = romanization.hyphenate([unit.romanization for unit in units])
        else:
            latin = "".join([unit.romanization for unit in units])
        return TokenTranscription(
            token, tuple(units), "".join([unit.ipa for unit in units]), latin,
            combined_status(units),
        )  # fmt: skip


def _merged(share: Sequence[Printed]) -> Printed:
    if len(share) == 1:
        return share[0]
    return Printed(
        "".join(part.romanization for part in share),
        "".join(part.ipa for part in share),
        tuple(segment for part in share for segment in part.segments),
        "".join(part.reading for part in share),
    )


def create(options: Options) -> KoreanEngine:
    """Build the engine.

    Raises:
        UnsupportedOptionError: On an option that Korean does not offer. Every
            value of ``tones`` is accepted: Korean has none.
    """
    resolved = options.resolve(varieties=VARIETIES, romanizations=romanization.ROMANIZATIONS)
    return KoreanEngine(resolved)
