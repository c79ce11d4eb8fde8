"""From written to spoken syllables: the articles of the Standard Pronunciation in order.

`RULES` is the whole of it. What the rules cannot see, because it belongs to the
words and not to their letters, is said by marks between the syllables, which
come from `lexicon`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cjkv_phon.korean.aspiration import aspirate, hieut
from cjkv_phon.korean.assimilation import lateralize, nasalize, nasalize_rieul, palatalize
from cjkv_phon.korean.codas import LETTER_NAMES, NEUTRALIZED, letter_names, neutralize, word_end
from cjkv_phon.korean.hangul import COMPOSED, DECOMPOSED
from cjkv_phon.korean.insertion import insert_nieun
from cjkv_phon.korean.juncture import (
    INSIDE,
    IOTATED,
    LENIS_TO_TENSE,
    TENSE,
    TENSE_TO_LENIS,
    Juncture,
)
from cjkv_phon.korean.linking import SPLIT, link
from cjkv_phon.korean.tensification import EIGHT, NOUNS_IN_LG, stem_in_lg, tensify
from cjkv_phon.korean.vowels import after_written_onset, spoken_nucleus
from cjkv_phon.memo import Memo

Rule = Callable[[Juncture], Juncture]

RULES: tuple[Rule, ...] = (
    letter_names,  # §16
    word_end,  # §15
    insert_nieun,  # §29
    hieut,  # §12
    palatalize,  # §17
    aspirate,  # §12
    link,  # §13–14
    stem_in_lg,  # §11
    tensify,  # §23–28
    neutralize,  # §8–11
    nasalize_rieul,  # §19
    nasalize,  # §18
    lateralize,  # §20
)

# The syllables that some rule names; `Juncture.left` is empty for all others.
NAMED = frozenset({*LETTER_NAMES, *NOUNS_IN_LG, EIGHT, "밟", "넓"})


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """How a spoken syllable begins, and after what; one object for each way (compared by identity).

    Attributes:
        onset: Spoken onset.
        spelled: The onset that romanizations write: without tensing, ㅎ kept in nouns.
        before: Spoken coda of the syllable before it as far as it matters (see `_before`):
            ``ㄹ``, ``ㄴ``, ``ㄱ`` for any stop, ``""`` for other voiced sounds, None at the start.
        spelled_before: The same with ㅎ kept apart in nouns.
    """

    onset: str
    spelled: str
    before: str | None = None
    spelled_before: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """How a spoken syllable ends, and before what; one object for each way (compared by identity).

    Attributes:
        coda: Spoken coda.
        spelled: The coda that romanizations write.
        after: Onset of the syllable after it where the coda depends on it, else ``""``.
        palatal: Whether ㄹ follows that has i or a glide j after it.
    """

    coda: str
    spelled: str
    after: str = ""
    palatal: bool = False


STARTS: Memo[tuple[str, str, str | None, str | None], Start] = Memo(lambda key: Start(*key))
ENDS: Memo[tuple[str, str, str, bool], End] = Memo(lambda key: End(*key))


class Contact(NamedTuple):
    """What becomes of a juncture.

    Attributes:
        end: End of the syllable on the left.
        start: Start of the syllable on the right.
        apart: Both where the romanizations keep ㅎ, as they do inside nouns (묵호 ``Mukho``).
    """

    end: End
    start: Start
    apart: tuple[End, Start]


def change(juncture: Juncture) -> Juncture:
    """Apply every rule, in order, to a juncture.

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(change(between("독", "립")))
        'ㅇ|니'
    """
    for rule in RULES:
        juncture = rule(juncture)
    return juncture


def contact(written: Juncture) -> Contact:
    """Return the edges of two syllables that meet."""
    spoken = change(written)
    coda, onset = spoken.coda, spoken.onset
    spelled = onset
    if onset != written.onset and (
        TENSE_TO_LENIS.get(onset) == written.onset or written.coda in SPLIT
    ):
        spelled = TENSE_TO_LENIS.get(onset, onset)
    before = _before(coda, onset)
    after = onset if onset in _CODA_BEFORE.get(coda, "") else ""
    palatal = after == "ㄹ" and written.nucleus in IOTATED
    end, start = ENDS[coda, coda, after, palatal], STARTS[onset, spelled, before, before]
    apart = (end, start)
    if written.onset == "ㅎ" != onset:
        kept = NEUTRALIZED.get(written.coda, written.coda)
        apart = (
            ENDS[coda, kept, after, palatal],
            STARTS[onset, "ㅎ", before, _before(kept, "ㅎ")],
        )
    return Contact(end, start, apart)


# The onsets that change how a coda is printed: released stops, ɲ, ʎ and ɾ.
_CODA_BEFORE = {
    "ㄱ": "ㅆ", "ㄷ": "ㅆ", "ㅂ": "ㅆ", "ㄴ": "ㅈㅉㅊ", "ㄹ": "ㄹㅎㅈㅉㅊ",
}  # fmt: skip


def _before(coda: str, onset: str) -> str:
    """Return what an onset shows of the coda before it, so that few starts are told apart."""
    if (coda == "ㄹ" and onset == "ㄹ") or (coda == "ㄴ" and onset == "ㄱ"):
        return coda
    return "ㄱ" if coda in ("ㄱ", "ㄷ", "ㅂ") else ""


CONTACTS: Memo[tuple[str, str, str, str, str], Contact] = Memo(lambda key: contact(Juncture(*key)))


class Written(NamedTuple):
    """A written syllable, cut for `speak`.

    Attributes:
        onset: Written onset.
        nucleus: Written nucleus.
        vowel: Nucleus as spoken after that onset (희 is ㅣ).
        coda: Written coda.
        left: The syllable itself where a rule names it.
    """

    onset: str
    nucleus: str
    vowel: str
    coda: str
    left: str


def _written(character: str) -> Written:
    onset, nucleus, coda = DECOMPOSED[character]
    left = character if character in NAMED else ""
    return Written(onset, nucleus, after_written_onset(onset, nucleus), coda, left)


WRITTEN: Memo[str, Written] = Memo(_written)

Spoken = tuple[Start, str, str, End, bool]
"""A spoken syllable: its start, its nucleus as written and as spoken, its end, and whether its
vowel is long. A plain tuple, because one is made for every syllable of a text."""


def speak(
    text: str,
    marks: Mapping[int, str] = {},
    apart: Container[int] = (),
    long: bool = False,
) -> list[Spoken]:
    """Speak the syllables of one phonological word.

    Args:
        text: Syllables as spelled, at least one.
        marks: What lies before a syllable, by its index; nothing where it is
            `juncture.INSIDE`.
        apart: Syllables whose ㅎ the romanizations keep after a stop (in nouns).
        long: Whether the first vowel is long.

    Returns:
        As many spoken syllables.

    Example:
        >>> "".join(map(surface, speak("국립공원")))
        '궁닙꽁원'
    """
    spoken: list[Spoken] = []
    onset, nucleus, vowel, coda, left = WRITTEN[text[0]]
    if marks and marks.get(0) == TENSE:
        start = STARTS[LENIS_TO_TENSE.get(onset, onset), onset, None, None]
    else:
        start = STARTS[onset, onset, None, None]
    mark = INSIDE
    for index, character in enumerate(text[1:], 1):
        if marks:
            mark = marks.get(index, INSIDE)
        next_onset, next_nucleus, next_vowel, next_coda, next_left = WRITTEN[character]
        end, following, kept = CONTACTS[coda, next_onset, next_nucleus, mark, left]
        if apart and index in apart:
            end, following = kept
        spoken.append((start, nucleus, vowel, end, long))
        nucleus, vowel, coda, left = next_nucleus, next_vowel, next_coda, next_left
        start, long = following, False
    coda = NEUTRALIZED.get(coda, coda)
    spoken.append((start, nucleus, vowel, ENDS[coda, coda, "", False], long))
    return spoken


def surface(spoken: Spoken) -> str:
    """Write a spoken syllable in Hangul."""
    start, _, vowel, end, _ = spoken
    return COMPOSED[start.onset, spoken_nucleus(vowel, start.onset), end.coda]


def pronounce(text: str, marks: Mapping[int, str] = {}) -> str:
    """Return the spoken form of a string of syllables in Hangul.

    Example:
        >>> pronounce("값이"), pronounce("닭을"), pronounce("넓죽하다")
        ('갑씨', '달글', '넙쭈카다')
    """
    return "".join(map(surface, speak(text, marks))) if text else ""
