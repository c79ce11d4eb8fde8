"""One row of the performance table, measured in a process of its own.

    python benchmarks/probe.py '{"row": "ko/standard", "part": "words", "seconds": 1}'

A fresh process has empty memories, a memory of its own to measure, and none of the
side effects of what other rows import. `performance` starts one a row and part, in
turn. It prints one line of JSON.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from corpus import sentences_of
from harness import data_folder

START = time.perf_counter()

from cjkv_phon.schemes import BUILT_IN  # noqa: E402 - it is part of the start-up

WORDS = {
    "zh": "cedict/words.tsv",
    "ja": "jmdict/common.tsv",
    "ko": "wikipron/kor_hang.tsv",
    "vi": "wikipron/vie_latn_hanoi.tsv",
}
FIRST = {"zh": "银行行长", "ja": "日本語の本", "ko": "독립 만세", "vi": "điện tử"}
JOINER = {"zh": "", "ja": "", "ko": " ", "vi": " "}
WORDS_A_CALL = 500
PASSES = 5
CORPUS_TOKENS = 1_000_000

T = TypeVar("T")
Read = Callable[[list[T]], object]


@dataclass(frozen=True)
class Task:
    """What to measure.

    Attributes:
        row: ``language/scheme``, or ``language/name`` of a peer.
        part: ``words`` (distinct words, nothing remembered), ``text`` (running
            text, new at first and then repeated) or ``memory`` (a corpus).
        seconds: Time after which a slow row stops; its rate is that of what it did.
        limit: Most words and sentences; 0 for all.
        source: Where the distinct words are from: ``dictionary`` or ``text``.
    """

    row: str
    part: str
    seconds: float = 2.0
    limit: int = 0
    source: str = "dictionary"

    @property
    def lang(self) -> str:
        """Language code."""
        return self.row.partition("/")[0]

    @property
    def name(self) -> str:
        """The scheme or the peer."""
        return self.row.partition("/")[2]


def distinct_words(lang: str, source: str = "dictionary") -> list[str]:
    if source == "text":
        return list(dict.fromkeys(token for sentence in sentences_of(lang) for token in sentence))
    text = (data_folder() / WORDS[lang]).read_text(encoding="utf-8")
    words = (line.split("\t")[0] for line in text.split("\n"))
    return list(dict.fromkeys(word for word in words if word))


def peak_megabytes() -> float:
    """Return the most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def own_bytes() -> float:
    """Return the memory that is this process's own now, mapped files left out if possible."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return peak_megabytes() * (1 << 20)
    return float(status.partition("RssAnon:")[2].split()[0]) * 1024


def rate(
    read: Read[T], parts: Sequence[list[T]], sizes: Sequence[int], seconds: float
) -> tuple[float, int]:
    """Return items a second, and how many: parts are read until the time is over."""
    gc.collect()
    done = 0
    start = time.perf_counter()
    for part, size in zip(parts, sizes, strict=True):
        read(part)
        done += size
        if time.perf_counter() - start > seconds:
            break
    return done / (time.perf_counter() - start), done


def words_of(read: Read[str], task: Task, start_up: float) -> dict[str, float]:
    """Read words that were never seen; what memory grows by is what is remembered of them."""
    words = distinct_words(task.lang, task.source)
    words = words[:: max(1, len(words) // task.limit)] if task.limit else words
    parts = [words[n : n + WORDS_A_CALL] for n in range(0, len(words), WORDS_A_CALL)]
    before = own_bytes()
    found, done = rate(read, parts, [len(part) for part in parts], task.seconds)
    return {
        "words_per_second": found,
        "from_nothing_per_second": len(words) / (start_up + len(words) / found),
        "megabytes": peak_megabytes(),
        "bytes_per_word": (own_bytes() - before) / done,
    }


def text_of(read: Read[Any], units: list[Any], sizes: list[int], task: Task) -> dict[str, float]:
    """Read running text once, then again and again."""
    step = 50 if task.limit else max(1, len(units) // 10)
    parts = [units[n : n + step] for n in range(0, len(units), step)]
    counts = [sum(sizes[n : n + step]) for n in range(0, len(units), step)]
    new, _ = rate(read, parts, counts, task.seconds)
    whole, count = [units], [sum(sizes)]
    if count[0] / new > task.seconds:  # slow: what it does on a part has to do
        whole, count = parts, counts
    again = 0.0
    stop = time.perf_counter() + task.seconds
    for _ in range(PASSES):
        again = max(again, rate(read, whole, count, task.seconds)[0])
        if time.perf_counter() > stop:
            break
    return {"new_per_second": new, "again_per_second": again, "megabytes": peak_megabytes()}


def memory_of(task: Task) -> dict[str, float]:
    """Read a corpus of new sentences: what the process holds after a fifth, and after all."""
    from cjkv_phon import Transcriber

    draw = random.Random(1)
    sentences = sentences_of(task.lang)
    words = distinct_words(task.lang)
    wanted = task.limit * 10 or CORPUS_TOKENS
    stop = time.perf_counter() + task.seconds
    found: dict[str, float] = {}
    done = 0

    def corpus() -> Iterator[list[str]]:
        while True:
            sentence = [*draw.choice(sentences), draw.choice(words), f"{draw.choice(words)}{done}"]
            draw.shuffle(sentence)
            yield sentence

    for result in Transcriber(task.lang, scheme=task.name).pipe(corpus()):
        done += len(result.ipa)
        if done >= wanted // 5:
            found.setdefault("megabytes_fifth", peak_megabytes())
            if done >= wanted or time.perf_counter() > stop:
                break
    return found | {"tokens": done, "megabytes_all": peak_megabytes()}


def measure(task: Task) -> dict[str, float]:
    """Return the figures of one row and part."""
    if task.part == "memory":
        return memory_of(task)
    read_words, read_text = ours(task) if (task.name, task.lang) in BUILT_IN else theirs(task)
    found = {"start_up": time.perf_counter() - START}
    if task.part == "words":
        return found | words_of(read_words, task, found["start_up"])
    sentences = sentences_of(task.lang)
    return found | read_text(sentences[: task.limit] if task.limit else sentences, task)


Text = Callable[[list[list[str]], Task], dict[str, float]]


def ours(task: Task) -> tuple[Read[str], Text]:
    """Return how we read words and text, strings only.

    Words are given as sentences of one token. Of the text, tokens that are read
    without context are given at once, as the peers get them; else sentences.
    """
    from cjkv_phon import Transcriber

    transcriber = Transcriber(task.lang, scheme=task.name)
    transcriber([FIRST[task.lang]])
    by_sentence = task.row in ("zh/standard", "ja/standard", "vi/phonexl")

    def words(texts: list[str]) -> object:
        if by_sentence:
            return [result.ipa for result in transcriber.pipe([text] for text in texts)]
        return transcriber(texts).ipa

    def text(sentences: list[list[str]], task: Task) -> dict[str, float]:
        if by_sentence:
            sizes = [len(sentence) for sentence in sentences]
            return text_of(
                lambda part: [result.ipa for result in transcriber.pipe(part)],
                sentences, sizes, task,
            )  # fmt: skip
        tokens = [token for sentence in sentences for token in sentence]
        return text_of(lambda part: transcriber(part).ipa, tokens, [1] * len(tokens), task)

    return words, text


def theirs(task: Task) -> tuple[Read[str], Text]:
    """Return how a peer reads words and text."""
    from peers import peer

    one = peer(task.name)
    read = one.load()
    read([FIRST[task.lang]])

    def text(sentences: list[list[str]], task: Task) -> dict[str, float]:
        if one.takes == "sentences":
            joined = [JOINER[task.lang].join(sentence) for sentence in sentences]
            return text_of(read, joined, [len(sentence) for sentence in sentences], task)
        tokens = [token for sentence in sentences for token in sentence]
        return text_of(read, tokens, [1] * len(tokens), task)

    return read, text


def main() -> None:
    task = Task(**json.loads(sys.argv[1]))
    try:
        print(json.dumps(asdict(task) | measure(task)))
    except ImportError as error:
        print(json.dumps(asdict(task) | {"skipped": str(error)}))


if __name__ == "__main__":
    main()
