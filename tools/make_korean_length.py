"""Compile the Sino-Korean rows of ``cjkv_phon/korean/data/length.tsv``.

    python tools/make_korean_length.py HANJA.TXT

``HANJA.TXT`` is the list of Sino-Korean words of libhangul (``hanja.txt``; package
``libhangul-data`` of Debian). The rows ``hanja`` of the table name the Hanja whose vowel is long,
the rows ``usual`` decide between words spelled alike; from them and the list this script writes the
rows ``sino`` anew: for each reading what is more common among its first two syllables, and the
second syllables of the others. Every word of the list that begins with the two syllables is a vote.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from cjkv_phon.korean.hangul import decompose, is_syllable

TABLE = Path(__file__).parents[1] / "cjkv_phon" / "korean" / "data" / "length.tsv"


def votes(lines: Iterable[str], long: dict[str, set[str]]) -> dict[str, bool]:
    """Return two syllables to whether the first is long in most words that begin so."""
    counted: dict[str, Counter[bool]] = defaultdict(Counter)
    for line in lines:
        word, _, rest = line.partition(":")
        hanja = rest.partition(":")[0]
        if line[0] != "#" and len(word) == len(hanja) > 1 and word[0] in long:
            counted[word[:2]][hanja[0] in long[word[0]]] += 1
    return {pair: count[True] > count[False] for pair, count in counted.items()}


def sino_rows(decided: dict[str, bool]) -> Iterator[str]:
    """Write the rows, the smaller half of the second syllables named."""
    readings: dict[str, dict[bool, list[str]]] = defaultdict(lambda: {True: [], False: []})
    for pair, is_long in sorted(decided.items()):
        readings[pair[0]][is_long].append(pair[1])
    for first, seconds in readings.items():
        # What is not in the list is native, and ㅐ is mostly long in native words too.
        vowel = decompose(first)
        default = len(seconds[True]) > len(seconds[False]) or vowel[1:] == ("ㅐ", "")
        named = "".join(seconds[not default])
        yield f"sino\t{first}\t{'long' if default else 'short'}\t{named}"


def main(path: str) -> None:
    """Rewrite the table from the list of words at ``path``."""
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:5] != "sino\t"]
    fields = [row.split("\t") for row in rows]
    long = {row[1]: set(row[2]) for row in fields if row[0] == "hanja"}
    with open(path, encoding="utf-8") as lines:
        decided = votes((line for line in lines if line.strip()), long)
    decided = {pair: value for pair, value in decided.items() if all(map(is_syllable, pair))}
    for row in fields:
        if row[0] == "usual":
            decided.update((row[1] + second, row[2] == "long") for second in row[3])
    TABLE.write_text("\n".join([*rows, *sino_rows(decided)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
