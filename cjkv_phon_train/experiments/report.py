"""A report: tables, pictures and how the runs were made, from run directories or summaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cjkv_phon_train.experiments import facts, layout, plots
from cjkv_phon_train.experiments.quoting import file_part, line, plain
from cjkv_phon_train.experiments.statistics import BOOTSTRAP, PERMUTATIONS
from cjkv_phon_train.experiments.summary import Summary
from cjkv_phon_train.experiments.tables import Table, build
from cjkv_phon_train.run_directory import write_whole

FORMATS = ("md", "csv", "latex", "all")

Tables = list[tuple[Summary, Table]]


def tables(summary: Summary, measure: str = "f1", against: str = "") -> Tables:
    """Build a table for each suite of a summary.

    Args:
        summary: Runs.
        measure: ``f1``, ``accuracy`` or ``macro_f1``.
        against: Compare with this variant instead of the suite's baseline; suites
            without it keep theirs.

    Raises:
        SettingsError: If no suite has such a variant.
    """
    views = summary.views()
    several = len(views) > 1 and against in summary.variants()
    return [
        (view, build(view, measure, "" if several and against not in view.variants() else against))
        for view in views
    ]


def text(made: Tables, form: str, command: str = "") -> str:
    """Return a report as text.

    Args:
        made: See `tables`.
        form: One of `FORMATS`.
        command: What regenerates it.
    """
    parts = []
    if form in ("md", "all"):
        parts.append(page(made, command))
    if form in ("latex", "all"):
        parts.append(to_latex(made))
    if form in ("csv", "all"):
        parts.append(to_csv(made))
    return "\n".join(parts)


def write(made: Tables, folder: Path, form: str, command: str, pictures: bool = True) -> list[Path]:
    """Write ``index.md``, tables and pictures into a folder.

    Returns:
        The files.

    Raises:
        MissingDependencyError: Without matplotlib, where pictures are wanted.
    """
    drawn: dict[int, Mapping[str, Path]] = {}
    if pictures:
        for number, (view, table) in enumerate(made):
            prefix = f"{file_part(_name(view))}-" if len(made) > 1 else ""
            drawn[number] = plots.draw(view, table, folder, prefix)
    contents = {"index.md": page(made, command, drawn)}
    if form in ("csv", "all"):
        contents["tables.csv"] = to_csv(made)
    if form in ("latex", "all"):
        contents["tables.tex"] = to_latex(made)
    for name, content in contents.items():
        write_whole(folder / name, content)
    shown = [path for group in drawn.values() for path in group.values()]
    return [folder / name for name in contents] + shown


def to_csv(made: Tables) -> str:
    """Return all tables as CSV, a line a suite, corpus and variant."""
    return layout.to_csv((_name(view), table) for view, table in made)


def to_latex(made: Tables) -> str:
    """Return all tables as LaTeX."""
    return "\n".join(
        layout.latex(
            table,
            f"{_title(view)}. {_measure(table)}, mean and standard deviation over seeds; below, "
            "differences with 95 % intervals; * significant at 5 %. paper: F1 on the target test "
            "set",
            f"{_name(view) or 'runs'}-{table.measure.replace('_', '-')}",
        )
        for view, table in made
    )


def page(
    made: Tables, command: str = "", drawn: Mapping[int, Mapping[str, Path]] | None = None
) -> str:
    """Return everything as one Markdown page."""
    parts = [f"# {plain(_title(made[0][0]))}" if len(made) == 1 else "# Experiments"]
    for number, (view, table) in enumerate(made):
        if len(made) > 1:
            parts.append(f"## {plain(_title(view))}")
        parts += section(view, table, (drawn or {}).get(number, {}))
    if command:
        parts.append(f"Made by\n\n```bash\n{command}\n```")
    return "\n\n".join(part for part in parts if part) + "\n"


def section(view: Summary, table: Table, drawn: Mapping[str, Path]) -> list[str]:
    """Return the paragraphs of one suite."""
    parts = [
        plain(str(view.suite.get("description", ""))),
        layout.markdown(table),
        explained(table),
    ]
    notes = list(table.notes)
    if view.unfinished:
        notes.append(f"not finished, not counted: {', '.join(view.unfinished)}")
    if notes:
        parts.append("\n".join(f"* {plain(note)}." for note in notes))
    parts += ["**How it was run**", grid(facts.setup(view)), reproduced(view)]
    parts += [grid(facts.differing(view)), grid(facts.sounds(view))]
    parts += [f"![{plain(title)}]({path.name})" for title, path in drawn.items()]
    return parts


def explained(table: Table) -> str:
    """Return what the numbers of a table are."""
    found = [cell.comparison for row in table.rows for cell in row.cells if cell]
    seeds = [len(one.seeds) for one in found if one]
    lines = [
        f"{_measure(table)}, percent: mean ± sample standard deviation over seeds; bold: the "
        "highest of a column."
    ]
    if seeds:
        lines.append(
            f"Δ: difference in points, 95 % interval of {BOOTSTRAP:,} paired bootstrap draws of "
            "sentences and seeds, p of a paired permutation test on sentences with seeds pooled "
            f"({PERMUTATIONS:,} draws), after Holm's correction over the column. n.s.: p is not "
            "below .05, or the interval holds 0."
        )
        if min(seeds) == 1:
            lines.append("Where there is one seed, the interval says nothing about other seeds.")
    if any(cell and cell.paper is not None for row in table.rows for cell in row.cells):
        lines.append(
            "paper: PhoneXL (Findings of ACL 2023), Tables 3 and 6, F1 on the target *test* set, "
            "its own training data; mBERT, beside runs of XLM-R that backbone."
        )
    return " ".join(lines)


def reproduced(view: Summary) -> str:
    """Return what a rerun needs: options that all runs share, versions."""
    options = facts.common(view) or "none"
    return (
        f"Options of all runs that are not the defaults: {options}. "
        f"Versions: {facts.versions(view)}."
    )


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of Markdown as a table, the first as its head; nothing for no rows."""
    if not rows:
        return ""
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(map(line, cells))} |" for cells in lines)


def _measure(table: Table) -> str:
    return layout.NAMES[table.measure]


def _name(view: Summary) -> str:
    return str(view.suite.get("name", ""))


def _title(view: Summary) -> str:
    return str(view.suite.get("title", "")) or _name(view) or "Runs"
