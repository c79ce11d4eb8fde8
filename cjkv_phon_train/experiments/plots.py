"""Pictures of a summary, as SVG that is the same for the same runs.

Colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/), told apart with any
kind of colour vision; line styles and markers differ as well.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from cjkv_phon.errors import MissingDependencyError
from cjkv_phon_train.experiments.quoting import drawn, file_part
from cjkv_phon_train.experiments.records import Run
from cjkv_phon_train.experiments.summary import Summary
from cjkv_phon_train.experiments.tables import Column, Table

COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
STYLES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
STYLE: dict[str, Any] = {
    "svg.hashsalt": "cjkv-phon-train", "svg.fonttype": "path", "font.family": "DejaVu Sans",
    "font.size": 9, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
    "grid.alpha": 0.25, "legend.frameon": False, "axes.titlesize": 10, "savefig.dpi": 110,
}  # fmt: skip
PROJECTED = 4
"""Most variants whose word vectors are shown."""


def draw(summary: Summary, table: Table, folder: Path, prefix: str = "") -> dict[str, Path]:
    """Draw everything that the runs have data for.

    Args:
        summary: Runs of one suite.
        table: Of F1, or of the measure that was asked for.
        folder: Where to write.
        prefix: Of the names of the files.

    Returns:
        Title → file.

    Raises:
        MissingDependencyError: Without matplotlib.
    """
    try:
        from matplotlib import style
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise MissingDependencyError("matplotlib", "plots") from error
    found: dict[str, Path] = {}
    with style.context(["default", STYLE]):
        figures = [("Gain on the target language", "gain", gains(table))]
        for dataset in summary.datasets:
            name, stem = summary.dataset_label(dataset), file_part(dataset)
            figures += [
                (f"Learning curves, {name}", f"curves-{stem}", curves(summary, dataset)),
                (f"Confusion, {name}", f"confusion-{stem}", confusion(summary, table, dataset)),
                (f"Word vectors, {name}", f"vectors-{stem}", vectors(summary, dataset)),
            ]
        for title, stem, figure in figures:
            if figure is not None:
                found[title] = folder / f"{prefix}{stem}.svg"
                found[title].parent.mkdir(parents=True, exist_ok=True)
                found[title].write_bytes(svg(figure))
    return found


def svg(figure: Any) -> bytes:
    """Return a figure without date or version."""
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # A label in Chinese: boxes, no end.
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "cjkv-phon-train"})
    return out.getvalue()


def _figure(width: float, height: float, columns: int = 1, share: bool = False) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(1, columns, squeeze=False, sharex=share)


def _legend(figure: Any, axis: Any) -> None:
    """Put the legend of one panel below all, as many columns as the figure is wide."""
    handles, labels = axis.get_legend_handles_labels()
    inches = 0.6 + 0.08 * max(map(len, labels))
    columns = max(1, min(len(labels), int(figure.get_figwidth() / inches)))
    figure.legend(handles, labels, loc="outside lower center", ncols=columns)


def gains(table: Table) -> Any:
    """Draw the difference on every target corpus with its interval; None where there is none."""
    places = [place for place, column in enumerate(table.columns) if column.target]
    rows = [row for row in table.rows if any(_known(row.cells[place]) for place in places)]
    if not places or not rows:
        return None
    width = 0.4 + 0.07 * max(len(row.label) for row in rows) + 2.5 * len(places)
    figure, axes = _figure(width, 1.2 + 0.3 * len(rows), len(places), share=True)
    for axis, place in zip(axes[0], places, strict=True):
        for level, row in enumerate(rows):
            cell = row.cells[place]
            if cell is None or cell.comparison is None:
                continue
            found = cell.comparison
            axis.plot([found.low, found.high], [level, level], color=COLOURS[1], linewidth=1.8)
            fill = COLOURS[1] if found.significant else "white"
            axis.plot(found.delta, level, "o", color=COLOURS[1], markerfacecolor=fill)
        axis.axvline(0, color="black", linewidth=0.8)
        axis.set_ylim(len(rows) - 0.5, -0.5)
        names = [drawn(row.label) for row in rows] if axis is axes[0][0] else []
        axis.set_yticks(range(len(rows)), names)
        axis.set_title(_title(table.columns[place]))
        axis.set_xlabel("Δ points, 95 % interval\n(filled: significant)")
        axis.grid(axis="y", visible=False)
    return figure


def _known(cell: Any) -> bool:
    return cell is not None and cell.comparison is not None


def _title(column: Column) -> str:
    return drawn(f"{column.label}, {column.corpus}")


def curves(summary: Summary, dataset: str) -> Any:
    """Draw loss, dev F1 and norms by epoch, means over seeds."""
    panels = [
        ("train", "loss", "training loss"), ("dev", "source", "source dev F1"),
        ("dev", "target", "target dev F1"), ("train", "pe_norm", "norm of PE (grey: OE)"),
    ]  # fmt: skip
    groups = [
        (drawn(summary.label(variant)), list(summary.select(dataset, variant).values()))
        for variant in summary.variants(dataset)
    ]
    panels = [
        panel for panel in panels if any(_line(runs, *panel[:2])[1] for _, runs in groups)
    ]  # fmt: skip
    if not panels:
        return None
    figure, axes = _figure(3.1 * len(panels), 3.2 + 0.2 * (len(groups) // 4), len(panels))
    for axis, (part, name, title) in zip(axes[0], panels, strict=True):
        looks = zip(cycle(COLOURS), cycle(STYLES), cycle(MARKERS), strict=False)
        for (label, runs), (colour, style, marker) in zip(groups, looks, strict=False):
            x, y = _line(runs, part, name)
            axis.plot(x, y, style, color=colour, marker=marker if part == "dev" else None,
                      markersize=4, linewidth=1.4, label=label)  # fmt: skip
            if name == "pe_norm":
                axis.plot(*_line(runs, part, "oe_norm"), color="0.75", linewidth=1)
        axis.set_title(title)
        axis.set_xlabel("epoch")
        axis.xaxis.get_major_locator().set_params(integer=True)
    _legend(figure, axes[0][0])
    return figure


def _line(runs: Sequence[Run], part: str, name: str) -> tuple[list[float], list[float]]:
    """Average a column over the runs; early-stopped runs count while they last."""
    found: dict[int, list[tuple[float, float]]] = {}
    for run in runs:
        table = run.curve.get(part, {})
        for place, (x, y) in enumerate(
            zip(table.get("epoch", []), table.get(name, []), strict=False)
        ):
            if x is not None and y is not None:
                found.setdefault(place, []).append((x, y))
    points = sorted(tuple(np.mean(pairs, axis=0)) for pairs in found.values())
    return [float(x) for x, _ in points], [float(y) for _, y in points]


def confusion(summary: Summary, table: Table, dataset: str) -> Any:
    """Draw what becomes of each label in the target language: baseline, and the best variant."""
    place = next(
        (n for n, c in enumerate(table.columns) if c.dataset == dataset and c.target), None
    )
    if place is None:
        return None
    corpus = table.columns[place].corpus
    means = {row.variant: row.cells[place].mean for row in table.rows if row.cells[place]}  # type: ignore[union-attr]
    others = [variant for variant in means if variant != table.baseline]
    chosen = [table.baseline, *([max(others, key=means.__getitem__)] if others else [])]
    grids = []
    for variant in chosen:
        labels, cells = _confused(list(summary.select(dataset, variant).values()), corpus)
        if labels:
            grids.append((drawn(summary.label(variant)), labels, cells))
    if not grids:
        return None
    size = max(len(labels) for _, labels, _ in grids)
    side = 1.5 + 0.27 * max(size, 6)
    figure, axes = _figure(side * len(grids) + 0.7, side + 0.5, len(grids))
    for axis, (label, labels, cells) in zip(axes[0], grids, strict=True):
        axis.grid(visible=False)
        mesh = axis.pcolormesh(cells, cmap="Blues", vmin=0, vmax=100)
        axis.invert_yaxis()
        ticks = np.arange(len(labels) + 1) + 0.5
        axis.set_xticks(ticks, [*labels, "other"], rotation=90)
        axis.set_yticks(ticks[:-1], labels)
        axis.set_title(f"{label}, {drawn(corpus)}")
        axis.set_xlabel("predicted")
        axis.set_ylabel("gold")
        for (y, x), value in np.ndenumerate(cells):
            if value >= 5:
                axis.text(x + 0.5, y + 0.5, f"{value:.0f}", ha="center", va="center", fontsize=6,
                          color="white" if value > 50 else "black")  # fmt: skip
    figure.colorbar(mesh, ax=list(axes[0]), shrink=0.6, label="% of the gold label")
    return figure


def _confused(runs: Sequence[Run], corpus: str) -> tuple[list[str], Any]:
    """Add all seeds up; return labels of the gold data, [gold][said, or other] in percent."""
    cells: dict[tuple[str, str], int] = {}
    for run in runs:
        if corpus in run.wrong:
            names = run.wrong[corpus].confusion_labels
            for (y, x), number in np.ndenumerate(np.asarray(run.wrong[corpus].confusion)):
                cells[names[y], names[x]] = cells.get((names[y], names[x]), 0) + int(number)
    labels = sorted({gold for (gold, _), number in cells.items() if number})
    grid = np.zeros((len(labels), len(labels) + 1))
    for (gold, said), number in cells.items():
        if number:
            grid[labels.index(gold), labels.index(said) if said in labels else -1] += number
    return labels, 100 * grid / np.maximum(grid.sum(1, keepdims=True), 1)


def vectors(summary: Summary, dataset: str) -> Any:
    """Draw spelling (OE) and sound (PE) of frequent words, first seed of each variant."""
    runs = []
    for variant in summary.variants(dataset):
        seen = [run for run in summary.select(dataset, variant).values() if run.embeddings]
        runs += seen[:1]
    runs = runs[-PROJECTED:]
    if not runs:
        return None
    figure, axes = _figure(3.0 * len(runs) + 0.6, 3.5, len(runs))
    for axis, run in zip(axes[0], runs, strict=True):
        found = run.embeddings
        for number, lang in enumerate(dict.fromkeys(found["langs"])):
            at = [i for i, one in enumerate(found["langs"]) if one == lang]
            for name, marker, fill in (("OE", "o", "none"), ("PE", "^", COLOURS[number + 1])):
                points = np.asarray(found[name.lower()])[at]
                axis.scatter(points[:, 0], points[:, 1], s=13, marker=marker, linewidths=0.8,
                             facecolors=fill, edgecolors=COLOURS[number + 1],
                             label=f"{name} {lang}")  # fmt: skip
        cosine = ", ".join(
            f"{lang} {one['same']:.2f} / {one['other']:.2f}"
            for lang, one in found["cosine"].items()
        )
        axis.set_title(
            f"{drawn(summary.label(run.variant))}\ncos same / other: {cosine}", fontsize=8
        )
        shares = found["explained"]
        axis.set_xlabel(f"PC 1 ({100 * shares[0]:.0f} %)")
        axis.set_ylabel(f"PC 2 ({100 * shares[1]:.0f} %)")
    _legend(figure, axes[0][0])
    return figure
