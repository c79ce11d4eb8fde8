"""Tuning: the paper's grid of loss weights, sampled, selected on source dev alone."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from cjkv_phon_train.config import OPTIONS, Settings
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.experiments.folders import State, state
from cjkv_phon_train.experiments.plan import PlannedRun, Request, placed, settings_of
from cjkv_phon_train.experiments.runner import Outcome, Runner
from cjkv_phon_train.experiments.suite import Suite, Variant
from cjkv_phon_train.options import convert
from cjkv_phon_train.run_directory import RESULTS, read_json, write_json

Grid = Mapping[str, Sequence[Any]]

WEIGHTS = (1e-1, 1e-2, 1e-3, 1e-4)
RATES = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
PAPER_GRID: Grid = {
    "alpha": WEIGHTS, "beta": WEIGHTS, "gamma": WEIGHTS, "mask": RATES, "switch": RATES,
}  # fmt: skip
"""Section 4 of the paper: α β γ over 1e-1 … 1e-4, µ and r over .1 … .4 in steps of .05."""

TUNING = "tuning.json"
LARGEST = 1_000_000


@dataclass(frozen=True)
class Try:
    """A point of the grid, as a run."""

    options: Mapping[str, Any]
    run: PlannedRun


def tries(
    suite: Suite, dataset: str, variant: str, request: Request, grid: Grid, seed: int, order: int
) -> Iterator[Try]:
    """Yield the points of a grid in an order that only ``order`` decides, none twice.

    The grid's values have the last word over the suite's options.

    Raises:
        SettingsError: If the data set or the variant does not exist.
    """
    if dataset not in suite.datasets:
        raise SettingsError(
            f"there is no data set {dataset!r}; there are: {', '.join(suite.datasets)}"
        )
    one = suite.variants.get(variant)
    if one is None:
        if suite.variants:
            raise SettingsError(
                f"--variant {variant}: there is none; there are: {', '.join(suite.variants)}"
            )
        one = Variant(variant, row=variant)
    base = settings_of(suite, suite.datasets[dataset], one, request)
    for options in points(useful(grid, base), order):
        name = folder_name(options)
        settings = base.with_values(options)
        yield Try(options, placed(dataset, name, seed, settings, request.out))


def folder_name(options: Mapping[str, Any]) -> str:
    """Name a point; a value that is a path leaves its separators, and a hash, behind.

    Example:
        >>> folder_name({"alpha": 0.1, "head": "crf"}), folder_name({"backbone": "../x"})
        ('alpha-0.1_head-crf', 'backbone-..-x-f2bdbe31')
    """
    name = "_".join(f"{key}-{value}" for key, value in options.items())
    plain = re.sub(r"[^A-Za-z0-9_.+-]", "-", name)
    return plain if plain == name else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def useful(grid: Grid, settings: Settings) -> Grid:
    """Return the options of a grid that change anything for a variant.

    A weight that the variant has at 0 stays 0; without masks there is no µ,
    without code-switching no r.

    Raises:
        SettingsError: If nothing is left.
    """
    weights = settings.objectives
    idle = {name for name in ("alpha", "beta", "gamma") if not getattr(weights, name)}
    if {"beta", "gamma"} <= idle:
        idle.add("mask")
    if "gamma" in idle:
        idle.add("switch")
    left = {name: values for name, values in grid.items() if name not in idle}
    if not left:
        raise SettingsError(
            "this variant has no loss weights to tune: type --variant full, or name what to try: "
            "--grid lr=1e-4,2e-4"
        )
    return left


def points(grid: Grid, order: int) -> Iterator[dict[str, Any]]:
    """Yield every point of a grid once, shuffled.

    Example:
        >>> list(points({"alpha": (0.1, 0.01)}, order=1))
        [{'alpha': 0.01}, {'alpha': 0.1}]
    """
    size = prod(len(values) for values in grid.values())
    if size > LARGEST:
        raise SettingsError(f"the grid has {size} points; give --grid fewer values")
    numbers = list(range(size))
    random.Random(order).shuffle(numbers)
    for number in numbers:
        point = {}
        for name, values in grid.items():
            number, index = divmod(number, len(values))
            point[name] = values[index]
        yield point


def read_grid(items: Sequence[str], paper: bool) -> Grid:
    """Read ``--grid lr=1e-4,2e-4``; the paper's grid is under it where asked for.

    Raises:
        SettingsError: On an option or a value that does not exist.

    Example:
        >>> read_grid(["pooling=words,subwords"], paper=False)
        {'pooling': ('words', 'subwords')}
    """
    grid: dict[str, Sequence[Any]] = dict(PAPER_GRID) if paper else {}
    for item in items:
        name, _, values = item.partition("=")
        name = name.strip().replace("-", "_")
        if name not in OPTIONS or name in ("seed", "output") or not values:
            raise SettingsError(
                f"--grid {item}: write OPTION=VALUE,VALUE,… with an option of cjkv-phon-train "
                "train other than seed and output"
            )
        option = OPTIONS[name][1]
        grid[name] = tuple(dict.fromkeys(convert(option, one) for one in values.split(",")))
    return grid


def tune(chosen: Sequence[Try], runner: Runner) -> tuple[list[dict[str, Any]], Outcome]:
    """Do the tries and rank them by source dev F1; target scores are never read.

    Returns:
        Of each finished try its options, ``source_f1``, on which data that is, and folder, the
        best first; among equals the one that came first. And what came of the runs.
    """
    outcome = runner.work([one.run for one in chosen])
    finished = [
        {
            "options": dict(one.options),
            "source_f1": source_f1(one.run),
            "selected_on": role_that_selects(one.run),
            "folder": one.run.folder.parent.name,
        }
        for one in chosen
        if state(one.run) is State.DONE
    ]
    return sorted(finished, key=lambda entry: -float(entry["source_f1"])), outcome


def source_f1(run: PlannedRun) -> float:
    """Return the F1 on the dev of the source that selects, the mean of several languages."""
    scores = read_json(run.folder / RESULTS)["scores"]
    source = run.settings.data.source
    names = [f"{role_that_selects(run)}-{lang}" for lang in source]
    found = [float(scores[name]["f1"]) for name in names if name in scores]
    if not found:
        raise SettingsError(
            f"{run.folder} has no score on source dev ({', '.join(source)}), which selects: name "
            "a dev file of the source in the suite, or type --set hold_out=.1"
        )
    return sum(found) / len(found)


def role_that_selects(run: PlannedRun) -> str:
    """Return ``dev``, or ``switched`` where source dev that is switched selects."""
    return "switched" if run.settings.training.select == "switched" else "dev"


def write_tuning(
    folder: Path, ranked: Sequence[Mapping[str, Any]], variant: str, grid: Grid, seed: int
) -> None:
    """Write all tries, the best first, as ``tuning.json``."""
    write_json(
        folder / TUNING,
        {
            "dataset": folder.name,
            "variant": variant,
            "seed": seed,
            "selected_on": f"source {ranked[0]['selected_on']} F1",
            "grid": {name: list(values) for name, values in grid.items()},
            "best": ranked[0],
            "tries": list(ranked),
        },
    )


def as_toml(dataset: str, options: Mapping[str, Any], ranked: Sequence[Mapping[str, Any]]) -> str:
    """Return the best options as a table of a suite.

    Example:
        >>> print(as_toml("udpos-ja-ko", {"alpha": 0.1, "head": "crf"}, [{"source_f1": 96.5}]))
        # best source dev F1 of 1 tries: 96.50
        [datasets.udpos-ja-ko]
        alpha = 0.1
        head = "crf"
    """
    lines = [f"# best source dev F1 of {len(ranked)} tries: {ranked[0]['source_f1']:.2f}"]
    lines.append(f"[datasets.{dataset}]")
    lines += [f"{name} = {_toml(value)}" for name, value in options.items()]
    return "\n".join(lines)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)
