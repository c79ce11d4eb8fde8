"""What is known of one training run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MEASURES = ("f1", "accuracy", "macro_f1")


@dataclass(frozen=True)
class Gold:
    """Gold side of a corpus: words and entities a sentence, units [block][label]."""

    words: list[int]
    entities: list[int]
    labels: list[str]
    blocks: list[list[int]]


@dataclass(frozen=True)
class Wrong:
    """What a run got wrong in a corpus.

    Attributes:
        gold: Key of the `Gold` that it belongs to.
        words: Words with a wrong label, a sentence.
        missed: Gold entities not found, a sentence.
        extra: Predicted entities that are none, a sentence.
        block_missed: [block][label of the gold data].
        block_extra: [block][label of the gold data].
        confusion_labels: Names of the rows and columns of `confusion`.
        confusion: [gold][said] words.
    """

    gold: str
    words: list[int]
    missed: list[int]
    extra: list[int]
    block_missed: list[list[int]]
    block_extra: list[list[int]]
    confusion_labels: list[str]
    confusion: list[list[int]]


@dataclass(frozen=True)
class Run:
    """One training run.

    Attributes:
        dataset: Such as ``udpos-ja-ko``.
        variant: Such as ``baseline``.
        seed: Its seed.
        options: Every option, by name.
        scores: Corpus (``dev-ko``) → measure → percent.
        wrong: Corpus → counts; empty for runs that left none.
        curve: ``train`` and ``dev``: column → values, see `collect.curve`.
        seconds: Of training.
        steps: Of the optimizer.
        epochs: Trained, early stopping included.
        environment: Device, threads, versions, revision.
        data: Role, language, sentences and words of each corpus.
        embeddings: 2-D projection of word vectors and mean cosines; may be empty.
    """

    dataset: str
    variant: str
    seed: int
    options: dict[str, Any]
    scores: dict[str, dict[str, float]]
    wrong: dict[str, Wrong]
    curve: dict[str, dict[str, list[float | None]]]
    seconds: float
    steps: int
    epochs: float
    environment: dict[str, Any]
    data: list[dict[str, Any]]
    embeddings: dict[str, Any]

    @property
    def name(self) -> str:
        """Return dataset/variant/seed."""
        return f"{self.dataset}/{self.variant}/{self.seed}"

    @property
    def source(self) -> tuple[str, ...]:
        """Return the source languages."""
        return tuple(self.options["source"])
