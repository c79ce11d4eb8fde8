"""A suite of runs as one small file: what tables and plots are made of.

The file is JSON, gzipped when its name ends in ``.gz`` (without a time stamp, so that
the same runs give the same bytes). Its keys:

* ``format``: 1.
* ``common``: options that all runs share; ``options`` of a run holds the others. Paths
  are cut to their last part.
* ``suites``: labels, rows of the paper and baselines, see `suite.Suite.as_dict`.
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
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from cjkv_phon_train.errors import TrainingError
from cjkv_phon_train.experiments.paper import ROWS
from cjkv_phon_train.experiments.records import Gold, Run, Wrong
from cjkv_phon_train.run_directory import write_whole

FORMAT = 1

_DAMAGE = (
    ValueError, KeyError, TypeError, AttributeError, EOFError, OSError, RecursionError, zlib.error,
)  # fmt: skip
"""What reading a file ends with that is cut off, changed, or another one."""

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Summary:
    """Runs, and the gold data they were scored on.

    Attributes:
        runs: In the order of dataset, variant, seed as they were found.
        gold: Key → gold side of a corpus.
        unfinished: Names of run directories without results.
        suites: What the suites say of themselves, see `suite.Suite.as_dict`.
    """

    runs: tuple[Run, ...]
    gold: dict[str, Gold]
    unfinished: tuple[str, ...] = ()
    suites: tuple[dict[str, Any], ...] = ()

    @property
    def suite(self) -> dict[str, Any]:
        """Return the suite where there is exactly one, else nothing."""
        return self.suites[0] if len(self.suites) == 1 else {}

    def views(self) -> list[Summary]:
        """Return one summary a suite, and one of the runs that belong to none.

        A suite that compares variants on some data sets leaves out those of which it has
        one variant alone, such as a baseline that another suite ran there.
        """
        found = []
        left = {run.name: run for run in self.runs}
        for suite in self.suites:
            runs = _compared([
                run
                for run in self.runs
                if run.variant in suite["variants"] and run.dataset in suite["datasets"]
            ])  # fmt: skip
            for run in runs:
                left.pop(run.name, None)
            found.append(replace(self, runs=runs, suites=(suite,)))
        found.append(replace(self, runs=tuple(left.values()), suites=()))
        return [view for view in found if view.runs]

    @property
    def datasets(self) -> tuple[str, ...]:
        """Return the datasets, in the order of the suite."""
        return self._ordered("datasets", {run.dataset: None for run in self.runs})

    def variants(self, dataset: str = "") -> tuple[str, ...]:
        """Return the variants of a dataset, or of all, in the order of the suite."""
        found = {run.variant: None for run in self.runs if dataset in ("", run.dataset)}
        return self._ordered("variants", found)

    def _ordered(self, kind: str, found: dict[str, None]) -> tuple[str, ...]:
        order = dict.fromkeys([*self.suite.get(kind, {}), *found])
        return tuple(name for name in order if name in found)

    def label(self, variant: str) -> str:
        """Return what to call a variant."""
        return self._said(variant, "label") or variant

    def against(self, variant: str) -> str:
        """Return the variant that the suite compares a variant with, empty if it names none."""
        return self._said(variant, "against")

    def paper_row(self, variant: str) -> str:
        """Return the row of the paper that a variant repeats, empty if none."""
        if self.suite:
            return self._said(variant, "paper")
        return ROWS.get(variant, "")

    def dataset_label(self, dataset: str) -> str:
        """Return what to call a dataset."""
        return str(self.suite.get("datasets", {}).get(dataset, {}).get("label", "")) or dataset

    def _said(self, variant: str, what: str) -> str:
        return str(self.suite.get("variants", {}).get(variant, {}).get(what, ""))

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


def _compared(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs of data sets with several variants, or all where there are none such."""
    variants: dict[str, set[str]] = {}
    for run in runs:
        variants.setdefault(run.dataset, set()).add(run.variant)
    most = max(map(len, variants.values()), default=0)
    return tuple(run for run in runs if len(variants[run.dataset]) >= min(most, 2))


def merge(summaries: Iterable[Summary]) -> Summary:
    """Put summaries together.

    Raises:
        TrainingError: If a run occurs twice with different scores.
    """
    runs: dict[str, Run] = {}
    gold: dict[str, Gold] = {}
    unfinished: list[str] = []
    suites: dict[str, dict[str, Any]] = {}
    for summary in summaries:
        gold |= summary.gold
        unfinished += summary.unfinished
        suites |= {suite["name"]: suite for suite in summary.suites}
        for run in summary.runs:
            known = runs.setdefault(run.name, run)
            if known.scores != run.scores:
                raise TrainingError(
                    f"two different runs are called {run.name}: name only one of the folders or "
                    "files that hold them"
                )
    waiting = tuple(dict.fromkeys(unfinished))
    return Summary(tuple(runs.values()), gold, waiting, tuple(suites.values()))


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
        "suites": list(summary.suites),
        "unfinished": list(summary.unfinished),
        "runs": runs,
    }
    data = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    write_whole(place, gzip.compress(data, 9, mtime=0) if place.suffix == ".gz" else data)


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
        suites = tuple(described(suite) for suite in value["suites"])
        unfinished = tuple(map(str, value["unfinished"]))
    except _DAMAGE as error:
        raise TrainingError(
            f"{path} is no summary: name a run directory, a folder of them, or a file that "
            "cjkv-phon-train report DIR --summary FILE wrote"
        ) from error
    return Summary(runs, gold, unfinished, suites)


def described(suite: Any) -> dict[str, Any]:
    """Return what a suite says of itself, if it is that.

    Raises:
        TypeError: If it is something else.
    """
    tables = [suite.get(kind) for kind in ("datasets", "variants")] if _table(suite) else []
    whole = [_table(table) and all(map(_table, table.values())) for table in tables]
    if not tables or not all(whole) or not isinstance(suite.get("name"), str):
        raise TypeError("a suite has a name, datasets and variants")
    found: dict[str, Any] = suite
    return found


def _table(value: Any) -> bool:
    return isinstance(value, dict)


def _common(options: Sequence[dict[str, Any]]) -> dict[str, Any]:
    if not options:
        return {}
    return {
        name: value
        for name, value in options[0].items()
        if all(name in other and other[name] == value for other in options)
    }
