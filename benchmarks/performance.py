"""The whole performance table: each language and scheme, and the peers, in one run.

    python benchmarks/performance.py [--lang ko] [--scheme standard] [--json FILE]
    python benchmarks/performance.py --compare OLD.json
    python benchmarks/performance.py --markdown KEPT.json
    python benchmarks/performance.py --profile --lang ko --scheme standard

Every row is measured in processes of its own (see `probe`), the rows take turns
round by round, and a ratio is the median of the ratios of the rounds. The columns:

* start-up: from nothing imported to the first transcription, the interpreter's own
  start left out;
* distinct words a second, nothing remembered: once everything is loaded, and with the
  start-up in the measured time;
* tokens a second of the running text of the UD dev set, strings only: met for the
  first time, and again (the memory of earlier tokens and sentences filled);
* the most memory that the process held, and what it grew by for each distinct word.

A second table follows ``standard`` through a corpus of a million tokens, in sentences that
do not repeat and with tokens that never come again: the most memory that the process held
after a fifth of it and after all.

How many times faster ``standard`` is stands in brackets behind the peers' figures.
Rows that are too slow to finish are timed on what they do in ``--seconds``.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness import data_folder, table
from peers import PEERS
from probe import Task, measure

import cjkv_phon
from cjkv_phon.schemes import BUILT_IN

PROBE = Path(__file__).with_name("probe.py")
PARTS = ("words", "text")
COLUMNS = {
    "start_up": "start-up, s",
    "words_per_second": "distinct words/s",
    "from_nothing_per_second": "the same with start-up",
    "new_per_second": "new text, tokens/s",
    "again_per_second": "known text, tokens/s",
    "megabytes": "peak, MB",
    "bytes_per_word": "bytes a word",
}
RATES = [name for name in COLUMNS if name.endswith("per_second")]
STANDARD = "standard"
CORPUS = {
    "tokens": "tokens of a corpus",
    "megabytes_fifth": "peak after 200,000, MB",
    "megabytes_all": "peak after all, MB",
}
CORPUS_SECONDS = 60.0

Figures = dict[str, dict[str, float]]
"""Row to column to value; ``COLUMN x`` is how many times faster ``standard`` is."""


def row_names(langs: Sequence[str], schemes: Sequence[str]) -> list[str]:
    """Return the rows: of each language its schemes, then its peers."""
    names = []
    for lang in langs:
        names += [f"{lang}/{scheme}" for scheme in schemes if (scheme, lang) in BUILT_IN]
        if STANDARD in schemes:
            names += [f"{lang}/{one.name}" for one in PEERS if one.lang == lang]
    return names


def probe(task: Task) -> dict[str, Any]:
    """Measure in a fresh process."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    command = [sys.executable, str(PROBE), json.dumps(asdict(task))]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if run.returncode:
        return {"skipped": run.stderr.strip().rpartition("\n")[2] or f"exit {run.returncode}"}
    found: dict[str, Any] = json.loads(run.stdout.strip().rpartition("\n")[2])
    return found


def rounds(
    names: Sequence[str], number: int, seconds: float, limit: int, missing: set[str]
) -> Iterator[Figures]:
    """Measure every row once a round, in turn; rows that cannot run are left out and named."""
    for _ in range(number):
        figures: Figures = {}
        for name in names:
            found: dict[str, float] = {}
            for part in PARTS:
                if name in missing:
                    break
                one = probe(Task(name, part, seconds, limit))
                if "skipped" in one:
                    print(f"skipped: {name} ({one['skipped']})", file=sys.stderr)
                    missing.add(name)
                    break
                found |= {
                    key: max(one[key], found.get(key, 0)) for key in COLUMNS if key in one
                }  # fmt: skip
            if name not in missing:
                figures[name] = found
        yield figures


def summary(every: Sequence[Figures]) -> Figures:
    """Return medians over the rounds, of the values and of the ratios to ``standard``."""
    whole: Figures = {}
    for name in every[-1]:
        row = whole[name] = {
            column: statistics.median(figures[name][column] for figures in every)
            for column in every[-1][name]
        }
        standard = f"{name.partition('/')[0]}/{STANDARD}"
        if standard in every[-1] and standard != name:
            for column in RATES:
                row[f"{column} x"] = statistics.median(
                    figures[standard][column] / figures[name][column] for figures in every
                )
    return whole


def corpus_memory(names: Sequence[str], limit: int) -> Figures:
    """Follow ``standard`` through a corpus, a process a language."""
    found = {
        name: probe(Task(name, "memory", CORPUS_SECONDS, limit))
        for name in names
        if name.endswith(f"/{STANDARD}")
    }
    return {
        name: {column: one[column] for column in CORPUS if column in one}
        for name, one in found.items()
        if "skipped" not in one
    }


def report(kept: dict[str, Any]) -> str:
    """Return the tables of kept figures, and what they depend on, as Markdown."""
    before, after, figures = kept["before"], kept["after"], kept["figures"]
    columns = [column for column in COLUMNS if any(column in row for row in figures.values())]
    rows = [[name, *(cell(row, column) for column in columns)] for name, row in figures.items()]
    parts = [table(["", *(COLUMNS[column] for column in columns)], rows)]
    if kept.get("memory"):
        held = [[name, *(cell(row, c) for c in CORPUS)] for name, row in kept["memory"].items()]
        parts.append(table(["", *CORPUS.values()], held))
    parts.append(
        f"{before['time']}: cjkv_phon {before['cjkv_phon']}, {before['python']}, "
        f"{before['system']}, {before['cores']} cores, load {before['load'][0]} before and "
        f"{after['load'][0]} after; {kept.get('rounds', '?')} rounds."
    )
    if kept.get("skipped"):
        parts.append("Skipped: " + ", ".join(sorted(kept["skipped"])) + ".")
    return "\n\n".join(parts)


def cell(row: dict[str, float], column: str) -> str:
    """Return a value with its ratio."""
    if column not in row:
        return ""
    value, ratio = row[column], row.get(f"{column} x")
    text = f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
    return text if ratio is None else f"{text} ({ratio:.3g}×)"


def machine() -> dict[str, Any]:
    """Return what the figures depend on beside the code."""
    return {
        "time": time.strftime("%Y-%m-%d %H:%M"),
        "cjkv_phon": cjkv_phon.__version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def comparison(old: Figures, new: Figures) -> str:
    """Return a table of how many times faster each row is than it was."""
    rows: list[list[object]] = [
        [name, *(f"{new[name][c] / old[name][c]:.2f}" if c in old[name] else "" for c in RATES)]
        for name in new
        if name in old
    ]
    return table(["new / old", *(COLUMNS[column] for column in RATES)], rows)


def profile(names: Sequence[str], limit: int) -> None:
    """Print where the time goes, for each row that is ours, words and then text."""
    for name in names:
        scheme = name.partition("/")[2]
        if (scheme, name.partition("/")[0]) not in BUILT_IN:
            continue
        for part in PARTS:
            print(f"== {name}, {part}")
            profiler = cProfile.Profile()
            profiler.runcall(measure, Task(name, part, 60, limit))
            pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(20)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    langs = sorted({lang for scheme, lang in BUILT_IN if scheme == STANDARD})
    schemes = list(dict.fromkeys(scheme for scheme, _ in BUILT_IN))
    parser.add_argument("--lang", action="append", choices=langs)
    parser.add_argument("--scheme", action="append", choices=schemes)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1.0, help="after which a slow row stops")
    parser.add_argument("--quick", action="store_true", help="one round on very little text")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures")
    parser.add_argument("--compare", type=Path, metavar="OLD", help="figures kept before")
    parser.add_argument("--markdown", type=Path, metavar="KEPT", help="print figures kept before")
    parser.add_argument("--profile", action="store_true", help="cProfile of our rows instead")
    chosen = parser.parse_args()
    chosen.lang = chosen.lang or langs
    chosen.scheme = chosen.scheme or schemes
    return chosen


def main() -> None:
    chosen = arguments()
    if chosen.markdown is not None:
        print(report(json.loads(chosen.markdown.read_text("utf-8"))))
        return
    data_folder()
    names = row_names(chosen.lang, chosen.scheme)
    limit = 40 if chosen.quick else 0
    if chosen.profile:
        profile(names, limit)
        return
    before = machine()
    number, seconds = (1, 0.1) if chosen.quick else (chosen.rounds, chosen.seconds)
    skipped: set[str] = set()
    figures = summary(list(rounds(names, number, seconds, limit, skipped)))
    memory = corpus_memory([name for name in names if name not in skipped], limit)
    kept = {
        "before": before, "after": machine(), "rounds": number, "seconds": seconds,
        "figures": figures, "memory": memory, "skipped": sorted(skipped),
    }  # fmt: skip
    print(report(kept))
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if chosen.compare is not None:
        old = json.loads(chosen.compare.read_text("utf-8"))
        print(f"\nagainst {chosen.compare} ({old['before']['time']}):\n")
        print(comparison(old["figures"], figures))


if __name__ == "__main__":
    main()
