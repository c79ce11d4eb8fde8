"""Letters to ARPAbet as CMU flite's ``lex_lookup`` does it, in process.

A word that is in the lexicon is read from it; any other is read letter by letter:
for each letter a decision tree asks which letters stand up to four places to the
left and right, and ends in the phones that the letter stands for, if any. Many words
go down the trees side by side. The tables are extracted from flite by
``tools/make_flite_table.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cjkv_phon.phonexl.tables import rows

FLITE_VERSION = "2.2"

Phones = tuple[str, ...]

_BEFORE, _AFTER = b"000#", b"#000"  # what stands around a word: four places of context
_BATCH = 1 << 16  # letters read at a time


def pronounce(word: str) -> Phones:
    """Read a word as flite does.

    Args:
        word: Lower-case ASCII text; what is not a-z makes no sound of its own but
            keeps its neighbours apart.

    Returns:
        ARPAbet phones, vowels with their stress digit; none if nothing is heard.

    Example:
        >>> pronounce("phone")
        ('f', 'ow1', 'n')
        >>> pronounce("jeil"), pronounce("'")
        (('jh', 'iy1', 'l'), ())
    """
    return pronounce_all([word])[0]


def pronounce_all(words: Sequence[str]) -> list[Phones]:
    """Read many words at once, see `pronounce`."""
    entries = list(map(_lexicon().get, words))
    spelled = _spell_out([w for w, entry in zip(words, entries, strict=True) if entry is None])
    return [next(spelled) if entry is None else tuple(entry.split()) for entry in entries]


class Trees(NamedTuple):
    """The decision trees of all letters, their nodes numbered in prefix order.

    A node asks whether the character at an offset is the expected one; if so the next
    node follows, if not the one that ``no`` names. A leaf has offset 0.

    Attributes:
        roots: For each ASCII character, its tree; that of a non-letter is a silent leaf.
        offset: Places to the right (or left, below 0) of the letter that is read.
        expected: The character asked for.
        no: Where the answer no leads.
        phones: Phones of each leaf, separated and preceded by spaces.
    """

    roots: npt.NDArray[np.int32]
    offset: npt.NDArray[np.int8]
    expected: npt.NDArray[np.uint8]
    no: npt.NDArray[np.int32]
    phones: list[str]


def _spell_out(words: Sequence[str]) -> Iterator[Phones]:
    """Read words by the trees alone."""
    start = 0
    while start < len(words):
        end, letters = start, 0
        while end < len(words) and letters < _BATCH:
            letters += len(words[end])
            end += 1
        yield from _descend(words[start:end])
        start = end


def _descend(words: Sequence[str]) -> Iterator[Phones]:
    trees = _trees()
    encoded = [word.encode("ascii") for word in words]
    text = np.frombuffer(_BEFORE + (_AFTER + _BEFORE).join(encoded) + _AFTER, np.uint8)
    lengths = np.array([len(word) for word in encoded])
    places = np.arange(lengths.sum()) + np.repeat(
        np.arange(len(words)) * len(_AFTER + _BEFORE) + len(_BEFORE), lengths
    )
    nodes = trees.roots[text[places]]
    open_ = np.flatnonzero(trees.offset[nodes])
    while open_.size:
        node = nodes[open_]
        yes = text[places[open_] + trees.offset[node]] == trees.expected[node]
        node = np.where(yes, node + 1, trees.no[node])
        nodes[open_] = node
        open_ = open_[trees.offset[node] != 0]
    phones = list(map(trees.phones.__getitem__, nodes.tolist()))
    end = 0
    for word in encoded:
        start, end = end, end + len(word)
        yield tuple("".join(phones[start:end]).split())


@cache
def _lexicon() -> dict[str, str]:
    return dict(rows("flite_lexicon.tsv"))


@cache
def _trees() -> Trees:
    """Read the trees: ``+1h`` asks whether the letter to the right is h; others are leaves."""
    nodes = ["_"]
    roots = np.zeros(128, np.int32)
    for letter, tree in rows("flite_letter_to_sound.tsv"):
        roots[ord(letter)] = len(nodes)
        nodes += tree.split(" ")
    no = np.zeros(len(nodes), np.int32)
    undecided: list[int] = []
    for place, node in enumerate(nodes):
        if node[0] in "+-":
            undecided.append(place)
        elif undecided:  # a leaf ends the yes branch of the latest question
            no[undecided.pop()] = place + 1
    offset = np.array([int(node[:2]) if node[0] in "+-" else 0 for node in nodes], np.int8)
    expected = np.array([ord(node[-1]) for node in nodes], np.uint8)
    phones = ["" if node == "_" else " " + node.replace("-", " ") for node in nodes]
    return Trees(roots, offset, expected, no, phones)
