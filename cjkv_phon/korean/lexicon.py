"""What belongs to words and not to their letters: the seams of compounds, loanwords.

The tables name classes by their second element (§26, §28–29) and the words
that they join; `marks` finds them inside a longer word.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.juncture import INSERT, INSIDE, IOTATED, PLAIN, TENSE, WORD
from cjkv_phon.korean.tables import rows

SONORANTS = frozenset(("", "ㄴ", "ㄹ", "ㅁ", "ㅇ"))

# How what follows a compound may begin or be, if the compound is to end there: particles,
# 하다, 되다, a few suffixes.
_TAIL = regex.compile(
    "[이가은는을를의에로와과도만들적님학화]|에[서게는도]|으로|로[서써]|까지|부터|보다|처럼|마다|뿐"
    "|(?:[하되받들적였]|당하|시키|스럽|이[다라지고며었]|입니|으로|에서).*"
)

# Prefixes that keep the sound they have by themselves before a vowel: 헛웃음 [허두슴].
PREFIXES = frozenset("첫헛풋홑옛윗뒷")
_NO_PREFIX = frozenset("이은을에의으아어")


class Seam(NamedTuple):
    """A mark inside a word that the lexicon names.

    Attributes:
        syllable: Syllable of the word before which it stands.
        mark: One of the marks of `juncture`.
        first: Whether the word must begin the phrase.
        last: Whether the word must end there, but for a tail.
    """

    syllable: int
    mark: str
    first: bool = False
    last: bool = False


class Head(NamedTuple):
    """A second element that acts alike after every first element of some length.

    Attributes:
        mark: One of the marks of `juncture`.
        syllables: Fewest syllables before it.
        codas: What they may end in.
        exceptions: Words (first elements' ends included) in which it does not act.
    """

    mark: str
    syllables: int
    codas: frozenset[str]
    exceptions: tuple[str, ...]


class Lexicon(NamedTuple):
    """The compiled tables.

    Attributes:
        words: A word to its seams.
        longest: First two syllables to the length of the longest such word.
        firsts: The first syllables of these words.
        heads: First syllable to the second elements that begin so, the longest first.
        blockers: Words that only begin like a head (권리).
    """

    words: dict[str, list[Seam]]
    longest: dict[str, int]
    firsts: frozenset[str]
    heads: dict[str, tuple[tuple[str, Head], ...]]
    blockers: tuple[str, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Load the tables of compounds and loanwords."""
    words: dict[str, list[Seam]] = {}
    heads: dict[str, Head] = {}
    blockers: list[str] = []
    for second, mark, after in rows("compounds.tsv"):
        if mark == PLAIN and not after:
            blockers.append(second)
        items = after.split()
        exceptions = tuple(item[1:] for item in items if item.startswith("!"))
        for item in items:
            if item.startswith("*"):
                heads[second] = Head(mark, int(item[1]), _codas(item[2:]), exceptions)
            elif not item.startswith("!"):
                first, last, plain = item.startswith("^"), item[-1] == "$", item[-1] == "="
                before = item.strip("^$=")
                seam = Seam(len(before), INSIDE if plain else mark, first, last)
                words.setdefault(before + second, []).append(seam)
    for (spelling,) in rows("loans.tsv"):
        plain_word = spelling.replace("'", "")
        offset = 0
        for position, character in enumerate(spelling):
            if character == "'":
                seam = Seam(position - offset, TENSE, True, spelling.endswith("'스"))
                words.setdefault(plain_word, []).append(seam)
                offset += 1
    longest: dict[str, int] = {}
    for word in words:
        longest[word[:2]] = max(longest.get(word[:2], 0), len(word))
    by_first: dict[str, tuple[tuple[str, Head], ...]] = {}
    for second in sorted(heads, key=len, reverse=True):
        by_first[second[0]] = (*by_first.get(second[0], ()), (second, heads[second]))
    firsts = frozenset(word[0] for word in words)
    return Lexicon(words, longest, firsts, by_first, tuple(blockers))


def _codas(letters: str) -> frozenset[str]:
    if not letters:
        return SONORANTS
    return frozenset("" if letter == "V" else letter for letter in letters)


def ends_before(tail: str) -> bool:
    """Say whether a word may end where ``tail`` follows.

    Example:
        >>> ends_before(""), ends_before("으로"), ends_before("력")
        (True, True, False)
    """
    return not tail or _TAIL.fullmatch(tail) is not None


# What a syllable may be a clue to; see `morphology.clue` for the others.
HEAD, SEAM = 8, 16


def clue(character: str) -> int:
    """Return `HEAD` for a syllable that may begin one, `SEAM` where `mark` has to look at all."""
    table = lexicon()
    if character in table.heads:
        return HEAD | SEAM
    return SEAM if character in table.firsts or character in PREFIXES else 0


def mark(word: str, found: dict[int, str], head: bool = True) -> dict[int, str]:
    """Add the marks that the lexicon gives a word; they replace those found before.

    Args:
        word: A word.
        found: Marks by syllable, changed in place.
        head: Whether a syllable has the clue `HEAD`.

    Returns:
        ``found``.

    Example:
        >>> mark("물고기", {}), mark("가능성", {}), mark("국화꽃잎", {})
        ({1: "'"}, {2: "'"}, {3: '~'})
    """
    table = lexicon()
    size = len(word)
    if size > 2 and word[0] in PREFIXES:
        _mark_prefix(word, found)
    if head:
        for start in range(1, size):
            if word[start] in table.heads:
                _mark_head(word, start, table, found)
    longest = table.longest
    for start in range(size - 1):
        reach = longest.get(word[start : start + 2])
        if reach is None:
            continue
        for end in range(start + 2, min(start + reach, size) + 1):
            for syllable, kind, first, last in table.words.get(word[start:end], ()):
                if (first and start) or (last and not ends_before(word[end:])):
                    continue
                place = start + syllable
                if kind == INSIDE:
                    found.pop(place, None)
                elif kind != TENSE or not _blocked(word[place:], end - place, table):
                    found[place] = kind
    return found


def _mark_prefix(word: str, found: dict[int, str]) -> None:
    second = DECOMPOSED[word[1]]
    if second.onset != "ㅇ" or (word[1] in _NO_PREFIX and ends_before(word[1:])):
        return
    # 첫인상 [처딘상], but 첫여름 [천녀름], 옛이야기 [옌니야기].
    inserts = second.nucleus in IOTATED and (word[0] != "첫" or second.nucleus != "ㅣ")
    found[1] = INSERT if inserts else WORD


def _blocked(rest: str, length: int, table: Lexicon) -> bool:
    return any(rest.startswith(word) and len(word) > length for word in table.blockers)


def _goes_on(mark: str, length: int) -> bool:
    """Say whether a head is a noun that may itself begin a compound: 수학여행지, 한국영화제."""
    return mark == INSERT and length > 1


def _mark_head(word: str, start: int, table: Lexicon, found: dict[int, str]) -> None:
    for second, head in table.heads[word[start]]:
        if not word.startswith(second, start):
            continue
        length = len(second)
        end = start + length
        if (
            start >= head.syllables
            and DECOMPOSED[word[start - 1]].coda in head.codas
            and (head.mark == WORD or _goes_on(head.mark, length) or ends_before(word[end:]))
            and not word.endswith(head.exceptions, 0, end)
            and not _blocked(word[start:], length, table)
        ):
            found[start] = head.mark
            return
