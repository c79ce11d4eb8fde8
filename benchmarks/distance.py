"""Phonetic distance of 100,000 pairs of words against PanPhon's own.

    python benchmarks/distance.py [--pairs 100000]

Words are made of segments that PanPhon keeps whole, so that both measure the
same thing; both are given strings and cut them themselves. PanPhon is timed
once on every pair in the same run, in turn with ours.
"""

from __future__ import annotations

import argparse
import unicodedata

import numpy as np
from harness import race, table

from cjkv_phon.phones import distances

# Segments of the four languages' broad transcriptions.
SEGMENTS = (
    "p t k pʰ tʰ kʰ b d ɡ ɕ ʑ s z h ç ɸ m n ɲ ŋ ɴ l ɾ r j w f v x ɣ ʂ ʐ t͡ɕ t͡ɕʰ d͡ʑ t͡s t͡sʰ ʈ͡ʂ ʈ͡ʂʰ "
    "kʲ ɡʲ a i u e o ɯ ʌ ɛ ɔ ə ɤ ɨ y oː aː iː eː uː"
).split()


def words(count: int, seed: int, whole: list[str]) -> list[str]:
    """Draw words of 2 to 12 segments, as long as those of the four languages."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(2, 13, size=count)
    return ["".join(rng.choice(whole, size=length)) for length in lengths]


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--vocabulary", type=int, default=20_000, help="different words a side")
    arguments = parser.parse_args()
    try:
        from panphon.distance import Distance
    except ImportError:
        raise SystemExit("skipped: panphon is not installed") from None
    panphon = Distance()
    whole = [s for s in SEGMENTS if panphon.fm.ipa_segs(s) == [unicodedata.normalize("NFD", s)]]
    rng = np.random.default_rng(1)
    vocabulary = words(arguments.vocabulary, 2, whole), words(arguments.vocabulary, 3, whole)
    picks = rng.integers(0, arguments.vocabulary, size=(2, arguments.pairs))
    sources, targets = (
        [side[k] for k in pick] for side, pick in zip(vocabulary, picks, strict=True)
    )
    found: dict[str, object] = {}

    def theirs() -> None:
        measure = panphon.weighted_feature_edit_distance
        found["panphon"] = [measure(a, b) for a, b in zip(sources, targets, strict=True)]

    def ours() -> None:
        found["cjkv_phon"] = distances(sources, targets)

    rows = race(
        {"panphon": theirs, "cjkv_phon": ours}, arguments.pairs, baseline="panphon", rounds=1
    )
    print(table(("", "pairs/s", "times PanPhon"), rows))
    difference = np.abs(np.asarray(found["panphon"]) - np.asarray(found["cjkv_phon"]))
    # A stop and a fricative that meet are one affricate to us and two segments to PanPhon.
    same = difference < 1e-9
    print(
        f"\n{same.mean():.2%} of the values agree within 1e-9; the others hold t + s and the like"
    )


if __name__ == "__main__":
    main()
