"""A corpus through the command line: processes, memory, kills.

Run it with ``python benchmarks/corpus.py [--lang ko] [--tokens 2000000] [--kills 20]``.
It makes a CoNLL file of that many tokens out of the running text of the UD dev
set (sentences drawn at random, their tokens shuffled, so that few repeat), and
measures ``cjkv-phon transcribe``:

* one process against two, as a ratio in one run;
* peak memory for a tenth of the file and for the whole of it;
* runs killed at random moments and resumed: is the result byte-identical?
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from harness import data_folder, table

UD = {"zh": "zh_gsd", "ja": "ja_gsd", "ko": "ko_gsd", "vi": "vi_vtb"}


class Run(NamedTuple):
    """One finished command."""

    seconds: float
    megabytes: float


def sentences_of(lang: str) -> list[list[str]]:
    path = data_folder() / "ud" / f"{UD[lang]}-ud-dev.conllu.gz"
    found: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for block in lines.read().split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n")]
            tokens = [row[1] for row in rows if len(row) == 10 and row[0].isdecimal()]
            if tokens:
                found.append(tokens)
    return found


def write_corpus(path: Path, sentences: list[list[str]], tokens: int, seed: int = 1) -> None:
    draw = random.Random(seed)
    count = 0
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        while count < tokens:
            sentence = list(draw.choice(sentences))
            draw.shuffle(sentence)
            count += len(sentence)
            out.write("".join(f"{token}\tX\n" for token in sentence) + "\n")


def command(lang: str, source: Path, target: Path, *more: str) -> list[str]:
    head = [sys.executable, "-m", "cjkv_phon", "transcribe", str(source), "-l", lang]
    return [*head, "--format", "conll", "-o", str(target), *more]


def measure(arguments: list[str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(arguments)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"failed ({status}): {' '.join(arguments)}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def kill_and_resume(lang: str, source: Path, folder: Path, kills: int, seconds: float) -> int:
    """Kill runs with SIGKILL at random moments, resume them, count those that are identical."""
    whole = folder / "whole.conll"
    measure(command(lang, source, whole))
    expected, draw, same = digest(whole), random.Random(2), 0
    for number in range(kills):
        target = folder / f"killed{number}.conll"
        process = subprocess.Popen(command(lang, source, target, "--resume"))
        time.sleep(draw.uniform(0.3, max(0.4, seconds)))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if not target.exists():
            measure(command(lang, source, target, "--resume"))
        same += digest(target) == expected
        target.unlink()
    return same


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", default="ko", choices=sorted(UD))
    parser.add_argument("--tokens", type=int, default=2_000_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    sentences = sentences_of(chosen.lang)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large, small, out = folder / "large.conll", folder / "small.conll", folder / "out.conll"
        write_corpus(large, sentences, chosen.tokens)
        write_corpus(small, sentences, chosen.tokens // 10)
        ratios, rows = [], []
        for number in range(chosen.rounds):
            one = measure(command(chosen.lang, large, out))
            two = measure(command(chosen.lang, large, out, "-j", "2"))
            ratios.append(one.seconds / two.seconds)
            rows.append([number + 1, chosen.tokens / one.seconds, chosen.tokens / two.seconds])
        little = measure(command(chosen.lang, small, out))
        lang, tokens = chosen.lang, chosen.tokens
        print(table([f"{lang}, {tokens} tokens", "1 process, tokens/s", "2 processes"], rows))
        print(f"\ntwo processes: {sorted(ratios)[len(ratios) // 2]:.2f}x one")
        print(
            f"peak memory: {little.megabytes:.0f} MB for {tokens // 10} tokens, "
            f"{one.megabytes:.0f} MB for {tokens} ({one.megabytes / little.megabytes:.3f}x)"
        )
        same = kill_and_resume(lang, small, folder, chosen.kills, little.seconds)
        print(f"killed and resumed: {same} of {chosen.kills} byte-identical")


if __name__ == "__main__":
    main()
