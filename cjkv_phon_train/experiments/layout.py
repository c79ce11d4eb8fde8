"""A table as Markdown, CSV or LaTeX."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence

from cjkv_phon_train.experiments.quoting import cell as csv_cell
from cjkv_phon_train.experiments.quoting import escape, file_part, plain
from cjkv_phon_train.experiments.statistics import Comparison
from cjkv_phon_train.experiments.tables import Cell, Column, Table

NAMES = {"f1": "seqeval F1", "accuracy": "accuracy", "macro_f1": "macro-F1"}

CSV_FIELDS = (
    "suite", "measure", "dataset", "corpus", "target", "variant", "label", "mean", "std", "seeds",
    "against", "delta", "low", "high", "p", "p_holm", "significant", "paper", "paper_delta",
)  # fmt: skip

DASH = "–"


def markdown(table: Table) -> str:
    """Return two Markdown tables: scores beside the paper's, and differences with tests."""
    return "\n\n".join([_markdown_scores(table), _markdown_deltas(table)])


def _markdown_scores(table: Table) -> str:
    heads, picks = _score_columns(table, plain)
    lines = [_row(["variant", *heads]), _row(["---", *["---:"] * len(heads)])]
    for row in table.rows:
        cells = [
            pick(row.cells[place], lambda text: f"**{text}**") for place, pick in picks
        ]  # fmt: skip
        lines.append(_row([plain(row.label), *cells]))
    return "\n".join(lines)


def _markdown_deltas(table: Table) -> str:
    heads = [plain(_head(column)) for column in table.columns]
    lines = [_row(["Δ, 95 % interval, p", "against", *heads])]
    lines.append(_row(["---", "---", *["---:"] * len(heads)]))
    for row in table.rows:
        against = next((c.against for c in row.cells if c and c.against), "")
        if against:
            cells = [_delta(cell) for cell in row.cells]
            lines.append(_row([plain(row.label), plain(_label(table, against)), *cells]))
    return "\n".join(lines) if len(lines) > 2 else ""


def _score_columns(
    table: Table, escape: Callable[[str], str]
) -> tuple[list[str], list[tuple[int, Callable[[Cell | None, Callable[[str], str]], str]]]]:
    """Return heads, and for each the place of its cell and what to take from it."""
    heads: list[str] = []
    picks: list[tuple[int, Callable[[Cell | None, Callable[[str], str]], str]]] = []
    for place, column in enumerate(table.columns):
        heads.append(escape(_head(column)))
        picks.append((place, _score))
        if any(row.cells[place] and row.cells[place].paper is not None for row in table.rows):  # type: ignore[union-attr]
            heads.append("paper")
            picks.append((place, _paper))
    return heads, picks


def _head(column: Column) -> str:
    return f"{column.label} {column.corpus}"


def _score(cell: Cell | None, bold: Callable[[str], str]) -> str:
    if cell is None:
        return DASH
    text = f"{cell.mean:.2f}"
    spread = "" if math.isnan(cell.std) else f" ± {cell.std:.2f}"
    return (bold(text) if cell.best else text) + spread


def _paper(cell: Cell | None, bold: Callable[[str], str]) -> str:
    return DASH if cell is None or cell.paper is None else f"{cell.paper:.2f}"


def _delta(cell: Cell | None) -> str:
    if cell is None or cell.comparison is None:
        return DASH
    found = cell.comparison
    if math.isnan(found.p):
        return signed(found.delta)
    mark = "" if found.significant else " n.s."
    return f"{signed(found.delta)} {bounds(found)} {probability(found.adjusted)}{mark}"


def signed(value: float) -> str:
    """Print a difference with its sign.

    Example:
        >>> signed(-0.004), signed(1.5)
        ('+0.00', '+1.50')
    """
    return f"{value:+.2f}".replace("-0.00", "+0.00").replace("-", "−")


def bounds(found: Comparison) -> str:
    """Print an interval."""
    return f"[{found.low:.2f}, {found.high:.2f}]".replace("-0.00", "0.00").replace("-", "−")


def probability(p: float) -> str:
    """Print p.

    Example:
        >>> probability(0.0001), probability(0.034), probability(1.0)
        ('p < .001', 'p = .034', 'p = 1')
    """
    if p < 0.001:
        return "p < .001"
    return "p = 1" if p > 0.9995 else f"p = {p:.3f}".replace("0.", ".")


def to_csv(tables: Iterable[tuple[str, Table]]) -> str:
    """Return one line a suite, corpus and variant; empty cells where there is nothing."""
    out = io.StringIO()
    writer = csv.DictWriter(out, CSV_FIELDS, lineterminator="\n")
    writer.writeheader()
    for suite, table in tables:
        for place, column in enumerate(table.columns):
            base = next(
                (r.cells[place] for r in table.rows if r.variant == table.baseline), None
            )  # fmt: skip
            for row in table.rows:
                cell = row.cells[place]
                if cell is not None:
                    line = _line(table, column, cell, base)
                    named = {"suite": suite, "variant": row.variant, "label": row.label}
                    line |= {name: csv_cell(text) for name, text in named.items()}
                    writer.writerow(line)
    return out.getvalue()


def _line(table: Table, column: Column, cell: Cell, base: Cell | None) -> dict[str, object]:
    line: dict[str, object] = {
        "measure": table.measure, "dataset": csv_cell(column.dataset),
        "corpus": csv_cell(column.corpus),
        "target": int(column.target), "mean": _number(cell.mean), "std": _number(cell.std),
        "seeds": " ".join(map(str, cell.seeds)), "against": csv_cell(cell.against),
    }  # fmt: skip
    found = cell.comparison
    if found is not None:
        line |= {
            "delta": _number(found.delta), "low": _number(found.low), "high": _number(found.high),
            "p": _number(found.p, 5), "p_holm": _number(found.adjusted, 5),
            "significant": "" if math.isnan(found.p) else int(found.significant),
        }  # fmt: skip
    if cell.paper is not None:
        line["paper"] = _number(cell.paper)
        if base is not None and base.paper is not None:
            line["paper_delta"] = _number(cell.paper - base.paper)
    return line


def _number(value: float, digits: int = 3) -> str:
    return "" if math.isnan(value) else f"{value:.{digits}f}"


def latex(table: Table, caption: str, label: str) -> str:
    """Return a table that needs ``booktabs``: scores beside the paper's, then differences."""
    heads, picks = _score_columns(table, escape)
    scores = [
        [escape(row.label), *(_tex(pick(row.cells[place], _bold)) for place, pick in picks)]
        for row in table.rows
    ]
    deltas = [
        [escape(row.label), *(_tex_delta(row.cells[place]) if pick is _score else ""
                              for place, pick in picks)]
        for row in table.rows
        if any(cell and cell.against for cell in row.cells)
    ]  # fmt: skip
    lines = [
        r"\begin{table}[t]", r"\centering", r"\begin{tabular}{l" + "r" * len(heads) + "}",
        r"\toprule", _tex_row(["", *heads]), r"\midrule", *map(_tex_row, scores),
    ]  # fmt: skip
    if deltas:
        lines += [r"\midrule", *map(_tex_row, deltas)]
    lines += [r"\bottomrule", r"\end{tabular}", rf"\caption{{{escape(caption)}}}",
              rf"\label{{tab:{file_part(label)}}}", r"\end{table}"]  # fmt: skip
    return "\n".join(lines) + "\n"


def _bold(text: str) -> str:
    return rf"\textbf{{{text}}}"


def _tex(text: str) -> str:
    return text.replace("±", r"$\pm$").replace(DASH, "--")


def _tex_delta(cell: Cell | None) -> str:
    if cell is None or cell.comparison is None:
        return "--"
    found = cell.comparison
    star = "$^{*}$" if found.significant else ""
    where = "" if math.isnan(found.low) else " " + escape(bounds(found))
    return escape(signed(found.delta)) + star + where


def _tex_row(cells: Sequence[str]) -> str:
    # After a line's end LaTeX takes a star or a bracket for an argument of it.
    first = "{}" if cells[0].startswith(("*", "[")) else ""
    return first + " & ".join(cells) + r" \\"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _label(table: Table, variant: str) -> str:
    return next((row.label for row in table.rows if row.variant == variant), variant)
