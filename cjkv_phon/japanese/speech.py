"""Spans of words to transcribed tokens: where reading, phonology and spelling meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from cjkv_phon.engine import Options
from cjkv_phon.japanese import ipa
from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.kana import LONG, NASAL, SOKUON, first_mora, is_kana
from cjkv_phon.japanese.marks import has_marks, with_marks
from cjkv_phon.japanese.phonology import Syllable, syllables
from cjkv_phon.japanese.romanization import romanize
from cjkv_phon.japanese.stretches import Span, share
from cjkv_phon.japanese.words import is_japanese, own_reading
from cjkv_phon.memo import Memo
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


class Printed(NamedTuple):
    """What a part sounds like and is spelled as, and what it leaves to the next.

    Attributes:
        segments: IPA segments.
        ipa: The same in one string.
        latin: Latin spelling.
        left: Its last mora if that is ん or っ, ``V`` for any with a vowel.
        quiet: Whether its last syllable has lost its voice.
    """

    segments: tuple[str, ...]
    ipa: str
    latin: str
    left: str
    quiet: bool


class Place(NamedTuple):
    """A stretch of kana and what its sound and spelling depend on.

    Attributes:
        before: The mora before, ``V`` for any with a vowel, empty at a pause.
        sound: The kana.
        after: The mora after them, None at a pause; where devoicing looks through a っ, with
            the mora after that.
        quiet: Whether the syllable before has lost its voice.
        last: Whether what follows belongs to the next token.
        initial: Whether it begins the token.
    """

    before: str
    sound: str
    after: str | None
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
        # Broad phonemes change for no neighbour, but for those of ん and っ.
        self._steady = options.detail == "broad" and not self._nasal_g
        self.open_ends = (SOKUON,) if self._steady else (NASAL, SOKUON)
        """How tokens end that depend on what follows: ん is one phoneme before anything."""
        self._syllables: Memo[str, tuple[Syllable, ...]] = Memo(self._cut)
        self._printed: Memo[tuple[str, str, str | None, bool, bool, bool], Printed] = Memo(
            self._print_part
        )
        self._free: Memo[str, Printed | None] = Memo(self._print_freely)
        self._plain: Memo[Syllable, Printed] = Memo(self._print_plainly)

    def is_open(self, spans: Sequence[Span]) -> bool:
        """Say whether how a token ends depends on what follows it (see `open_ends`)."""
        word, _, end = spans[-1]
        for piece in reversed(word.pieces):
            if piece.start < end:
                return (piece.sound or piece.kana).endswith(self.open_ends)
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
            transcription, latin = self.said([part[4] for part in parts], following)
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
            parts = list(map(_part, with_marks(text, parts, long_ei=self._long_ei)))
        return text, parts

    def said(self, sounds: Sequence[str], following: str | None) -> tuple[str, str]:
        """Print sounds as `units` does, strings only.

        Args:
            sounds: What each unit sounds like, in hiragana.
            following: The kana after them, None where a pause is.

        Returns:
            IPA and romanization.
        """
        if not self._steady:
            return self._said_in_context(sounds, following)
        transcriptions: list[str] = []
        spellings: list[str] = []
        final = len(sounds) - 1
        for index, sound in enumerate(sounds):
            printed = self._free[sound]
            if printed is None:  # what ends in ん or っ
                last = index == final
                after = following if last else first_mora(sounds[index + 1])
                before = self._free[sound[:-1]]
                if before is None:
                    return self._said_in_context(sounds, following)
                transcriptions.append(before.ipa)
                spellings.append(before.latin)
                printed = self._printed["V", sound[-1], after, False, last, False]
            transcriptions.append(printed.ipa)
            spellings.append(printed.latin)
        return "".join(transcriptions), "".join(spellings)

    def _said_in_context(self, sounds: Sequence[str], following: str | None) -> tuple[str, str]:
        found = [printed for printed in self._prints(sounds, following) if printed is not None]
        return "".join(map(_IPA, found)), "".join(map(_LATIN, found))

    def _cut(self, kana: str) -> tuple[Syllable, ...]:
        return tuple(syllables(kana, long_ei=self._long_ei))

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
            found = syllables(sound, [cut - base for cut in cuts], long_ei=self._long_ei)
        else:
            found = self._syllables[sound]
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
        """Print the parts, each with its neighbours."""
        units: list[Unit] = []
        found = self._prints([part.sound for part in parts], following)
        for (start, end, kana, status, _), printed in zip(parts, found, strict=True):
            if printed is not None:
                segments, transcription, latin, _, _ = printed
                units.append(_unit((start, end, latin, transcription, segments, kana, status)))
                continue
            piece = text[start:end]
            kept: Status = "unknown" if status == "unknown" else "passthrough"
            if kept == "passthrough" and units and units[-1][6] == kept:
                # A run of foreign characters is one unit, whatever the analyser says.
                start, _, piece_before, _, _, kana_before, _ = units.pop()
                piece, kana = piece_before + piece, kana_before + kana
            units.append(_unit((start, end, piece, piece, (), kana, kept)))
        return tuple(units)

    def _prints(self, sounds: Sequence[str], following: str | None) -> Iterator[Printed | None]:
        """Print sounds, each with its neighbours; None for one that nothing is said of."""
        final = len(sounds) - 1
        before = ""
        quiet = False
        for index, sound in enumerate(sounds):
            printed = self._free[sound] if self._steady and sound else None
            if printed is None:
                if not sound or not self._syllables[sound]:
                    before = ""
                    yield None
                    continue
                last = index == final
                after = following if last else first_mora(sounds[index + 1])
                if after == SOKUON and self._devoice and not last:
                    after = _through(sounds[index + 1 : index + 3], following)
                printed = self._printed[before, sound, after, quiet, last, not index]
            before, quiet = printed.left, printed.quiet
            yield printed

    def _print_freely(self, sound: str) -> Printed | None:
        """Print a part whose neighbours do not matter; None where they may."""
        if not sound:
            return _SILENCE
        found = self._syllables[sound]
        if not found or not found[-1].vowel:
            return None
        for syllable in found:
            if not syllable.vowel:
                return self._print_part(("", sound, None, False, False, False))
        if len(found) == 1:
            return self._plain[found[0]]
        parts = [self._plain[syllable] for syllable in found]
        return Printed(
            tuple([segment for part in parts for segment in part.segments]),
            "".join(map(_IPA, parts)),
            "".join(map(_LATIN, parts)),
            "V",
            False,
        )

    def _print_plainly(self, syllable: Syllable) -> Printed:
        """Print a syllable with a vowel, which has neighbours that do not matter."""
        segments = self._print(syllable, _ALONE)
        latin = romanize(syllable, None, self._system)
        return Printed(segments, "".join(segments), latin, "V", False)

    def _print_part(self, key: tuple[str, str, str | None, bool, bool, bool]) -> Printed:
        """Print the syllables of a part, each with its neighbours."""
        place = Place(*key)
        sounds = self._syllables[place.sound]
        heads = self._syllables[place.after] if place.after else ()  # none of ー by itself
        ahead = (*sounds[1:], *heads)
        before, quiet = place.before, place.quiet
        segments: list[str] = []
        latin = ""
        for index, syllable in enumerate(sounds):
            final = index + 1 == len(sounds)
            after = ahead[index] if index < len(ahead) else None
            if self._devoice and syllable.mora != SOKUON:
                quiet = not quiet and ipa.loses_voice(syllable, ahead[index : index + 2])
            said = self._print(syllable, ipa.neighbours(before, after, quiet))
            if self._nasal_g:
                said = ipa.nasalise_g(said, initial=place.initial and not index)
            segments.extend(said)
            # ん at the end of a token is n whatever the next token begins with.
            apart = final and place.last and syllable.mora == NASAL
            latin += romanize(syllable, None if apart else after, self._system)
            before = "V" if syllable.vowel else syllable.mora
        return Printed(tuple(segments), "".join(segments), latin, before, quiet)


def _is_said(part: Part) -> bool:
    return part[3] == "ok" and first_mora(part[4]) not in _SILENT


def _through(sounds: Sequence[str], following: str | None) -> str:
    """Return a っ and the mora after it, which says whether the vowel before is devoiced."""
    rest = sounds[0][1:] or (sounds[1] if len(sounds) > 1 else following)
    return SOKUON + (first_mora(rest or "") or "")


def _clipped(text: str, piece: Piece, start: int, end: int) -> Piece:
    """Return the share that a part of a word has in a piece of it."""
    # A tournament is W杯 ワールドカップ, but 杯 is no part of that reading.
    if is_japanese(text[piece.start : piece.end]):
        return share(piece, start, end)
    return own_reading(text, start, end)


_SILENT = (None, LONG)
_SILENCE = Printed((), "", "", "V", False)
_ALONE = ipa.neighbours("", None)
_IPA, _LATIN = attrgetter("ipa"), attrgetter("latin")

# A `DeferredTranscription` of its fields, with what builds the units in their place.
deferred: Callable[[tuple[Any, ...]], TokenTranscription]
deferred = partial(tuple.__new__, DeferredTranscription)

# Named tuples made in C: three times as fast as by their own constructors.
_unit: Callable[[tuple[int, int, str, str, tuple[str, ...], str, Status]], Unit]
_unit = partial(tuple.__new__, Unit)
_part: Callable[[tuple[int, int, str, Status, str]], Part]
_part = partial(tuple.__new__, Part)
