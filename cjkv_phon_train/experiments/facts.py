"""How the runs of a report were made: what a reader needs to believe a number, or to repeat it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from cjkv_phon_train.config import OPTIONS, PATHS
from cjkv_phon_train.experiments.quoting import line, plain
from cjkv_phon_train.experiments.records import Run
from cjkv_phon_train.experiments.summary import Summary

OF_DATA = PATHS - {"backbone", "core_words"}
"""Options that make another data set, not another variant."""

Rows = list[list[str]]


def setup(summary: Summary) -> Rows:
    """Return what was run on each data set: a head, then a row a data set."""
    rows = [["data set", "training sentences", "scored sentences", "seeds", "epochs",
             "seconds a run", "device", "threads"]]  # fmt: skip
    for dataset in summary.datasets:
        runs = [run for run in summary.runs if run.dataset == dataset]
        rows.append([
            plain(summary.dataset_label(dataset)),
            _sizes(runs, ("train", "fewshot")),
            _sizes(runs, ("dev", "test")),
            _list(sorted({run.seed for run in runs})),
            _range([run.epochs for run in runs]),
            _seconds([run.seconds for run in runs]),
            plain(_list(dict.fromkeys(run.environment.get("device", "?") for run in runs))),
            _list(dict.fromkeys(run.environment.get("threads", "?") for run in runs)),
        ])  # fmt: skip
    return rows


def differing(summary: Summary) -> Rows:
    """Return the options in which variants differ: a head, then a row a variant.

    Only those are listed that differ between variants of the same data set.
    """
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for run in summary.runs:
        found.setdefault(run.dataset, {}).setdefault(run.variant, run.options)
    names = sorted({
        name
        for variants in found.values()
        for options in variants.values()
        for name in options
        if name not in OF_DATA
        and any(_value(other, name) != _value(options, name) for other in variants.values())
    })  # fmt: skip
    if not names:
        return []
    rows = [["variant", *(f"`{name}`" for name in names)]]
    for variant in summary.variants():
        options = [variants[variant] for variants in found.values() if variant in variants]
        values = [dict.fromkeys(_shown(_value(one, name)) for one in options) for name in names]
        cells = [plain(_list(shown)) for shown in values]
        rows.append([plain(summary.label(variant)), *cells])
    return rows


def common(summary: Summary) -> str:
    """Return the options that all runs share and that are not the defaults, in one line."""
    first, *others = [run.options for run in summary.runs]
    shared = {
        name: value
        for name, value in first.items()
        if name not in OF_DATA
        and all(_value(other, name) == value for other in others)
        and value != _default(name)
    }
    return ", ".join(
        f"`{name}={line(_shown(value)).replace('`', '')}`" for name, value in sorted(shared.items())
    )


def sounds(summary: Summary) -> Rows:
    """Return size and place of phonemic vectors at the end: a head, then a row a variant."""
    rows = [["data set", "variant", "norm of PE", "norm of OE", "cosine PE·OE, same word",
             "other words"]]  # fmt: skip
    for dataset in summary.datasets:
        for variant in summary.variants(dataset):
            runs = list(summary.select(dataset, variant).values())
            norms = [[_last(run, f"{kind}_norm") for run in runs] for kind in ("pe", "oe")]
            cosines = [run.embeddings["cosine"] for run in runs if run.embeddings]
            if not cosines and not any(value is not None for value in norms[0]):
                continue
            langs = list(cosines[0]) if cosines else []
            means = [
                "–"
                if not cosines
                else ", ".join(
                    f"{lang} {_mean([one[lang][kind] for one in cosines])}" for lang in langs
                )
                for kind in ("same", "other")
            ]
            rows.append([plain(summary.dataset_label(dataset)), plain(summary.label(variant)),
                         *(_mean(values) for values in norms), *means])  # fmt: skip
    return rows if len(rows) > 1 else []


def versions(summary: Summary) -> str:
    """Return versions of packages and revisions of the source, each once."""
    found: dict[str, list[str]] = {}
    for run in summary.runs:
        for name, value in run.environment.get("versions", {}).items():
            found.setdefault(name, []).append(str(value))
    parts = [f"{name} {_list(dict.fromkeys(values))}" for name, values in found.items()]
    revisions = dict.fromkeys(str(run.environment.get("git", ""))[:9] for run in summary.runs)
    shown = _list(name for name in revisions if name)
    return ", ".join(parts) + (f"; source revision {shown}" if shown else "")


def _value(options: dict[str, Any], name: str) -> Any:
    """Return an option of a run; runs older than an option have done what its default does."""
    return options.get(name, _default(name))


def _default(name: str) -> Any:
    default = OPTIONS[name][1].default if name in OPTIONS else None
    return list(default) if isinstance(default, tuple) else default


def _last(run: Run, name: str) -> float | None:
    values = [value for value in run.curve["train"].get(name, []) if value is not None]
    return values[-1] if values else None


def _mean(values: Sequence[float | None]) -> str:
    real = [value for value in values if value is not None]
    return f"{sum(real) / len(real):.2f}".replace("-0.00", "0.00") if real else "–"


def _sizes(runs: Sequence[Run], roles: tuple[str, ...]) -> str:
    found: dict[str, list[int]] = {}
    for run in runs:
        for one in run.data:
            if one["role"] in roles:
                key = one["lang"] if one["role"] == "train" else f"{one['role']}-{one['lang']}"
                found.setdefault(key, []).append(one["sentences"])
    return ", ".join(f"{name} {_range(values)}" for name, values in found.items()) or "?"


def _range(values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    return f"{low:,g}" if low == high else f"{low:,g}–{high:,g}"


def _seconds(values: Sequence[float]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f})"


def _list(values: Iterable[Any]) -> str:
    return ", ".join(map(str, values))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value)) or "–"
    return "–" if value in ("", None) else str(value)
