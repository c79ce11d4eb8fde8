"""A suite of runs as one small file: what tables and plots are made of.

The file is JSON, gzipped when its name ends in ``.gz`` (without a time stamp, so that
the same runs give the same bytes). Its keys:

* ``format``: 1.
* ``common``: options that all runs share; ``options`` of a run holds the others. Paths
  are cut to their last part.
* ``gold``: the gold side of each scored corpus, once, under the first 16 digits of the
  SHA-256 of its labels: words and seqeval entities of each sentence, and units of each
  label in at most 100 blocks of sentences.
* ``runs``: dataset, variant, seed, scores, and for each corpus what went *wrong* in each
  sentence (mostly zeros, so they pack well): words with a wrong label, entities missed,
  entities too many; the same label by label in blocks; the confusion matrix. Learning
  curve, seconds, environment, sizes of the data, a projection of the word vectors.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from cjkv_phon_train.errors import TrainingError

FORMAT = 1
MEASURES = ("f1", "accuracy", "macro_f1")

Array = np.ndarray[Any, Any]


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
        curve: ``train`` and ``dev``: column → values, see `curves.curve`.
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


@dataclass(frozen=True)
class Summary:
    """Runs, and the gold data they were scored on.

    Attributes:
        runs: In the order of dataset, variant, seed as they were found.
        gold: Key → gold side of a corpus.
        unfinished: Names of run directories without results.
    """

    runs: tuple[Run, ...]
    gold: dict[str, Gold]
    unfinished: tuple[str, ...] = field(default=())

    @property
    def datasets(self) -> tuple[str, ...]:
        """Return the datasets in order."""
        return tuple(dict.fromkeys(run.dataset for run in self.runs))

    def variants(self, dataset: str = "") -> tuple[str, ...]:
        """Return the variants of a dataset, or of all, in order."""
        found = (run.variant for run in self.runs if dataset in ("", run.dataset))
        return tuple(dict.fromkeys(found))

    def select(self, dataset: str, variant: str) -> dict[int, Run]:
        """Return the runs of a dataset and a variant by seed."""
        chosen = (r for r in self.runs if (r.dataset, r.variant) == (dataset, variant))
        return {run.seed: run for run in sorted(chosen, key=lambda run: run.seed)}

    def units(self, run: Run, corpus: str, measure: str) -> Array | None:
        """Return the counts that a measure is made of, None where the run left none.

        Every measure is the mean over labels of numerator / denominator: F1 is
        2·right / (gold + said) of entities, accuracy right / words, macro-F1
        the mean over the labels of the gold data of 2·right / (gold + said).

        Returns:
            (units, 2, labels): sentences for ``f1`` and ``accuracy`` (one
            label), blocks of sentences for ``macro_f1``.
        """
        wrong = run.wrong.get(corpus)
        if wrong is None:
            return None
        gold = self.gold[wrong.gold]
        if measure == "accuracy":
            total = np.asarray(gold.words)
            return np.stack([total - wrong.words, total], 1)[:, :, None]
        if measure == "f1":
            return _f1_units(gold.entities, wrong.missed, wrong.extra)[:, :, None]
        return _f1_units(gold.blocks, wrong.block_missed, wrong.block_extra)


def _f1_units(gold: Sequence[Any], missed: Sequence[Any], extra: Sequence[Any]) -> Array:
    right = np.asarray(gold) - np.asarray(missed)
    return np.stack([2 * right, np.asarray(gold) + right + np.asarray(extra)], 1)


def merge(summaries: Iterable[Summary]) -> Summary:
    """Put summaries together.

    Raises:
        TrainingError: If a run occurs twice with different scores.
    """
    runs: dict[str, Run] = {}
    gold: dict[str, Gold] = {}
    unfinished: list[str] = []
    for summary in summaries:
        gold |= summary.gold
        unfinished += summary.unfinished
        for run in summary.runs:
            known = runs.setdefault(run.name, run)
            if known.scores != run.scores:
                raise TrainingError(
                    f"two different runs are called {run.name}: name only one of the folders or "
                    "files that hold them"
                )
    return Summary(tuple(runs.values()), gold, tuple(dict.fromkeys(unfinished)))


def save(summary: Summary, path: str | Path) -> None:
    """Write a summary; ``.gz`` behind the name packs it."""
    place = Path(path)
    common = _common([run.options for run in summary.runs])
    runs = []
    for run in summary.runs:
        table = asdict(run)
        table["options"] = {k: v for k, v in run.options.items() if k not in common}
        runs.append(table)
    value = {
        "format": FORMAT,
        "common": common,
        "gold": {key: asdict(gold) for key, gold in summary.gold.items()},
        "unfinished": list(summary.unfinished),
        "runs": runs,
    }
    data = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(gzip.compress(data, 9, mtime=0) if place.suffix == ".gz" else data)


def load(path: str | Path) -> Summary:
    """Read what `save` wrote.

    Raises:
        TrainingError: If it is something else.
    """
    data = Path(path).read_bytes()
    try:
        value = json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
        if value["format"] != FORMAT:
            raise TrainingError(
                f"{path} is a summary of format {value['format']}; this version reads {FORMAT}: "
                "write it anew with cjkv-phon-train report DIR --summary FILE"
            )
        runs = tuple(
            Run(**{
                **table,
                "options": value["common"] | table["options"],
                "wrong": {name: Wrong(**one) for name, one in table["wrong"].items()},
            })
            for table in value["runs"]
        )  # fmt: skip
        gold = {key: Gold(**one) for key, one in value["gold"].items()}
    except (ValueError, KeyError, TypeError, EOFError, OSError) as error:
        raise TrainingError(
            f"{path} is no summary: name a run directory, a folder of them, or a file that "
            "cjkv-phon-train report DIR --summary FILE wrote"
        ) from error
    return Summary(runs, gold, tuple(value["unfinished"]))


def _common(options: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if not options:
        return {}
    return {
        name: value
        for name, value in options[0].items()
        if all(name in other and other[name] == value for other in options)
    }
