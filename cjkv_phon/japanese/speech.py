"""Spans of words to transcribed tokens: where reading, phonology and spelling meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from cjkv_phon.engine import Options
from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.kana import LONG, first_mora, is_kana
from cjkv_phon.japanese.marks import has_marks, with_marks
from cjkv_phon.japanese.phonology import Syllable, syllables
from cjkv_phon.japanese.printing import Printer
from cjkv_phon.japanese.stretches import Span, share
from cjkv_phon.japanese.words import is_japanese, own_reading
from cjkv_phon.types import (
    DeferredTranscription,
    Status,
    TokenTranscription,
    Unit,
    combined_status,
)


class Part(NamedTuple):
    """A future unit: a piece, or a syllable of a run of kana."""

    start: int
    end: int
    kana: str
    status: Status
    sound: str


class Speaker:
    """Prints tokens in one variety, detail and romanization."""

    def __init__(self, options: Options) -> None:
        self.printer = Printer(options)

    def is_open(self, spans: Sequence[Span]) -> bool:
        """Say whether how a token ends depends on what follows it (see `Printer.open_ends`)."""
        word, _, end = spans[-1]
        for piece in reversed(word.pieces):
            if piece.start < end:
                return (piece.sound or piece.kana).endswith(self.printer.open_ends)
        return False

    def head(self, span: Span) -> str | None:
        """Return the first kana that is said in a span, None for a pause."""
        for piece in span.word.pieces:
            if piece.end > span.start:
                return first_mora(piece.sound or piece.kana)
        return None

    def token(self, spans: Sequence[Span], following: str | None) -> TokenTranscription:
        """Print a token.

        Args:
            spans: What it is made of.
            following: The kana after it, None where a pause is.
        """
        text, parts = self.parts(spans)
        if parts and all(map(_is_said, parts)):
            transcription, latin = self.printer.said([part[4] for part in parts], following)
            units = partial(self._units_of, parts, following)
            return deferred((text, units, transcription, latin, "ok"))
        built = self.units(text, parts, following)
        return TokenTranscription(
            text,
            built,
            "".join([unit[3] for unit in built]),
            "".join([unit[2] for unit in built]),
            combined_status(built),
        )

    def _units_of(
        self, parts: Sequence[Part], following: str | None, text: str
    ) -> tuple[Unit, ...]:
        return self.units(text, parts, following)

    def parts(self, spans: Sequence[Span]) -> tuple[str, list[Part]]:
        """Cut what a token is made of into its future units.

        Returns:
            The token and its parts; offsets are those in the token.
        """
        parts: list[Part] = []
        if len(spans) == 1:
            word, start, end = spans[0]
            text = word.text[start:end]
            self._add_parts(parts, spans[0], -start)
        else:
            text = "".join([word.text[start:end] for word, start, end in spans])
            offset = 0
            for span in spans:
                self._add_parts(parts, span, offset - span.start)
                offset += span.end - span.start
        if has_marks(text):
            parts = list(map(_part, with_marks(text, parts, long_ei=self.printer.long_ei)))
        return text, parts

    def _add_parts(self, parts: list[Part], span: Span, shift: int) -> None:
        """Cut a span into parts; their offsets are the word's, shifted."""
        word, first, last = span
        text = word.text
        run: list[Piece] = []
        for piece in word.pieces:
            start, end, kana, sound, status = piece
            if start < first or end > last:
                if end <= first or start >= last:
                    continue
                piece = _clipped(text, piece, max(first, start), min(last, end))
                start, end, kana, sound, status = piece
            if end - start == 1 == len(kana) and status == "ok" and is_kana(text[start]):
                run.append(piece)
                continue
            if run:
                self._add_kana(parts, run, word.cuts, shift)
                run = []
            parts.append(_part((start + shift, end + shift, kana, status, sound or kana)))
        if run:
            self._add_kana(parts, run, word.cuts, shift)

    def _add_kana(
        self, parts: list[Part], run: list[Piece], cuts: frozenset[int], shift: int
    ) -> None:
        """Cut a run of kana into syllables."""
        base = run[0].start
        if len(run) == 1:
            _, _, kana, sound, _ = run[0]
            parts.append(_part((base + shift, base + 1 + shift, kana, "ok", sound or kana)))
            return
        kana = "".join([piece[2] for piece in run])
        sound = "".join([piece[3] or piece[2] for piece in run])
        found: Sequence[Syllable]
        if cuts:
            found = syllables(sound, [cut - base for cut in cuts], long_ei=self.printer.long_ei)
        else:
            found = self.printer.syllables[sound]
        base += shift
        if len(found) < 2:
            parts.append(_part((base, base + len(kana), kana, "ok", sound)))
            return
        at = 0
        for syllable in found[:-1]:
            sound = syllable[0]
            start, at = at, at + len(sound)
            parts.append(_part((base + start, base + at, kana[start:at], "ok", sound)))
        parts.append(_part((base + at, base + len(kana), kana[at:], "ok", found[-1][0])))

    def units(self, text: str, parts: Sequence[Part], following: str | None) -> tuple[Unit, ...]:
        """Print the parts, each with its neighbours.

        A run of foreign characters is one unit, whatever the analyser says.
        """
        units: list[Unit] = []
        begun: list[int] = []  # where the run of foreign characters begins, if there is one
        found = self.printer.each([part.sound for part in parts], following)
        for (start, end, kana, status, _), printed in zip(parts, found, strict=True):
            foreign = printed is None and status != "unknown"
            if foreign:
                begun = begun or [start]
                continue
            if begun:
                units.append(_passed(text, begun.pop(), start))
            if printed is not None:
                segments, transcription, latin, _, _ = printed
                units.append(_unit((start, end, latin, transcription, segments, kana, status)))
            else:
                piece = text[start:end]
                units.append(_unit((start, end, piece, piece, (), kana, "unknown")))
        if begun:
            units.append(_passed(text, begun.pop(), len(text)))
        return tuple(units)


def _is_said(part: Part) -> bool:
    return part[3] == "ok" and first_mora(part[4]) not in _SILENT


def _passed(text: str, start: int, end: int) -> Unit:
    piece = text[start:end]
    return _unit((start, end, piece, piece, (), "", "passthrough"))


def _clipped(text: str, piece: Piece, start: int, end: int) -> Piece:
    """Return the share that a part of a word has in a piece of it."""
    # A tournament is W杯 ワールドカップ, but 杯 is no part of that reading.
    if is_japanese(text[piece.start : piece.end]):
        return share(piece, start, end)
    return own_reading(text, start, end)


_SILENT = (None, LONG)

# A `DeferredTranscription` of its fields, with what builds the units in their place.
deferred: Callable[[tuple[Any, ...]], TokenTranscription]
deferred = partial(tuple.__new__, DeferredTranscription)

# Named tuples made in C: three times as fast as by their own constructors.
_unit: Callable[[tuple[int, int, str, str, tuple[str, ...], str, Status]], Unit]
_unit = partial(tuple.__new__, Unit)
_part: Callable[[tuple[int, int, str, Status, str]], Part]
_part = partial(tuple.__new__, Part)
