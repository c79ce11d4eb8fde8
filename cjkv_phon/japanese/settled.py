"""Words that are read without the analyser: their reading is settled beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from cjkv_phon.japanese import lexicon
from cjkv_phon.japanese.kana import (
    LONG,
    first_mora,
    is_kana,
    mora_pattern,
    mora_table,
    to_hiragana,
)
from cjkv_phon.japanese.phonology import LENGTHENERS
from cjkv_phon.japanese.places import LONGEST_PLACED, place_of
from cjkv_phon.japanese.speech import Part, Speaker, deferred
from cjkv_phon.japanese.words import PARTICLE_SOUNDS, READABLE
from cjkv_phon.memo import Memo
from cjkv_phon.types import TokenTranscription, Unit, passthrough_token

WORDS = 50_000
_LONGEST = 64
# They may be particles in any place: ではない, そこへいく.
_PARTICLES = regex.compile("[はへ]")
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]+")


class Units:
    """Builds the units of a settled token, when they are asked for.

    Attributes:
        row: What its units sound like and how many characters each has, as in the table.
    """

    __slots__ = ("_following", "_speaker", "row")

    def __init__(self, speaker: Speaker, row: str, following: str | None) -> None:
        self.row = row
        self._speaker = speaker
        self._following = following

    def __call__(self, token: str) -> tuple[Unit, ...]:
        """Return the units of the token."""
        return self._speaker.units(token, parts_of(token, self.row), self._following)


class OpenWord:
    """A settled token whose end depends on what follows: one in っ, narrowly in ん too.

    Attributes:
        row: As in the table.
    """

    __slots__ = ("_speaker", "_text", "_tokens", "row")

    def __init__(self, speaker: Speaker, text: str, row: str) -> None:
        self.row = row
        self._speaker = speaker
        self._text = text
        self._tokens: dict[str | None, TokenTranscription] = {}

    def before(self, following: str | None) -> TokenTranscription:
        """Return its transcription before a kana, None for a pause."""
        done = self._tokens.get(following)
        if done is None:
            done = _printed(self._speaker, self._text, self.row, following)
            self._tokens[following] = done
        return done


Known = TokenTranscription | OpenWord


def head_of(word: Known) -> str | None:
    """Return the first kana that is said in a settled token, None for a pause."""
    units = word if isinstance(word, OpenWord) else tuple.__getitem__(word, 1)
    return first_mora(units.row) if isinstance(units, (Units, OpenWord)) else None


class Settled:
    """Reads tokens that need no analysis.

    Args:
        speaker: Prints them.
        foreign: Whether digits and Latin letters are read, and so left to the analyser.
    """

    def __init__(self, speaker: Speaker, *, foreign: bool = False) -> None:
        self._speaker = speaker
        self._foreign = foreign
        self._alone: Memo[str, Known | None] = Memo(self._find_alone, WORDS)
        self._within: Memo[str, Known | None] = Memo(self._find_within, WORDS)
        self._placed: Memo[str, Known | None] = Memo(self._find_placed, WORDS)
        self._pairs = lexicon.pairs()

    def words(self, cells: Sequence[str]) -> list[Known | None]:
        """Return what is known of the tokens of a text.

        Returns:
            For each token its transcription, or a word that depends on the next; None where
            it must be analysed, because it is not in the table or its neighbours may matter.
        """
        if len(cells) == 1:
            return [self._alone[cells[0]]]
        words = list(self._within.of_all(cells))
        for at, word in enumerate(words):
            if word is None and len(cells[at]) <= LONGEST_PLACED:
                place = place_of(cells, at)
                words[at] = self._placed[place + cells[at]] if place else None
        if not self._pairs.isdisjoint(pairwise(cells)):
            for at, pair in enumerate(pairwise(cells)):
                if pair in self._pairs:
                    words[at] = words[at + 1] = None
        return words

    def rules(self, token: str) -> Known | None:
        """Read a token that needs no dictionary: kana, and what is passed through."""
        if _KANA.fullmatch(token) is not None and len(token) <= _LONGEST:
            folded = to_hiragana(token)
            if folded in PARTICLE_SOUNDS:
                return self._word(token, "お") if token == "を" else None
            if _doubtful().search(folded) is not None or _PARTICLES.search(token) is not None:
                return None
            sounds = _sounding().findall(folded)
            if "".join(sounds) != folded:
                return None
            row = " ".join(sounds)
            if len(sounds) < len(token):
                row += "\t" + "".join([str(len(sound)) for sound in sounds])
            return self._word(token, row)
        if self._foreign or len(token) > _LONGEST or READABLE.search(token) is not None:
            return None
        return passthrough_token(token)

    def _find_alone(self, token: str) -> Known | None:
        row = _row(token)
        return self.rules(token) if row is None else self._word(token, lexicon.alone(row))

    def _find_within(self, token: str) -> Known | None:
        row = _row(token)
        if row is None:
            return self.rules(token)
        return self._word(token, row) if lexicon.is_settled(row) else None

    def _find_placed(self, key: str) -> Known | None:
        token = key[1:]
        row = PARTICLE_SOUNDS.get(token) or lexicon.find(key)
        return None if row is None else self._word(token, row)

    def _word(self, token: str, row: str) -> Known:
        sounds, _, _ = row.partition("\t")
        if sounds.endswith(self._speaker.printer.open_ends):
            return OpenWord(self._speaker, token, row)
        return _printed(self._speaker, token, row, None)


def _row(token: str) -> str | None:
    """Return the row of a token; one that only looks like a word in a place has none."""
    return None if token[:1] in lexicon.PLACES else lexicon.find(token)


def _printed(speaker: Speaker, token: str, row: str, following: str | None) -> TokenTranscription:
    transcription, latin = speaker.printer.said(row.partition("\t")[0].split(" "), following)
    return deferred((token, Units(speaker, row, following), transcription, latin, "ok"))


def parts_of(token: str, row: str) -> list[Part]:
    r"""Return the parts of a token, from a row of the table.

    Example:
        >>> [(p.start, p.end, p.kana) for p in parts_of("カー用", "かー よう\t21")]
        [(0, 2, 'カー'), (2, 3, 'よう')]
    """
    parts: list[Part] = []
    at = 0
    for sound, width in zip(*lexicon.columns(row), strict=True):
        start, at = at, at + width
        written = token[start:at]
        kana = written if is_kana(to_hiragana(written)) else sound
        parts.append(Part(start, at, kana, "ok", sound))
    return parts


@lru_cache(maxsize=1)
def _sounding() -> re.Pattern[str]:
    """Match a mora with the ー after it."""
    return re.compile(f"(?:{mora_pattern()}){LONG}*")


@lru_cache(maxsize=1)
def _doubtful() -> re.Pattern[str]:
    """Match kana whose sound depends on the word that they spell.

    A vowel that may lengthen the one before it, 言う, ヶ and ー with nothing before them.
    """
    by_vowel: dict[str, str] = {}
    for kana, mora in mora_table().items():
        by_vowel[mora.vowel] = by_vowel.get(mora.vowel, "") + kana[-1]
    lengthened = "|".join(
        f"[{by_vowel[vowel]}][{''.join(kana)}]" for vowel, kana in LENGTHENERS.items()
    )
    return re.compile(f"{lengthened}|いう|^[{LONG}ゕゖ]")
