"""Vietnamese: what is read of real text, words a second against the peers, start-up.

    python benchmarks/vietnamese.py [coverage | speed]

Coverage: tokens of UD Vietnamese VTB that stay unknown, and dictionary words of
several syllables that are cut rightly when their spaces are taken out.

Speed, rows: our engine with distinct words and nothing remembered (cold), and on
the running text of UD Vietnamese VTB with its cache filled (warm); epitran's
``vie-Latn``, viphoneme's rule core, and sea-g2p. Peers that are not installed are
said to be skipped. viphoneme's package imports a normaliser, a tokenizer and an
English dictionary that its rules do not need; they are stubbed while it is
imported, so the row shows the rules alone, at their best.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from harness import data_folder, race, table
from peers import PEERS, Reader

from cjkv_phon import Transcriber
from cjkv_phon.vietnamese.orthography import parse

EPITRAN = "epitran"


def peers() -> dict[str, Reader]:
    """Return the peers that are installed; say which are not."""
    found = {}
    for rival in (rival for rival in PEERS if rival.lang == "vi"):
        try:
            found[rival.name] = rival.load()
        except ImportError as error:
            print(f"skipped: {rival.name} ({error})")
    return found


def distinct_words(data: Path) -> list[str]:
    lines = (data / "wikipron" / "vie_latn_hanoi.tsv").read_text(encoding="utf-8").split("\n")
    return list(dict.fromkeys(line.split("\t")[0] for line in lines if line))


def running_words(data: Path) -> list[str]:
    with gzip.open(data / "ud" / "vi_vtb-ud-dev.conllu.gz", "rt", encoding="utf-8") as lines:
        columns = [line.split("\t") for line in lines]
    return [column[1] for column in columns if len(column) == 10 and column[0].isdecimal()]


def start_up() -> float:
    """Return the milliseconds from nothing to a first transcription, the best of ten."""
    code = "from cjkv_phon import Transcriber; Transcriber('vi')(['tiếng Việt'])"
    timed = f"import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", timed]
    return min(float(subprocess.check_output(command)) for _ in range(10)) * 1000


def compare(title: str, words: list[str], ours: dict[str, Callable[[], object]]) -> None:
    """Race our rows against the peers on the same words."""
    rows = dict(ours)
    for name, read in peers().items():
        rows[name] = lambda read=read: read(words)  # type: ignore[misc]
    baseline = EPITRAN if EPITRAN in rows else next(iter(ours))
    header = (title, "words/s", f"× {baseline}")
    print(table(header, race(rows, len(words), baseline=baseline)), end="\n\n")


def coverage(data: Path) -> None:
    """Print what stays unknown of running text, and how written-together words are cut."""
    transcriber = Transcriber("vi")
    words = [word for word in running_words(data) if any(map(str.isalpha, word))]
    unknown = Counter(one.text for one in transcriber(words) if one.status == "unknown")
    share = unknown.total() / len(words)
    print(f"UD: {unknown.total()} of {len(words)} tokens with letters unknown ({share:.2%}):")
    print("; ".join(f"{word} ({n})" if n > 1 else word for word, n in unknown.most_common()))
    native = [
        low
        for low in dict.fromkeys(word.lower() for word in distinct_words(data))
        if " " in low and all((one := parse(part)) and one.core for part in low.split(" "))
    ]
    right = sum(_syllables(transcriber, low.replace(" ", "")) == low for low in native)
    print(
        f"written together: {right} of {len(native)} words cut rightly ({right / len(native):.2%})"
    )


def _syllables(transcriber: Transcriber, text: str) -> str:
    token = transcriber([text])[0]
    return " ".join(text[unit.start : unit.end] for unit in token.units)


def speed(data: Path) -> None:
    """Print the races and the start-up."""
    distinct, running = distinct_words(data), running_words(data)

    def cold() -> object:
        transcriber = Transcriber("vi")
        return transcriber(distinct)

    compare(f"{len(distinct)} distinct words", distinct, {"standard, cold": cold})
    warm = Transcriber("vi")
    warm(running)
    compare(
        f"{len(running)} words of running text",
        running,
        {
            "standard, warm": lambda: warm(running),
            "standard, warm, strings only": lambda: warm(running).ipa,
        },
    )
    print(f"start-up to the first transcription: {start_up():.0f} ms")


def main() -> None:
    data = data_folder()
    topics = {"coverage": coverage, "speed": speed}
    for topic in sys.argv[1:] or topics:
        topics[topic](data)


if __name__ == "__main__":
    main()
