"""What was right, sentence by sentence: enough to compare runs after their weights are gone."""

from __future__ import annotations

import hashlib
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from cjkv_phon_train.metrics import Tags

BLOCKS = 100
"""Most blocks of consecutive sentences whose counts are kept label by label."""

Entity = tuple[str, int]


class Counts(NamedTuple):
    """Counts of one scored corpus; sums of them are what `metrics.score` divides.

    Attributes:
        digest: SHA-256 of the gold labels: runs of one digest may be paired.
        words: Words of each sentence.
        words_right: Of these, with the right label.
        entities_gold: seqeval entities that begin in each sentence. seqeval puts
            an O between sentences and reads the corpus as one stream, so these
            counts add up exactly to its micro F1.
        entities_said: Predicted ones.
        entities_right: Those of the same type, beginning and end.
        labels: POS tags, or entity types without B/I, in sorted order.
        block_gold: [block][label]: units (words for POS, entities for NER) of at
            most `BLOCKS` blocks of consecutive sentences, for macro-F1.
        block_said: Predicted units.
        block_right: Right ones.
        confusion_labels: POS tags, or entity types and O.
        confusion: [gold][said] words.
    """

    digest: str
    words: list[int]
    words_right: list[int]
    entities_gold: list[int]
    entities_said: list[int]
    entities_right: list[int]
    labels: list[str]
    block_gold: list[list[int]]
    block_said: list[list[int]]
    block_right: list[list[int]]
    confusion_labels: list[str]
    confusion: list[list[int]]

    def as_dict(self) -> dict[str, Any]:
        """Return plain lists, ready for JSON."""
        return self._asdict()


def count(gold: Sequence[Tags], said: Sequence[Tags], task: str) -> Counts:
    """Count what is right in each sentence.

    Args:
        gold: Labels, one sequence a sentence.
        said: As many, of the same lengths.
        task: ``panx`` is counted by entity, ``udpos`` by word, in the blocks.

    Raises:
        ValueError: If the lengths differ.

    Example:
        >>> counts = count([["NOUN", "VERB"], ["X"]], [["NOUN", "NOUN"], ["X"]], "udpos")
        >>> counts.words_right, counts.confusion_labels
        ([1, 1], ['NOUN', 'VERB', 'X'])
    """
    pairs = [list(zip(g, s, strict=True)) for g, s in zip(gold, said, strict=True)]
    sentences = len(pairs)
    true, guessed = entities(gold), entities(said)
    per_sentence = [
        _spread((place for _, place in group), sentences)
        for group in (true.values(), guessed.values(), _both(true, guessed).values())
    ]
    if task == "panx":
        units = [list(group.values()) for group in (true, guessed, _both(true, guessed))]
    else:
        units = [
            [(a, n) for n, row in enumerate(pairs) for a, _ in row],
            [(b, n) for n, row in enumerate(pairs) for _, b in row],
            [(a, n) for n, row in enumerate(pairs) for a, b in row if a == b],
        ]
    labels = sorted({label for group in units for label, _ in group})
    blocks = [_blocks(group, labels, sentences) for group in units]
    plain = _type if task == "panx" else str
    cells = Counter((plain(a), plain(b)) for row in pairs for a, b in row)
    shown = sorted({label for cell in cells for label in cell})
    return Counts(
        digest=digest(gold),
        words=[len(row) for row in pairs],
        words_right=[sum(a == b for a, b in row) for row in pairs],
        entities_gold=per_sentence[0],
        entities_said=per_sentence[1],
        entities_right=per_sentence[2],
        labels=labels,
        block_gold=blocks[0],
        block_said=blocks[1],
        block_right=blocks[2],
        confusion_labels=shown,
        confusion=[[cells[a, b] for b in shown] for a in shown],
    )


def entities(rows: Sequence[Tags]) -> dict[tuple[str, int, int], Entity]:
    """Return seqeval's entities, (type, first, last) in the stream → (type, sentence).

    Example:
        >>> entities([["B-LOC", "I-LOC"], ["O", "B-PER"]])
        {('LOC', 0, 1): ('LOC', 0), ('PER', 4, 4): ('PER', 1)}
    """
    from seqeval.metrics.sequence_labeling import get_entities

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # seqeval doubts POS tags aloud.
        found = get_entities([list(row) for row in rows])
    starts = [0, *accumulate(len(row) + 1 for row in rows)]
    return {tuple(e): (e[0], bisect_right(starts, e[1]) - 1) for e in found}


def digest(gold: Sequence[Tags]) -> str:
    """Return the SHA-256 of gold labels."""
    text = "\n".join(" ".join(row) for row in gold)
    return hashlib.sha256(text.encode()).hexdigest()


def block_starts(sentences: int) -> list[int]:
    """Return the first sentence of each block, at most `BLOCKS`, as even as can be.

    Example:
        >>> block_starts(3), len(block_starts(12_345))
        ([0, 1, 2], 100)
    """
    blocks = min(BLOCKS, sentences)
    return [number * sentences // blocks for number in range(blocks)]


def _both(
    one: dict[tuple[str, int, int], Entity], other: dict[tuple[str, int, int], Entity]
) -> dict[tuple[str, int, int], Entity]:
    return {key: value for key, value in one.items() if key in other}


def _spread(places: Any, sentences: int) -> list[int]:
    counter = Counter(places)
    return [counter[number] for number in range(sentences)]


def _blocks(units: Sequence[Entity], labels: list[str], sentences: int) -> list[list[int]]:
    starts = block_starts(sentences)
    column = {label: number for number, label in enumerate(labels)}
    table = [[0] * len(labels) for _ in starts]
    for label, sentence in units:
        table[bisect_right(starts, sentence) - 1][column[label]] += 1
    return table


def _type(label: str) -> str:
    return label.partition("-")[2] or label
