"""Letters to ARPAbet as CMU flite's ``lex_lookup`` does it, in Python.

A word that is in the lexicon is read from it; any other is read letter by letter:
for each letter a decision tree asks which letters stand up to four places to the
left and right, and ends in the phones that the letter stands for, if any.
The tables are extracted from flite by ``tools/make_flite_table.py``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Union

from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.tables import rows

FLITE_VERSION = "2.2"

Phones = tuple[str, ...]
Tree = Union["Question", Phones]

_REACH = 4  # letters of context on either side


class Question(NamedTuple):
    """Is the letter at a place of the context window the one expected?"""

    place: int
    letter: str
    yes: Tree
    no: Tree


def pronounce(word: str) -> Phones:
    """Read a word as flite does.

    Args:
        word: Lower-case ASCII text without white space; letters outside a-z make
            no sound of their own but separate their neighbours.

    Returns:
        ARPAbet phones, vowels with their stress digit; none if nothing is heard.

    Example:
        >>> pronounce("phone")
        ('f', 'ow1', 'n')
        >>> pronounce("jeil"), pronounce("'")
        (('jh', 'iy1', 'l'), ())
    """
    entry = _lexicon().get(word)
    return tuple(entry.split()) if entry is not None else spell_out(word)


def spell_out(word: str) -> Phones:
    """Read a word by the letter-to-sound trees alone, see `pronounce`."""
    letters = _letters()
    padded = f"000#{word}#000"
    return tuple(
        phone
        for place in range(len(word))
        for phone in letters[padded[place : place + 2 * _REACH + 1]]
    )


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, str]:
    return {word: phones for word, phones in rows("flite_lexicon.tsv")}


@lru_cache(maxsize=1)
def _letters() -> Memo[str, Phones]:
    trees = {letter: _tree(tree) for letter, tree in rows("flite_letter_to_sound.tsv")}

    def read(window: str) -> Phones:
        node = trees.get(window[_REACH], ())
        while isinstance(node, Question):
            place, letter, yes, no = node
            node = yes if window[place] == letter else no
        return node

    return Memo(read)


def _tree(text: str) -> Tree:
    """Build a tree from prefix order: ``+1h`` (question), its yes branch, its no branch."""
    stack: list[Tree] = []
    for token in reversed(text.split(" ")):
        if token[0] in "+-":
            place = _REACH + int(token[:2])
            stack.append(Question(place, token[2], stack.pop(), stack.pop()))
        else:
            stack.append(() if token == "_" else tuple(token.split("-")))
    return stack.pop()
