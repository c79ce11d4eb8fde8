"""Fair comparisons: every row runs in the same process run, in turn, and ratios count.

Machines are noisy and drift, so a time alone says little: rows take turns round
by round, and what is reported is the median of the round-by-round ratios.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Row = tuple[str, float, float]
"""Name, median items per second, median ratio to the baseline (above 1 is faster)."""


def race(
    rows: Mapping[str, Callable[[], object]], items: int, *, baseline: str, rounds: int = 5
) -> list[Row]:
    """Time callables in turn.

    Args:
        rows: Name to a call that processes all items once.
        items: How many items one call processes.
        baseline: Name of the row that the ratios refer to.
        rounds: How many times each is called.

    Returns:
        A row a name, in the order given.
    """
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, call in rows.items():
            gc.collect()
            start = time.perf_counter()
            call()
            seconds[name].append(time.perf_counter() - start)
    return [
        (
            name,
            items / statistics.median(times),
            statistics.median(b / t for b, t in zip(seconds[baseline], times, strict=True)),
        )
        for name, times in seconds.items()
    ]


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table; floats with three significant digits."""

    def cell(value: object) -> str:
        if isinstance(value, float):
            return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
        return str(value)

    lines = [header, ["---"] * len(header), *([cell(v) for v in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def data_folder() -> Path:
    """Return the folder with the gold data, or leave saying how to name it.

    It is not part of the project; ``CJKV_PHON_DATA`` names it, else ``../shared/data``
    beside the checkout is used.
    """
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("CJKV_PHON_DATA", default))
    if not folder.is_dir():
        raise SystemExit(f"skipped: no gold data at {folder}; set CJKV_PHON_DATA to its folder")
    return folder
