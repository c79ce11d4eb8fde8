"""Spans of words to transcribed tokens: where reading, phonology and spelling meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cjkv_phon.engine import Options
from cjkv_phon.japanese import ipa
from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.kana import NASAL, SOKUON, first_mora, is_kana
from cjkv_phon.japanese.phonology import Syllable, syllables
from cjkv_phon.japanese.romanization import romanize
from cjkv_phon.japanese.stretches import Span, share
from cjkv_phon.japanese.words import is_japanese, own_reading
from cjkv_phon.memo import Memo
from cjkv_phon.types import Status, TokenTranscription, Unit, combined_status


class Part(NamedTuple):
    """A future unit: a piece, or a syllable of a run of kana."""

    start: int
    end: int
    kana: str
    status: Status
    syllables: tuple[Syllable, ...]


class Printed(NamedTuple):
    """One syllable in its surroundings."""

    segments: tuple[str, ...]
    ipa: str
    latin: str


class Place(NamedTuple):
    """A syllable and what its sound and spelling depend on.

    Attributes:
        before: The mora before, ``V`` for any with a vowel, empty at a pause.
        syllable: The syllable.
        after: The syllable after it, None at a pause.
        quiet: Whether it loses its voice.
        last: Whether what follows belongs to the next token.
        initial: Whether it begins the token.
    """

    before: str
    syllable: Syllable
    after: Syllable | None
    quiet: bool
    last: bool
    initial: bool


class Speaker:
    """Prints tokens in one variety, detail and romanization."""

    def __init__(self, options: Options) -> None:
        self._system = str(options.romanization)
        self._print = ipa.narrow if options.detail == "narrow" else ipa.broad
        self._long_ei = options.variety != "spelling"
        self._devoice = options.variety == "tokyo-devoiced" and options.detail == "narrow"
        self._nasal_g = options.variety == "tokyo-nasal"
        self._syllables: Memo[str, tuple[Syllable, ...]] = Memo(self._cut)
        self._printed: Memo[Place, Printed] = Memo(self._print_syllable)

    def is_open(self, spans: Sequence[Span]) -> bool:
        """Say whether a token ends in ん or っ, which depend on what follows."""
        word, _, end = spans[-1]
        for piece in reversed(word.pieces):
            if piece.start < end:
                return (piece.sound or piece.kana).endswith((NASAL, SOKUON))
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
        text = "".join([word.text[start:end] for word, start, end in spans])
        parts: list[Part] = []
        offset = 0
        for span in spans:
            parts.extend(self._parts(span, offset))
            offset += span.end - span.start
        units = self._units(text, parts, following)
        if len(units) == 1:
            unit = units[0]
            return TokenTranscription(text, units, unit.ipa, unit.romanization, unit.status)
        return TokenTranscription(
            text,
            units,
            "".join([unit.ipa for unit in units]),
            "".join([unit.romanization for unit in units]),
            combined_status(units),
        )

    def _cut(self, kana: str) -> tuple[Syllable, ...]:
        return tuple(syllables(kana, long_ei=self._long_ei))

    def _parts(self, span: Span, offset: int) -> list[Part]:
        """Cut a span into parts; offsets are those of the token."""
        word, first, last = span
        shift = offset - first
        parts: list[Part] = []
        run: list[Piece] = []
        for piece in word.pieces:
            if piece.end <= first or piece.start >= last:
                continue
            if piece.start < first or piece.end > last:
                within = max(first, piece.start), min(last, piece.end)
                # A tournament is W杯 ワールドカップ, but 杯 is no part of that reading.
                foreign = not is_japanese(word.text[piece.start : piece.end])
                piece = own_reading(word.text, *within) if foreign else share(piece, *within)
            start, end, kana, sound, status = piece
            if status == "ok" and end - start == len(kana) == 1 and is_kana(word.text[start:end]):
                run.append(piece)
                continue
            if run:
                parts.extend(self._kana_parts(run, word.cuts, shift))
                run = []
            said = self._syllables[sound or kana]
            parts.append(Part(start + shift, end + shift, kana, status, said))
        if run:
            parts.extend(self._kana_parts(run, word.cuts, shift))
        return parts

    def _kana_parts(self, run: list[Piece], cuts: frozenset[int], shift: int) -> list[Part]:
        """Cut a run of kana into syllables."""
        first = run[0].start
        kana = "".join([piece.kana for piece in run])
        sound = "".join([piece.sound or piece.kana for piece in run])
        found: Sequence[Syllable]
        if cuts:
            found = syllables(sound, [cut - first for cut in cuts], long_ei=self._long_ei)
        else:
            found = self._syllables[sound]
        if not found:
            return [Part(first + shift, first + len(kana) + shift, kana, "ok", ())]
        parts: list[Part] = []
        base = first + shift
        at = 0
        final = len(found) - 1
        for index, syllable in enumerate(found):
            start = at
            at = len(kana) if index == final else at + len(syllable.kana)
            parts.append(Part(base + start, base + at, kana[start:at], "ok", (syllable,)))
        return parts

    def _units(self, text: str, parts: list[Part], following: str | None) -> tuple[Unit, ...]:
        """Print the parts, each syllable with its neighbours."""
        flat: list[Syllable | None] = []
        for part in parts:
            flat.extend(part.syllables or (None,))
        size = len(flat)
        heads = self._syllables[following] if following else ()  # none of ー by itself
        flat.append(heads[0] if heads else None)
        units: list[Unit] = []
        at = 0
        before = ""
        quiet = False
        for start, end, kana, status, sounds in parts:
            if not sounds:
                piece = text[start:end]
                kept: Status = "unknown" if status == "unknown" else "passthrough"
                units.append(Unit(start, end, piece, piece, (), kana, kept))
                at += 1
                before = ""
                continue
            printed: list[Printed] = []
            for syllable in sounds:
                at += 1
                after = flat[at]
                quiet = self._devoice and not quiet and ipa.loses_voice(syllable, after)
                place = Place(before, syllable, after, quiet, at == size, at == 1)
                printed.append(self._printed[place])
                before = "V" if syllable.vowel else syllable.mora
            units.append(_unit(start, end, kana, status, printed))
        return tuple(units)

    def _print_syllable(self, place: Place) -> Printed:
        syllable, after = place.syllable, place.after
        segments = self._print(syllable, ipa.neighbours(place.before, after, place.quiet))
        if self._nasal_g:
            segments = ipa.nasalise_g(segments, initial=place.initial)
        # ん at the end of a token is n whatever the next token begins with.
        spelled_after = None if place.last and syllable.mora == NASAL else after
        latin = romanize(syllable, spelled_after, self._system)
        return Printed(segments, "".join(segments), latin)


def _unit(start: int, end: int, kana: str, status: Status, printed: list[Printed]) -> Unit:
    if len(printed) == 1:
        segments, transcription, latin = printed[0]
        return Unit(start, end, latin, transcription, segments, kana, status)
    return Unit(
        start,
        end,
        "".join([syllable.latin for syllable in printed]),
        "".join([syllable.ipa for syllable in printed]),
        tuple([segment for syllable in printed for segment in syllable.segments]),
        kana,
        status,
    )
