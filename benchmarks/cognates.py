"""Finding translations by sound: how often the right one sounds nearest.

    python benchmarks/cognates.py [--candidates 250] [--seeds 5] [--first-seed 0]

From the bilingual dictionaries of the released PhoneXL data, pairs whose source
is written in the source's own script and whose target is in the target's (no
Latin copies). A seed draws 250 pairs; each source is asked which of the 250
targets sounds nearest. Recall@1 is how often that is its translation (of n
equally near ones the translation counts 1/n). Chance is 1/250. Most translations
are no cognates, so 1 cannot be reached.

Rows are schemes: ``phonexl`` is the IPA that the released dictionaries hold.
Columns are distance profiles; in the last one the same distance is PanPhon's,
divided by the length.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import regex
from harness import data_folder, table

from cjkv_phon.comparison import speak_all
from cjkv_phon.phones import LOAN, PANPHON, Profile, distance_matrix, segments

PROFILES = {
    "loan": LOAN,
    "PanPhon": PANPHON,
    "PanPhon / length": dataclasses.replace(PANPHON, normalize="length"),
}


class Pair(NamedTuple):
    """A word, its translation, and their segments by scheme."""

    source: str
    target: str
    phonexl: tuple[Sequence[str], Sequence[str]]
    standard: tuple[Sequence[str], Sequence[str]]


SCRIPTS = {
    "zh": r"\p{Han}",
    "ja": r"[\p{Han}\p{Hiragana}\p{Katakana}]",
    "ko": r"\p{Hangul}",
    "vi": r"\p{Latin}",
}
# Name → languages, and what source and target have to look like beside that.
TASKS = {
    "ja–ko": ("ja", "ko", "", ""),
    "ja–ko, kanji only": ("ja", "ko", r"^\p{Han}+$", ""),
    "zh–vi": ("zh", "vi", "", ""),
    # More than half of the targets are English words that were never translated.
    "zh–vi, target not ASCII": ("zh", "vi", "", r"[^\p{ASCII}]"),
}


def load(source: str, target: str) -> list[Pair]:
    """Read a dictionary and transcribe both sides anew."""
    path = data_folder() / "phonexl" / f"{source}-{target}-dict.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    left, right = SCRIPTS[source], SCRIPTS[target]
    rows = [row for row in rows if regex.search(left, row[0]) and regex.search(right, row[2])]
    spoken = [
        speak_all(source, [row[0] for row in rows]),
        speak_all(target, [row[2] for row in rows]),
    ]
    return [
        Pair(row[0], row[2], (segments(row[1]), segments(row[3])), (a.segments, b.segments))
        for row, a, b in zip(rows, *spoken, strict=True)
    ]


def recall(
    pairs: Sequence[Pair], scheme: str, profile: Profile, count: int, seeds: range
) -> list[float]:
    """Return recall@1 of each seed."""
    found = []
    for seed in seeds:
        drawn = [getattr(p, scheme) for p in random.Random(seed).sample(pairs, count)]
        matrix = distance_matrix([a for a, _ in drawn], [b for _, b in drawn], profile)
        right = np.diag(matrix)[:, None]
        nearer = (matrix < right - 1e-9).sum(axis=1)
        equal = (np.abs(matrix - right) < 1e-9).sum(axis=1)
        found.append(float(np.where(nearer == 0, 1 / equal, 0).mean()))
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=250)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=0, help="100 draws other pairs")
    arguments = parser.parse_args()
    seeds = range(arguments.first_seed, arguments.first_seed + arguments.seeds)
    rows: list[list[object]] = []
    known: dict[tuple[str, str], list[Pair]] = {}
    for name, (source, target, left, right) in TASKS.items():
        if (source, target) not in known:
            known[source, target] = load(source, target)
        pairs = [
            pair
            for pair in known[source, target]
            if regex.search(left, pair.source) and regex.search(right, pair.target)
        ]
        for scheme in ("phonexl", "standard"):
            cells: list[object] = [name, len(pairs), scheme]
            for profile in PROFILES.values():
                values = recall(pairs, scheme, profile, arguments.candidates, seeds)
                cells.append(f"{np.mean(values):.3f} ± {np.std(values):.3f}")
            rows.append(cells)
    print(f"recall@1 among {arguments.candidates}, mean ± deviation of {arguments.seeds} seeds\n")
    print(table(("", "pairs", "scheme", *PROFILES), rows))


if __name__ == "__main__":
    main()
