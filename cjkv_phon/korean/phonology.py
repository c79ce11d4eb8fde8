"""From written to spoken syllables: the articles of the Standard Pronunciation in order.

`RULES` is the whole of it. What the rules cannot see, because it belongs to the
words and not to their letters, is said by marks between the syllables, which
come from `lexicon`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import NamedTuple

from cjkv_phon.korean.aspiration import aspirate, hieut
from cjkv_phon.korean.assimilation import lateralize, nasalize, nasalize_rieul, palatalize
from cjkv_phon.korean.codas import LETTER_NAMES, NEUTRALIZED, letter_names, neutralize, word_end
from cjkv_phon.korean.hangul import COMPOSED, DECOMPOSED, Syllable
from cjkv_phon.korean.insertion import insert_nieun
from cjkv_phon.korean.juncture import INSIDE, LENIS_TO_TENSE, TENSE, TENSE_TO_LENIS, Juncture
from cjkv_phon.korean.linking import SPLIT, link
from cjkv_phon.korean.tensification import EIGHT, NOUNS_IN_LG, stem_in_lg, tensify
from cjkv_phon.korean.vowels import spoken_nucleus
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
NAMED = {character: character for character in {*LETTER_NAMES, *NOUNS_IN_LG, EIGHT, "밟", "넓"}}


class Contact(NamedTuple):
    """What becomes of a juncture.

    Attributes:
        coda: Spoken coda of the syllable on the left.
        onset: Spoken onset of the syllable on the right.
        spelled_onset: The same for the romanizations, which leave out tensing:
            lenis where the rules made it tense.
        apart: Coda and onset where ㅎ is kept apart, as the romanizations do
            inside nouns (묵호 ``Mukho``); None where there is no ㅎ to keep.
    """

    coda: str
    onset: str
    spelled_onset: str
    apart: tuple[str, str] | None = None


def contact(juncture: Juncture) -> Contact:
    """Apply every rule, in order, to a juncture.

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> contact(between("독", "립"))[:2]
        ('ㅇ', 'ㄴ')
    """
    result = juncture
    for rule in RULES:
        result = rule(result)
    onset = result.onset
    spelled = onset
    if onset != juncture.onset and (
        TENSE_TO_LENIS.get(onset) == juncture.onset or juncture.coda in SPLIT
    ):
        spelled = TENSE_TO_LENIS.get(onset, onset)
    apart = None
    if juncture.onset == "ㅎ" and onset != "ㅎ":
        apart = (NEUTRALIZED.get(juncture.coda, juncture.coda), "ㅎ")
    return Contact(result.coda, onset, spelled, apart)


CONTACTS: Memo[Juncture, Contact] = Memo(contact)


class Spoken(NamedTuple):
    """A spoken syllable and how the romanizations spell its edges.

    Attributes:
        onset: Spoken onset.
        nucleus: Spoken nucleus.
        coda: Spoken coda.
        spelled_onset: Onset without tensing, ㅎ kept in nouns.
        spelled_nucleus: Nucleus as written (광희문 Gwanghuimun, 가져 gajyeo).
        spelled_coda: Coda with ㅎ kept apart in nouns.
        long: Whether the vowel is long.
    """

    onset: str
    nucleus: str
    coda: str
    spelled_onset: str
    spelled_nucleus: str
    spelled_coda: str
    long: bool = False

    def __str__(self) -> str:
        return COMPOSED[self.onset, self.nucleus, self.coda]


def speak(
    written: Sequence[Syllable],
    marks: Mapping[int, str] = {},
    apart: Container[int] = (),
    long: bool = False,
) -> list[Spoken]:
    """Speak the syllables of one phonological word.

    Args:
        written: Syllables as spelled.
        marks: What lies before a syllable, by its index; nothing where it is
            `juncture.INSIDE`.
        apart: Syllables whose ㅎ the romanizations keep after a stop (in nouns).
        long: Whether the first vowel is long.

    Returns:
        As many spoken syllables.

    Example:
        >>> from cjkv_phon.korean.hangul import parse
        >>> "".join(map(str, speak(parse("국립공원"))))
        '궁닙꽁원'
    """
    spoken: list[Spoken] = []
    onset = spelled_onset = written[0].onset
    if marks and marks.get(0) == TENSE:
        onset = LENIS_TO_TENSE.get(onset, onset)
    last = len(written) - 1
    for index, syllable in enumerate(written):
        nucleus = spoken_nucleus(syllable, onset)
        if index == last:
            coda = NEUTRALIZED.get(syllable.coda, syllable.coda)
            spoken.append(Spoken(onset, nucleus, coda, spelled_onset, syllable.nucleus, coda, long))
            break
        following = written[index + 1]
        mark = marks.get(index + 1, INSIDE) if marks else INSIDE
        left = NAMED.get(COMPOSED[syllable], "")
        found = CONTACTS[Juncture(syllable.coda, following.onset, following.nucleus, mark, left)]
        coda = spelled_coda = found.coda
        next_spelled = found.spelled_onset
        if found.apart is not None and index + 1 in apart:
            spelled_coda, next_spelled = found.apart
        spoken.append(
            Spoken(onset, nucleus, coda, spelled_onset, syllable.nucleus, spelled_coda, long)
        )
        onset, spelled_onset, long = found.onset, next_spelled, False
    return spoken


def pronounce(text: str, marks: Mapping[int, str] = {}) -> str:
    """Return the spoken form of a string of syllables in Hangul.

    Example:
        >>> pronounce("값이"), pronounce("닭을"), pronounce("넓죽하다")
        ('갑씨', '달글', '넙쭈카다')
    """
    if not text:
        return ""
    return "".join(map(str, speak([DECOMPOSED[character] for character in text], marks)))
