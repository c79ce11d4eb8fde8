"""Derive from the counts of ``cjkv_phon/japanese/data/kanji.tsv`` what is looked up first.

Writes, for each kanji, the costs of its readings as a third column, and ``readings.tsv``,
how likely each reading is over all kanji. Both are sums over the counts; they are stored
so that a process that reads a thousand words need not add up four thousand kanji.

Run: python tools/make_japanese_tables.py
"""

from __future__ import annotations

from math import log
from pathlib import Path

from cjkv_phon.japanese.kanji import costs, kanji_readings
from cjkv_phon.japanese.morphemes import STRAY

DATA = Path(__file__).resolve().parents[1] / "cjkv_phon" / "japanese" / "data"
NAMES = 0.02

HEADER = """\
# How likely each reading of a kanji is, over all kanji: reading, natural logarithm of its share.
# A count in names counts a fiftieth. Rarer readings of two kana or more are left out.
# Source: summed over kanji.tsv by tools/make_japanese_tables.py. Licence: Apache-2.0, as there.
"""


def main() -> None:
    """Rewrite both tables from the counts."""
    table = DATA / "kanji.tsv"
    lines = table.read_text(encoding="utf-8").split("\n")
    counts: dict[str, float] = {}
    for number, line in enumerate(lines):
        if not line or line.startswith("#"):
            continue
        kanji, readings = line.split("\t")[:2]
        for reading in kanji_readings(kanji):
            weight = reading.general + NAMES * reading.names
            counts[reading.kana] = counts.get(reading.kana, 0.0) + weight
        prices = costs(kanji_readings(kanji)).values()
        lines[number] = f"{kanji}\t{readings}\t{' '.join(f'{price:.5g}' for price in prices)}"
    table.write_text("\n".join(lines), encoding="utf-8")
    total = sum(counts.values())
    likely = {kana: log(count / total) for kana, count in counts.items()}
    rows = [
        f"{kana}\t{price:.5f}"
        for kana, price in sorted(likely.items())
        if price >= STRAY or len(kana) == 1
    ]
    text = HEADER + "\n".join(rows) + "\n"
    (DATA / "readings.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
