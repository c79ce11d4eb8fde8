"""Scores: seqeval F1 as in the paper, accuracy and macro-F1, label by label."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Tags = Sequence[str]


class LabelScore(NamedTuple):
    """Scores of one label (POS) or one entity type (NER).

    Attributes:
        precision: Share of what was said that is right.
        recall: Share of what is right that was said.
        f1: Their harmonic mean.
        support: How many there are in the gold data.
    """

    precision: float
    recall: float
    f1: float
    support: int


class Scores(NamedTuple):
    """Scores of a corpus, in percent.

    Attributes:
        f1: Entity-level micro F1 of seqeval. For POS it is what the paper
            reports, and a curious number: seqeval takes the first letter of a
            tag for a B/I mark, so CCONJ and SCONJ are one type, and it joins
            equal neighbours into one entity.
        accuracy: Share of words with the right label.
        macro_f1: Mean F1 of the labels that the gold data have.
        labels: Each label's, or for NER each entity type's, scores.
        words: How many words were scored.
    """

    f1: float
    accuracy: float
    macro_f1: float
    labels: dict[str, LabelScore]
    words: int

    def as_dict(self) -> dict[str, Any]:
        """Return plain numbers, ready for JSON."""
        return self._asdict() | {"labels": {k: v._asdict() for k, v in self.labels.items()}}


def score(gold: Sequence[Tags], said: Sequence[Tags], task: str) -> Scores:
    """Compare predicted with gold labels.

    Args:
        gold: Labels, one sequence a sentence.
        said: As many, of the same lengths.
        task: ``panx`` is scored by entity, ``udpos`` by word, for ``labels``
            and ``macro_f1``.

    Raises:
        ValueError: If the lengths differ.

    Example:
        >>> score([["NOUN", "VERB"]], [["NOUN", "NOUN"]], "udpos").accuracy
        50.0
    """
    pairs = [pair for g, s in zip(gold, said, strict=True) for pair in zip(g, s, strict=True)]
    right = sum(a == b for a, b in pairs)
    labels = _entities(gold, said) if task == "panx" else _words(pairs)
    real = [one.f1 for one in labels.values() if one.support]
    return Scores(
        f1=seqeval_f1(gold, said),
        accuracy=100 * right / max(len(pairs), 1),
        macro_f1=sum(real) / max(len(real), 1),
        labels=labels,
        words=len(pairs),
    )


def seqeval_f1(gold: Sequence[Tags], said: Sequence[Tags]) -> float:
    """Return seqeval's micro F1 in percent; sentences count as one stream, as in the paper."""
    from seqeval.metrics import f1_score

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # seqeval doubts POS tags aloud.
        return 100 * float(f1_score([list(g) for g in gold], [list(s) for s in said]))


def _words(pairs: Sequence[tuple[str, str]]) -> dict[str, LabelScore]:
    gold, said = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    right = Counter(a for a, b in pairs if a == b)
    return {name: _score(right[name], said[name], gold[name]) for name in sorted(gold | said)}


def _entities(gold: Sequence[Tags], said: Sequence[Tags]) -> dict[str, LabelScore]:
    from seqeval.metrics.sequence_labeling import get_entities

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        true = set(get_entities([list(g) for g in gold]))
        guessed = set(get_entities([list(s) for s in said]))
    types = sorted({entity[0] for entity in true | guessed})
    count = {
        name: [sum(e[0] == name for e in group) for group in (true & guessed, guessed, true)]
        for name in types
    }
    return {name: _score(*numbers) for name, numbers in count.items()}


def _score(right: int, said: int, gold: int) -> LabelScore:
    precision = 100 * right / said if said else 0.0
    recall = 100 * right / gold if gold else 0.0
    total = said + gold
    return LabelScore(precision, recall, 200 * right / total if total else 0.0, gold)


def summary(scores: Mapping[str, Scores]) -> dict[str, float]:
    """Flatten the scores of several corpora: ``dev-ja_f1`` and so on."""
    return {
        f"{name}_{measure}": getattr(one, measure)
        for name, one in scores.items()
        for measure in ("f1", "accuracy", "macro_f1")
    }
