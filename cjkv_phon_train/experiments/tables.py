"""The tables of the paper: rows are variants, columns are data sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.experiments import paper
from cjkv_phon_train.experiments.notes import Notes
from cjkv_phon_train.experiments.records import Run
from cjkv_phon_train.experiments.statistics import Comparison, compare, holm, mean_std
from cjkv_phon_train.experiments.summary import Summary


@dataclass(frozen=True)
class Column:
    """A scored corpus of a data set.

    Attributes:
        dataset: Its folder name.
        corpus: Such as ``dev-ko``.
        label: What to call the data set.
        target: Whether the language is a target language.
    """

    dataset: str
    corpus: str
    label: str
    target: bool


@dataclass(frozen=True)
class Cell:
    """A variant on a corpus.

    Attributes:
        mean: Over seeds.
        std: Sample standard deviation over seeds; NaN for one.
        seeds: Seeds that were run.
        best: Whether it is the highest of its column.
        against: What it is compared with, empty for nothing.
        comparison: Outcome, None where there is nothing to compare with.
        paper: The paper's number, None where there is none.
    """

    mean: float
    std: float
    seeds: tuple[int, ...]
    best: bool = False
    against: str = ""
    comparison: Comparison | None = None
    paper: float | None = None


@dataclass(frozen=True)
class Row:
    """A variant: its name, what to call it, its cells (None where nothing was run)."""

    variant: str
    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Table:
    """Scores of all variants.

    Attributes:
        measure: ``f1``, ``accuracy`` or ``macro_f1``.
        columns: Scored corpora.
        rows: Variants.
        baseline: Variant that most are compared with.
        notes: What a reader has to know: missing seeds, other sentences, missing counts.
    """

    measure: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    baseline: str
    notes: tuple[str, ...]


def build(summary: Summary, measure: str = "f1", against: str = "") -> Table:
    """Compute means, differences and tests.

    Args:
        summary: Runs.
        measure: ``f1``, ``accuracy`` or ``macro_f1``.
        against: Compare with this variant; empty: with the one that the suite
            names, or ``baseline``, or the first.

    Raises:
        SettingsError: If no run is of the variant to compare with.
    """
    variants = summary.variants()
    if against and against not in variants:
        raise SettingsError(
            f"there is no variant {against!r} to compare with; type --against with one of: "
            f"{', '.join(variants)}"
        )
    baseline = against or _baseline(summary)
    notes = Notes()
    columns = _columns(summary)
    grid = [
        _column(summary, column, measure, against, baseline, notes) for column in columns
    ]  # fmt: skip
    rows = tuple(
        Row(variant, summary.label(variant), tuple(cells[place] for cells in grid))
        for place, variant in enumerate(variants)
    )
    return Table(measure, tuple(columns), rows, baseline, notes.lines())


def _baseline(summary: Summary) -> str:
    variants = summary.variants()
    named = str(summary.suite.get("baseline", ""))
    for variant in (named, "baseline"):
        if variant in variants:
            return variant
    return variants[0]


def _columns(summary: Summary) -> list[Column]:
    columns = []
    for dataset in summary.datasets:
        runs = [run for run in summary.runs if run.dataset == dataset]
        names = dict.fromkeys(name for run in runs for name in run.scores)
        label = summary.dataset_label(dataset)
        found = [
            Column(dataset, name, label, name.partition("-")[2] not in runs[0].source)
            for name in names
        ]
        columns += sorted(found, key=lambda column: (column.target, column.corpus))
    return columns


def _column(
    summary: Summary,
    column: Column,
    measure: str,
    against: str,
    baseline: str,
    notes: Notes,
) -> list[Cell | None]:
    """Fill a column; p values are corrected over it."""
    cells: list[Cell | None] = []
    for variant in summary.variants():
        runs = {
            seed: run
            for seed, run in summary.select(column.dataset, variant).items()
            if column.corpus in run.scores
        }
        other = against or summary.against(variant) or baseline
        cells.append(_cell(summary, column, measure, runs, other, notes) if runs else None)
    adjusted = holm([
        cell.comparison.p if cell and cell.comparison else float("nan") for cell in cells
    ])  # fmt: skip
    highest = max((cell.mean for cell in cells if cell), default=0.0)
    return [_finished(cell, p, highest) for cell, p in zip(cells, adjusted, strict=True)]


def _finished(cell: Cell | None, p: float, highest: float) -> Cell | None:
    if cell is None:
        return None
    comparison = cell.comparison and cell.comparison._replace(adjusted=p)
    return replace(cell, comparison=comparison, best=cell.mean == highest)


def _cell(
    summary: Summary,
    column: Column,
    measure: str,
    runs: dict[int, Run],
    other: str,
    notes: Notes,
) -> Cell:
    mean, std = mean_std([run.scores[column.corpus][measure] for run in runs.values()])
    first = next(iter(runs.values()))
    comparison = None
    if other == first.variant:
        other = ""
    else:
        theirs = {
            seed: run
            for seed, run in summary.select(column.dataset, other).items()
            if column.corpus in run.scores
        }
        comparison = _comparison(summary, column, measure, runs, theirs, other, notes)
    number = _paper(summary, first, column, measure)
    return Cell(mean, std, tuple(runs), False, other, comparison, number)


def _comparison(
    summary: Summary,
    column: Column,
    measure: str,
    ours: dict[int, Run],
    theirs: dict[int, Run],
    other: str,
    notes: Notes,
) -> Comparison | None:
    """Compare on common seeds and sentences; say what is in the way."""
    variant = next(iter(ours.values())).variant
    where = f"{column.label}, {column.corpus}"
    if not theirs:
        notes.say(f"{where}: no run of {other}, so {variant} is compared with nothing")
        return None
    seeds = [seed for seed in ours if seed in theirs]
    if not seeds:
        notes.say(f"{where}: {variant} ({_list(ours)}) and {other} ({_list(theirs)}) have no "
                  "seed in common")  # fmt: skip
        return None
    if set(ours) != set(theirs):
        fact = (
            f"seeds {_list(ours)}, {other} {_list(theirs)}: compared on {_list(seeds)} only"
        )  # fmt: skip
        notes.say_of(column.label, variant, fact)
    units = [
        [summary.units(runs[seed], column.corpus, measure) for seed in seeds]
        for runs in (ours, theirs)
    ]
    known = [[one for one in group if one is not None] for group in units]
    golds = {runs[s].wrong[column.corpus].gold for runs in (ours, theirs) for s in seeds
             if column.corpus in runs[s].wrong}  # fmt: skip
    if any(len(group) < len(seeds) for group in known) or len(golds) != 1:
        why = "scored other sentences" if len(golds) > 1 else "left no counts of sentences"
        notes.say(f"{where}: some runs of {variant} or {other} {why}: no interval, no test")
        nan = float("nan")
        means = [np.mean([runs[s].scores[column.corpus][measure] for s in seeds])
                 for runs in (ours, theirs)]  # fmt: skip
        return Comparison(float(means[0] - means[1]), nan, nan, nan, nan, tuple(seeds))
    return compare(np.stack(known[0]), np.stack(known[1]), seeds)


def _paper(summary: Summary, run: Run, column: Column, measure: str) -> float | None:
    if not column.target or measure != "f1":
        return None
    row = summary.paper_row(run.variant)
    target = column.corpus.partition("-")[2]
    options = run.options
    return paper.number(
        row, str(options["task"]), "-".join(run.source), target, str(options["backbone"])
    )


def _list(seeds: Sequence[int] | dict[int, Run]) -> str:
    return ", ".join(map(str, seeds))
