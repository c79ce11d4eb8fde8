"""Spans of words to transcribed tokens: where reading, phonology and spelling meet."""

from __future__ import annotations

from collections.abc import Sequence

from cjkv_phon.engine import Options
from cjkv_phon.japanese import ipa
from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.kana import NASAL, SOKUON, is_kana, morae
from cjkv_phon.japanese.phonology import Syllable, syllables
from cjkv_phon.japanese.reading import Span
from cjkv_phon.japanese.romanization import romanize
from cjkv_phon.types import TokenTranscription, Unit, combined_status


class Part:
    """A future unit: a piece, or a syllable of a run of kana."""

    __slots__ = ("end", "kana", "start", "status", "syllables")

    def __init__(
        self, start: int, end: int, kana: str, status: str, sounds: list[Syllable]
    ) -> None:
        self.start = start
        self.end = end
        self.kana = kana
        self.status = status
        self.syllables = sounds


class Speaker:
    """Prints tokens in one variety, detail and romanization."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._print = ipa.narrow if options.detail == "narrow" else ipa.broad
        self._long_ei = options.variety != "spelling"
        self._devoice = options.variety == "tokyo-devoiced" and options.detail == "narrow"
        self._nasal_g = options.variety == "tokyo-nasal"

    def is_open(self, spans: Sequence[Span]) -> bool:
        """Say whether a token ends in ん or っ, which depend on what follows."""
        word, _, end = spans[-1]
        for piece in reversed(word.pieces):
            if piece.start < end:
                sound = piece.sound or piece.kana
                return sound.endswith((NASAL, SOKUON))
        return False

    def head(self, span: Span) -> str | None:
        """Return the first kana that is said in a span, None for a pause."""
        for piece in span.word.pieces:
            if piece.end > span.start:
                found = morae(piece.sound or piece.kana)
                return found[0] if found else None
        return None

    def token(self, spans: Sequence[Span], following: str | None) -> TokenTranscription:
        """Print a token.

        Args:
            spans: What it is made of.
            following: The kana after it, None where a pause is.
        """
        text = "".join(word.text[start:end] for word, start, end in spans)
        parts: list[Part] = []
        offset = 0
        for span in spans:
            parts.extend(self._parts(span, offset))
            offset += span.end - span.start
        units = self._units(text, parts, following)
        return TokenTranscription(
            text,
            units,
            "".join([unit.ipa for unit in units]),
            "".join([unit.romanization for unit in units]),
            combined_status(units),
        )

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
                piece = share(piece, max(first, piece.start), min(last, piece.end))
            if (
                piece.status == "ok"
                and is_kana(word.text[piece.start : piece.end])
                and len(piece.kana) == piece.end - piece.start == 1
            ):
                run.append(piece)
                continue
            if run:
                parts.extend(self._kana_parts(run, word.cuts, shift))
                run = []
            sounds = syllables(piece.sound or piece.kana, long_ei=self._long_ei)
            parts.append(
                Part(piece.start + shift, piece.end + shift, piece.kana, piece.status, sounds)
            )
        if run:
            parts.extend(self._kana_parts(run, word.cuts, shift))
        return parts

    def _kana_parts(self, run: list[Piece], cuts: frozenset[int], shift: int) -> list[Part]:
        """Cut a run of kana into syllables."""
        first = run[0].start
        kana = "".join([piece.kana for piece in run])
        sound = "".join([piece.sound or piece.kana for piece in run])
        found = syllables(sound, [cut - first for cut in cuts], long_ei=self._long_ei)
        parts: list[Part] = []
        at = 0
        for index, syllable in enumerate(found):
            start = at
            at = len(kana) if index + 1 == len(found) else at + len(syllable.kana)
            parts.append(
                Part(first + start + shift, first + at + shift, kana[start:at], "ok", [syllable])
            )
        if not found:
            parts.append(Part(first + shift, first + len(kana) + shift, kana, "ok", []))
        return parts

    def _units(self, text: str, parts: list[Part], following: str | None) -> tuple[Unit, ...]:
        """Print the parts, each syllable with its neighbours."""
        system = str(self._options.romanization)
        flat: list[Syllable | None] = []
        for part in parts:
            flat.extend(part.syllables or [None])
        flat.append(syllables(following)[0] if following else None)
        units: list[Unit] = []
        at = 0
        quiet = False
        for part in parts:
            if not part.syllables:
                piece = text[part.start : part.end]
                status = "unknown" if part.status == "unknown" else "passthrough"
                units.append(Unit(part.start, part.end, piece, piece, (), part.kana, status))
                at += 1
                continue
            segments: list[str] = []
            latin = ""
            for syllable in part.syllables:
                before, after = flat[at - 1] if at else None, flat[at + 1]
                quiet = self._devoice and not quiet and ipa.loses_voice(syllable, after)
                near = ipa.neighbours(before, after, quiet)
                segments.extend(self._print(syllable, near))
                at += 1
                last = at + 1 == len(flat) and syllable.kana == NASAL
                latin += romanize(syllable, None if last else after, system)
            if self._nasal_g:
                segments = ipa.nasalise_g(segments, initial=part.start == 0)
            units.append(
                Unit(
                    part.start,
                    part.end,
                    latin,
                    "".join(segments),
                    tuple(segments),
                    part.kana,
                    part.status,
                )
            )
        return tuple(units)


def share(piece: Piece, start: int, end: int) -> Piece:
    """Return the share that characters ``start`` to ``end`` have in an indivisible piece.

    The morae go to the characters from left to right, as evenly as may be; where there
    are more characters than morae, the last characters get none.
    """
    sounds = morae(piece.kana)
    size = piece.end - piece.start
    base, extra = divmod(len(sounds), size)
    taken: list[str] = []
    at = 0
    for index in range(size):
        count = base + (index < extra)
        if start <= piece.start + index < end:
            taken.extend(sounds[at : at + count])
        at += count
    return Piece(start, end, "".join(taken), "", piece.status)
