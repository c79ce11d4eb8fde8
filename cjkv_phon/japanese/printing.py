"""Sounds to IPA and Latin spelling, each with its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from cjkv_phon.engine import Options
from cjkv_phon.japanese import ipa
from cjkv_phon.japanese.kana import NASAL, SOKUON, first_mora
from cjkv_phon.japanese.phonology import Syllable, syllables
from cjkv_phon.japanese.romanization import romanize
from cjkv_phon.memo import Memo


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


class Printer:
    """Prints kana in one variety, detail and romanization.

    A sound here is what a unit sounds like, in hiragana.

    Attributes:
        long_ei: Whether えい is a long vowel.
        open_ends: How tokens end that depend on what follows; to phonemes, ん is one
            before anything.
        syllables: Kana → the syllables of it, cut by spelling alone.
    """

    def __init__(self, options: Options) -> None:
        self._system = str(options.romanization)
        self._print = ipa.narrow if options.detail == "narrow" else ipa.broad
        self.long_ei = options.variety != "spelling"
        self._devoice = options.variety == "tokyo-devoiced" and options.detail == "narrow"
        self._nasal_g = options.variety == "tokyo-nasal"
        # Broad phonemes change for no neighbour, but for those of ん and っ.
        self._steady = options.detail == "broad" and not self._nasal_g
        self.open_ends = (SOKUON,) if self._steady else (NASAL, SOKUON)
        self.syllables: Memo[str, tuple[Syllable, ...]] = Memo(self._cut)
        self._printed: Memo[tuple[str, str, str | None, bool, bool, bool], Printed] = Memo(
            self._print_part
        )
        self._free: Memo[str, Printed | None] = Memo(self._print_freely)
        self._plain: Memo[Syllable, Printed] = Memo(self._print_plainly)

    def said(self, sounds: Sequence[str], following: str | None) -> tuple[str, str]:
        """Print sounds as `each` does, strings only.

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
        found = [printed for printed in self.each(sounds, following) if printed is not None]
        return "".join(map(_IPA, found)), "".join(map(_LATIN, found))

    def each(self, sounds: Sequence[str], following: str | None) -> Iterator[Printed | None]:
        """Print sounds, each with its neighbours; None for one that nothing is said of."""
        final = len(sounds) - 1
        before = ""
        quiet = False
        for index, sound in enumerate(sounds):
            printed = self._free[sound] if self._steady and sound else None
            if printed is None:
                if not sound or not self.syllables[sound]:
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
        found = self.syllables[sound]
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
        sounds = self.syllables[place.sound]
        heads = self.syllables[place.after] if place.after else ()  # none of ー by itself
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

    def _cut(self, kana: str) -> tuple[Syllable, ...]:
        return tuple(syllables(kana, _JOINTS.get(kana, ()), long_ei=self.long_ei))


def _through(sounds: Sequence[str], following: str | None) -> str:
    """Return a っ and the mora after it, which says whether the vowel before is devoiced."""
    rest = sounds[0][1:] or (sounds[1] if len(sounds) > 1 else following)
    return SOKUON + (first_mora(rest or "") or "")


# Readings of one kanji that hold several morphemes, and where one begins: みず|うみ (湖), ほの|お
# (炎, from 火の穂).
_JOINTS = {"みずうみ": (2,), "ほのお": (2,)}
_SILENCE = Printed((), "", "", "V", False)
_ALONE = ipa.neighbours("", None)
_IPA, _LATIN = attrgetter("ipa"), attrgetter("latin")
