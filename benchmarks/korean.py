"""Korean: error rates against WikiPron, speed against ko-pron and g2pK, start-up.

    python benchmarks/korean.py                 # everything
    python benchmarks/korean.py accuracy|speed|startup|morphology

Peers are measured where they are installed (``pip install ko-pron g2pk kiwipiepy``) and said to
be skipped where they are not.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from harness import data_folder, race, table

from cjkv_phon import Transcriber
from cjkv_phon.evaluation import distance, folding_table, normalizer, read_lexicon, segment
from cjkv_phon.korean import facts, hangul, phonology

# The convention of English Wiktionary writes long ㅓ and ㅐ with letters of their own.
SHORTENED = (("ɘː", "ʌ̹"), ("ɛː", "e̞"), ("joː", "jo"), ("ː", ""))


def gold_words() -> dict[str, tuple[str, ...]]:
    with (data_folder() / "wikipron" / "kor_hang.tsv").open(encoding="utf-8") as lines:
        return read_lexicon(lines)


def hangul_words() -> list[str]:
    return [word for word in gold_words() if all(map(hangul.is_syllable, word))]


def running_tokens() -> list[str]:
    """Return the tokens of running text, repeated as they come, that are all Hangul."""
    path = data_folder() / "ud" / "ko_gsd-ud-dev.conllu.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines if line[0].isdigit())
        tokens = [field[1] for field in fields if field[0].isdigit()]
    return [token for token in tokens if all(map(hangul.is_syllable, token))]


def shortened(text: str) -> str:
    for long, short in SHORTENED:
        text = text.replace(long, short)
    return text


def rates(detail: str, normal: Callable[[str], str]) -> tuple[float, float]:
    """Return word and phone error rate in per cent; the nearest of several golds counts."""
    gold = gold_words()
    wrong = edits = length = 0
    for word, sound in zip(gold, Transcriber("ko", detail=detail)(list(gold)).ipa, strict=True):
        ours = segment(normal(sound))
        fewest, size = min(
            (distance(cut, ours), len(cut)) for cut in map(segment, map(normal, gold[word]))
        )
        wrong += fewest > 0
        edits += fewest
        length += size
    return 100 * wrong / len(gold), 100 * edits / length


def accuracy() -> None:
    strict = normalizer()
    rows = [
        ["broad, folded", *rates("broad", normalizer(folding_table("ko")))],
        ["narrow", *rates("narrow", strict)],
        ["narrow, length ignored", *rates("narrow", lambda text: shortened(strict(text)))],
    ]
    print(table(["WikiPron kor_hang", "WER %", "PER %"], rows))
    text = running_tokens()
    unknown = sum(status == "unknown" for status in Transcriber("ko")(text).status)
    print(f"\nUD tokens in Hangul: {len(text)}, of them unknown: {unknown}")


def peers() -> Iterator[tuple[str, Callable[[list[str]], object]]]:
    """Yield the installed peers, and say which are not."""
    for name, package, call in (
        ("ko-pron", "ko_pron", lambda m: lambda words: [m.romanise(w, "ipa") for w in words]),
        ("g2pK", "g2pk", lambda m: _each(_without_english(m))),
    ):
        try:
            yield name, call(importlib.import_module(package))
        except Exception as error:
            print(f"skipped: {name} ({type(error).__name__}: {str(error).strip()[:60]})\n")


def _without_english(module: Any) -> Callable[[str], object]:
    """Build g2pK with an empty CMUdict: that is a download, and for English words only."""
    cmudict = type("Empty", (), {"dict": staticmethod(dict)})
    importlib.import_module("g2pk.g2pk").cmudict = cmudict
    g2p: Callable[[str], object] = module.G2p()
    return g2p


def _each(function: Callable[[str], object]) -> Callable[[list[str]], object]:
    return lambda words: [function(word) for word in words]


def cold(words: list[str], detail: str) -> None:
    """Transcribe with every memory of former words emptied."""
    for memo in (
        hangul.DECOMPOSED, hangul.COMPOSED, phonology.STARTS, phonology.ENDS,
        phonology.CONTACTS, phonology.WRITTEN, facts.CLUES,
    ):  # fmt: skip
        memo.clear()
    Transcriber("ko", detail=detail)(words)


def speed() -> None:
    words, text = hangul_words(), running_tokens()
    others = dict(peers())
    rows: dict[str, Callable[[], object]] = {
        "cjkv_phon broad, cold": lambda: cold(words, "broad"),
        "cjkv_phon narrow, cold": lambda: cold(words, "narrow"),
    }
    for name, call in others.items():
        if name != "g2pK":
            rows[name] = lambda call=call: call(words)  # type: ignore[misc]
    if "g2pK" in others:
        few = words[:: len(words) // 40]
        slow = {"g2pK": lambda: others["g2pK"](few), "ours": lambda: cold(words, "broad")}
        theirs, ours = race(slow, 1, baseline="g2pK", rounds=3)
        # The two rows have not the same number of words.
        ratio = ours[2] * len(words) / len(few)
        print(f"g2pK: {theirs[1] * len(few):.0f} words/s; cjkv_phon broad, cold: {ratio:.0f}x\n")
    first = next(iter(rows))
    baseline = "ko-pron" if "ko-pron" in others else first
    result = race(rows, len(words), baseline=baseline)
    print(table([f"{len(words)} distinct words", "words/s", f"x {baseline}"], result))
    warm = Transcriber("ko", detail="narrow")
    again: dict[str, Callable[[], object]] = {"cjkv_phon narrow, warm": lambda: warm(text)}
    if "ko-pron" in others:
        again["ko-pron"] = lambda: others["ko-pron"](text)
    baseline = "ko-pron" if "ko-pron" in others else "cjkv_phon narrow, warm"
    print()
    print(
        table(
            [f"{len(text)} UD tokens", "tokens/s", f"x {baseline}"],
            race(again, len(text), baseline=baseline),
        )
    )


def startup() -> None:
    """Measure processes: from nothing to the first transcription, less a bare interpreter."""
    ours = "from cjkv_phon import Transcriber; Transcriber('ko')(['독립'])"
    seconds: dict[str, list[float]] = {"pass": [], ours: []}
    for _ in range(7):
        for code, times in seconds.items():
            before = os.times()
            subprocess.run([sys.executable, "-c", code], check=True)
            after = os.times()
            times.append(
                after.children_user
                - before.children_user
                + after.children_system
                - before.children_system
            )
    bare, full = (statistics.median(times) for times in seconds.values())
    print(
        f"start-up to the first word: {1000 * (full - bare):.0f} ms of CPU over a bare interpreter"
    )


def morphology() -> None:
    """Measure what a morphological analyser could add: its seams of compounds."""
    try:
        kiwi: Any = importlib.import_module("kiwipiepy").Kiwi()
    except Exception as error:
        print(f"skipped: kiwipiepy ({type(error).__name__}: {error})")
        return
    fold = normalizer(folding_table("ko"))
    gold = {word: set(map(fold, sounds)) for word, sounds in gold_words().items()}
    sounds = zip(gold, Transcriber("ko")(list(gold)).ipa, strict=True)
    wrong = [word for word, sound in sounds if fold(sound) not in gold[word]]
    seams = sum(1 for word in wrong if sum(t.tag[0] == "N" for t in kiwi.tokenize(word)) > 1)
    right = [word for word in gold if word not in set(wrong)]
    sample = right[:: max(1, len(right) // 1000)]
    same = sum(1 for word in sample if sum(t.tag[0] == "N" for t in kiwi.tokenize(word)) > 1)
    print(
        f"kiwipiepy sees a seam between nouns in {seams} of the {len(wrong)} words that are wrong "
        f"and in {same} of {len(sample)} that are right"
    )


def main() -> None:
    parts = {"accuracy": accuracy, "speed": speed, "startup": startup, "morphology": morphology}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="*", metavar="part", help=", ".join(parts))
    chosen = parser.parse_args().part
    if unknown := set(chosen) - set(parts):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for part in chosen or parts:
        parts[part]()
        print()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
