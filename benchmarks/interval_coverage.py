"""How often the intervals of `cjkv-phon-train report` hold the true difference.

Two systems tag 100 sentences of 12 words, with true accuracies of 62 and 60 %;
sentences differ in difficulty, the same for both, and the seeds of a system in
accuracy. An honest 95 % interval holds the true 2 points in 95 of 100 pairs.

    python benchmarks/interval_coverage.py --pairs 600
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from harness import table

from cjkv_phon_train.experiments.statistics import interval

SENTENCES, WORDS = 100, 12
SPREADS = (0.0, 0.01, 0.03)

Array = np.ndarray[Any, Any]


def system(
    rng: np.random.Generator, accuracy: float, spread: float, ease: Array, seeds: int
) -> Array:
    """Draw a system, (seeds, sentences, 2, 1): right words and words."""
    chance = accuracy + rng.normal(0, spread, (seeds, 1)) + ease
    right = rng.binomial(WORDS, np.clip(chance, 0, 1))
    return np.stack([right, np.full_like(right, WORDS)], 2)[..., None]


def coverage(seeds: int, spread: float, pairs: int) -> tuple[float, float]:
    """Return the share of intervals that hold the truth, and their mean width."""
    rng = np.random.default_rng((seeds, int(1000 * spread)))
    held, width = 0, 0.0
    for _ in range(pairs):
        ease = rng.normal(0, 0.15, SENTENCES)
        ours, theirs = (system(rng, level, spread, ease, seeds) for level in (0.62, 0.60))
        low, high = interval(ours, theirs, draws=300)
        held += low <= 2 <= high
        width += high - low
    return held / pairs, width / pairs


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=600)
    options = parser.parse_args()
    rows = []
    for seeds in (1, 3, 5, 10):
        found = [coverage(seeds, spread, options.pairs) for spread in SPREADS]
        rows.append([seeds, *(f"{share:.1%}, width {width:.1f}" for share, width in found)])
    print(table(["seeds", *(f"spread {100 * spread:g} points" for spread in SPREADS)], rows))


if __name__ == "__main__":
    main()
