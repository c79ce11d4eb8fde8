"""What may change a word's reading in its sentence, and the order in which it does.

The analyser reads each word by itself; here its neighbours have a say: numbers
(`counting`), expressions (`phrases`), 何 (`interrogatives`), 中 (`throughout`), nouns by
themselves and verbs with their nouns (`collocations`), the rest (`neighbours`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from operator import attrgetter

from cjkv_phon.japanese.collocations import collocated, noun_alone, nouns, verb_forms
from cjkv_phon.japanese.counting import (
    changed_word,
    counted_word,
    portion,
    read_number,
    recount,
    remade,
)
from cjkv_phon.japanese.figures import is_decimal, read_decimal, read_figures
from cjkv_phon.japanese.interrogatives import asked, at_what_time
from cjkv_phon.japanese.neighbours import RULES, Rule
from cjkv_phon.japanese.numerals import KANJI_DIGITS, Counter, value
from cjkv_phon.japanese.phrases import (
    EXPRESSION,
    MOST_WORDS,
    begins_phrase,
    phrase,
    phrases,
    size_of_phrase,
)
from cjkv_phon.japanese.throughout import throughout
from cjkv_phon.japanese.words import Correction, Word

_CORRECTION = attrgetter("correction")
CORRECTIONS: dict[str, Correction] = {"何": asked, "何時": at_what_time, "中": throughout}


def correction_of(text: str) -> Correction | None:
    """Return what may change a word's reading in its sentence; None for most words."""
    first = text[:1]
    if first != "何" and first not in KANJI_DIGITS and not first.isdecimal():
        return _corrections().get(text)
    if text in phrases():
        return None
    found = _of_number(text) or _corrections().get(text)
    return partial(_joined, found) if begins_phrase(text) else found


def is_placed(text: str) -> bool:
    """Say whether a word's place (see `places`) decides its reading, if not it alone.

    Example:
        >>> is_placed("図書館"), is_placed("箱"), is_placed("方")
        (True, True, False)
    """
    return correction_of(text) is None or text in nouns()


def _of_number(text: str) -> Correction | None:
    if value(text) is not None:
        return _read_number
    if is_decimal(text):
        return read_decimal
    naive = counted_word(text)
    return partial(_recounted, *naive) if naive is not None else None


@lru_cache(maxsize=1)
def _corrections() -> dict[str, Correction]:
    """Return the correction of each word that has one of its own."""
    rules: dict[str, Rule] = dict.fromkeys(nouns(), noun_alone)
    rules |= dict.fromkeys(verb_forms(), collocated) | RULES
    return {word: partial(_ruled, rule) for word, rule in rules.items()} | CORRECTIONS


def _joined(otherwise: Correction | None, words: list[Word], index: int, foreign: bool) -> None:
    """Make one word of those of an expression; else correct the first as usual."""
    texts = [word.text for word in words[index : index + MOST_WORDS]]
    size = size_of_phrase(texts)
    if size:
        whole = "".join(texts[:size])
        words[index : index + size] = [changed_word(whole, EXPRESSION, phrase(whole), None)]
    elif otherwise is not None:
        otherwise(words, index, foreign)


def _read_number(words: list[Word], index: int, foreign: bool) -> None:
    if not (foreign and read_figures(words, index, words[index].text)):
        read_number(words, index, foreign)


def _recounted(number: str, counter: Counter, words: list[Word], index: int, foreign: bool) -> None:
    after = words[index + 1].text if index + 1 < len(words) else ""
    word = words[index]
    words[index] = recount(word, number, portion(word.text, counter, after), foreign)


def _ruled(rule: Rule, words: list[Word], index: int, foreign: bool) -> None:
    reading = rule(words, index)
    if reading and reading != words[index].reading:
        words[index] = remade(words[index], reading)


def corrected(words: Sequence[Word], foreign: bool = False) -> list[Word]:
    """Apply the rules to the words of a text, from left to right.

    Args:
        words: As the analyser found them.
        foreign: Whether digits are read.
    """
    out = list(words)
    gone = 0  # words that numbers before the place have swallowed
    last = -1
    for place, correction in enumerate(map(_CORRECTION, words)):
        if correction is None:
            continue
        index = place - gone
        if index > last and out[index].correction is not None:
            last = index
            correction(out, index, foreign)
            gone = len(words) - len(out)
    return out
