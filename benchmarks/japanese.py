"""Japanese readings against their peers: accuracy, throughput, start-up and memory.

Rows: this package, SudachiPy alone, pykakasi (skipped where it is not installed).
Run: python benchmarks/japanese.py
"""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import regex
from harness import data_folder, race, table

from cjkv_phon import Transcriber
from cjkv_phon.engine import Sentence
from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.kana import mora_table, to_hiragana
from cjkv_phon.phonexl.legacy import require_legacy, resource_filename, stand_in

JAPANESE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
Read = Callable[[Sequence[str]], list[str]]
Gold = list[list[tuple[str, str]]]


def lexicon(path: Path) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            word, reading = line.split("\t")
            words.setdefault(word, set()).add(to_hiragana(reading))
    return words


def sentences(path: Path) -> Gold:
    out: Gold = [[]]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 10 and fields[0].isdigit():
                unidic = fields[9].partition("UnidicInfo=")[2].split(",")
                out[-1].append((fields[1], unidic[4] if len(unidic) > 4 else ""))
            elif out[-1]:
                out.append([])
    return [sentence for sentence in out if sentence]


def said(kana: str) -> str:
    """Fold what sounds alike: long vowels, ず and づ, じ and ぢ, the loan sound v."""
    kana = to_hiragana(kana).translate(str.maketrans("づぢを", "ずじお"))
    for loan, plain in (
        ("ゔぁ", "ば"),
        ("ゔぃ", "び"),
        ("ゔぇ", "べ"),
        ("ゔぉ", "ぼ"),
        ("ゔ", "ぶ"),
    ):
        kana = kana.replace(loan, plain)
    out, vowel = "", ""
    for char in kana:
        mora = mora_table().get(char)
        long = char == "ー" or (vowel + char) in ("aあ", "iい", "uう", "eえ", "eい", "oお", "oう")
        if vowel and long:
            out += "ー"
        else:
            out += char
            vowel = mora.vowel if mora else ""
    return out


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def ours() -> Read:
    transcriber = Transcriber("ja")
    spoken = {"は": "わ", "へ": "え", "を": "お"}

    def read(tokens: Sequence[str]) -> list[str]:
        return [
            spoken[t.text] if t.text in spoken and t.romanization in ("wa", "e", "o") else t.reading
            for t in transcriber(tokens)
        ]

    return read


def raw() -> Read:
    tokenizer = sudachi.tokenizer()

    def read(tokens: Sequence[str]) -> list[str]:
        if len(tokens) == 1:
            return ["".join(m.reading_form() for m in tokenizer.tokenize(tokens[0]))]
        found = {
            (m.begin(), m.end()): m.reading_form() for m in tokenizer.tokenize("".join(tokens))
        }
        out, at = [], 0
        for token in tokens:
            span = (at, at + len(token))
            at = span[1]
            out.append(
                found.get(span) or "".join(m.reading_form() for m in tokenizer.tokenize(token))
            )
        return out

    return read


def kakasi() -> Read | None:
    try:
        module: Any = require_legacy(
            "pykakasi",
            extra="phonexl",
            stand_ins=stand_in("pkg_resources", resource_filename=resource_filename),
        )
    except ImportError as error:
        print(f"pykakasi: skipped ({error})")
        return None
    converter = module.kakasi()
    return lambda tokens: ["".join(p["hira"] for p in converter.convert(t)) for t in tokens]


def accuracy(rows: dict[str, Read], folder: Path) -> str:
    gold = sentences(folder / "ud" / "ja_gsd-ud-dev.conllu.gz")
    out = []
    for name, read in rows.items():
        cells: list[object] = [name]
        for words in (lexicon(folder / "jmdict" / f"{n}.tsv") for n in ("common", "all")):
            wrong = sum(to_hiragana(read([w])[0]) not in good for w, good in words.items())
            cells.append(100 * wrong / len(words))
        tokens = wrong = edits = length = 0
        for sentence in gold:
            read_as = read([token for token, _ in sentence])
            for (token, right), found in zip(sentence, read_as, strict=True):
                if right and JAPANESE.search(token):
                    a, b = said(found), said(right)
                    tokens, wrong, length = tokens + 1, wrong + (a != b), length + len(b)
                    edits += distance(a, b) if a != b else 0
        out.append([*cells, 100 * wrong / tokens, 100 * edits / length])
    header = ["", "JMdict common WER", "JMdict all WER", "UD token errors", "UD PER"]
    return table(header, out)


def throughput(folder: Path) -> str:
    tokens = [[t for t, _ in s] for s in sentences(folder / "ud" / "ja_gsd-ud-dev.conllu.gz")]
    prepared = [Sentence(tuple(sentence)) for sentence in tokens]
    tokenizer = sudachi.tokenizer()
    known = Transcriber("ja")
    known.transcribe_batch(prepared)
    seen = Transcriber("ja")
    seen.transcribe_batch(prepared)

    def sudachi_alone() -> None:
        for sentence in tokens:
            for m in tokenizer.tokenize("".join(sentence)):
                m.surface(), m.reading_form()

    def new_sentences() -> None:
        known._engine._sentences.clear()  # type: ignore[attr-defined]
        known.transcribe_batch(prepared)

    rows: dict[str, Callable[[], object]] = {
        "SudachiPy alone": sudachi_alone,
        "first sight of every word": lambda: Transcriber("ja").transcribe_batch(prepared),
        "new sentences of known words": new_sentences,
        "repeated sentences": lambda: seen.transcribe_batch(prepared),
    }
    other = kakasi()
    if other is not None:
        rows["pykakasi, warm"] = lambda: [other(sentence) for sentence in tokens]
    count = sum(map(len, tokens))
    return table(["", "tokens/s", "× SudachiPy"], race(rows, count, baseline="SudachiPy alone"))


def start() -> str:
    code = "from cjkv_phon import Transcriber; Transcriber('ja')(['今日', 'は'])"
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - begun)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"process start to first result: {sorted(times)[1]:.2f} s; peak memory {memory:.0f} MB"


def main() -> None:
    folder = data_folder()
    rows = {"cjkv_phon": ours(), "SudachiPy": raw()}
    other = kakasi()
    if other is not None:
        rows["pykakasi"] = other
    print(accuracy(rows, folder), throughput(folder), start(), sep="\n\n")


if __name__ == "__main__":
    main()
