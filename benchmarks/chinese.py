"""Mandarin: polyphones in context, dictionary words, words a second against the peers, start-up.

    python benchmarks/chinese.py [accuracy | speed | cold | start]

Accuracy: the CPP benchmark of g2pM (one polyphone a sentence), given as raw text,
as single characters and as one token, in simplified characters and converted to
traditional ones by OpenCC; words of CC-CEDICT given alone, with and without tones,
each with the layer of CC-CEDICT (which holds those words) and without it.
The network's predictions are compared with those of the installed g2pM.

Speed: running text of UD Chinese GSD. Rows of ours: cold (tables loaded anew,
nothing parsed or remembered), new text (tables parsed, no sentence remembered),
warm (sentences remembered). Peers read the same sentences joined, as they expect;
their loading is not counted. Peers that are not installed are said to be skipped.

Cold: distinct words, nothing remembered, ours and each peer in a process of its own, in
turn: once everything is loaded, and with all imports and tables in the measured time.

Set OMP_NUM_THREADS=1 for stable figures on a busy machine.
"""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median

from harness import data_folder, race, table
from peers import PEERS as ALL_PEERS
from performance import probe
from probe import Task

from cjkv_phon import Transcriber
from cjkv_phon.chinese import engine, phrases
from cjkv_phon.chinese.polyphones import polyphone_model
from cjkv_phon.engine import Sentence

MARK = "▁"
BATCH = 500
Reader = Callable[[str], list[str]]
Item = tuple[str, int, str]
"""A sentence, the offset of its polyphone, the gold reading."""


def plain(reading: str) -> str:
    """Write ü one way, whatever a tool or a gold set writes."""
    return reading.replace("u:", "v").replace("ü", "v")


def cpp(data: Path) -> list[Item]:
    marked = (data / "cpp" / "dev.sent").read_text(encoding="utf-8").split("\n")
    gold = (data / "cpp" / "dev.lb").read_text(encoding="utf-8").split("\n")
    return [
        (line.replace(MARK, ""), line.index(MARK), plain(label))
        for line, label in zip(marked, gold, strict=True)
        if line
    ]


def lexicon(data: Path) -> dict[str, list[list[str]]]:
    words: dict[str, list[list[str]]] = defaultdict(list)
    for line in (data / "cedict" / "words.tsv").read_text(encoding="utf-8").split("\n"):
        if line:
            word, reading = line.split("\t")
            words[word].append(plain(reading).split())
    return words


def running_text(data: Path) -> list[Sentence]:
    sentences = []
    tokens: list[str] = []
    with gzip.open(data / "ud" / "zh_gsd-ud-dev.conllu.gz", "rt", encoding="utf-8") as file:
        for line in file:
            if line == "\n":
                sentences.append(Sentence(tuple(tokens)))
                tokens = []
            elif line.partition("\t")[0].isdecimal():
                tokens.append(line.split("\t")[1])
    return sentences


def readings(zh: Transcriber, sentences: Iterable[Sentence]) -> list[dict[int, str]]:
    """Return the reading of each character by its offset in the joined tokens."""
    found = []
    for result in zh.pipe(sentences, batch_size=BATCH):
        by_offset = {}
        offset = 0
        for token in result:
            for unit in token.units:
                by_offset[offset + unit.start] = unit.reading
            offset += len(token.text)
        found.append(by_offset)
    return found


def polyphone_accuracy(zh: Transcriber, items: Sequence[Item], form: str) -> float:
    """Return the share of polyphones that are right, in per cent."""
    if form == "text":
        sentences = [zh.segment(text) for text, _, _ in items]
        # White space is left out of the tokens, so it is left out of the offsets.
        places = [len("".join(text[:place].split())) for text, place, _ in items]
    else:
        cut = tuple if form == "characters" else lambda text: (text,)
        sentences = [Sentence(tuple(cut(text))) for text, _, _ in items]
        places = [place for _, place, _ in items]
    found = readings(zh, sentences)
    right = sum(
        by_offset.get(place) == gold
        for by_offset, place, (_, _, gold) in zip(found, places, items, strict=True)
    )
    return 100 * right / len(items)


def word_errors(read: Reader, words: dict[str, list[list[str]]]) -> tuple[float, float]:
    """Return word error rates in per cent, with tones and without."""

    def bare(reading: Sequence[str]) -> list[str]:
        return [syllable.rstrip("12345") for syllable in reading]

    wrong = wrong_bare = 0
    for word, golds in words.items():
        reading = [plain(syllable) for syllable in read(word)]
        wrong += reading not in golds
        wrong_bare += bare(reading) not in map(bare, golds)
    return 100 * wrong / len(words), 100 * wrong_bare / len(words)


def ours(zh: Transcriber) -> Reader:
    return lambda text: [unit.reading for token in zh([text]) for unit in token.units]


def pypinyin_stock() -> Reader:
    from pypinyin import Style, lazy_pinyin

    def read(text: str) -> list[str]:
        return lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors=list)

    return read


def pypinyin_large() -> Reader:
    from pypinyin_dict.phrase_pinyin_data import large_pinyin

    read = pypinyin_stock()
    large_pinyin.load()
    return read


def g2pm() -> Reader:
    from g2pM import G2pM

    model = G2pM()
    return lambda text: model(text, tone=True, char_split=True)


def dragonmapper() -> Reader:
    from dragonmapper import hanzi

    return lambda text: hanzi.to_pinyin(text, accented=False).split()


def misaki() -> Reader:
    from misaki.zh import ZHG2P

    read = ZHG2P()
    return lambda text: [read(text)[0]]


PEERS: dict[str, Callable[[], Reader]] = {
    "g2pM": g2pm,
    "dragonmapper": dragonmapper,
    "misaki[zh]": misaki,
    "pypinyin": pypinyin_stock,
    # Loads its table into the same dict, so it comes last.
    "pypinyin + large_pinyin": pypinyin_large,
}


def load(name: str) -> Reader | None:
    try:
        return PEERS[name]()
    except ImportError as error:
        print(f"skipped: {name} ({error})")
        return None


def peer_accuracy(read: Reader, items: Sequence[Item]) -> float:
    right = 0
    for text, place, gold in items:
        found = read(text)
        right += len(found) == len(text) and plain(found[place]) == gold
    return 100 * right / len(items)


def convert_items(
    items: Sequence[Item], words: dict[str, list[list[str]]]
) -> tuple[list[Item], dict[str, list[list[str]]]] | None:
    """Return the gold sets in traditional characters, None if OpenCC is not installed."""
    try:
        import opencc
    except ImportError as error:
        print(f"skipped: traditional characters ({error})")
        return None
    convert = opencc.OpenCC("s2t").convert
    old = [(convert(text), place, gold) for text, place, gold in items]
    if any(len(new[0]) != len(item[0]) for new, item in zip(old, items, strict=True)):
        raise SystemExit("OpenCC changed the length of a sentence: offsets would be wrong")
    return old, {convert(word): gold for word, gold in words.items()}


def own_accuracy(data: Path, layer: bool) -> list[tuple[object, ...]]:
    """Return our rows, with the layer of CC-CEDICT or as if its file were deleted."""
    items, words = cpp(data), lexicon(data)
    name = "standard" if layer else "standard, no layer"
    installed = phrases.LAYER
    phrases.LAYER = installed if layer else "deleted"
    phrases.phrases.cache_clear()
    engine._reader.cache_clear()
    zh = Transcriber("zh")
    rows: list[tuple[object, ...]] = []
    for form in ("text", "characters", "one token"):
        rows.append((f"{name}, {form}", polyphone_accuracy(zh, items, form), "", ""))
    rows.append((f"{name}, words", "", *word_errors(ours(zh), words)))
    converted = convert_items(items, words)
    if converted is not None:
        old, old_words = converted
        share = polyphone_accuracy(zh, old, "text")
        rows.append((f"{name}, traditional", share, *word_errors(ours(zh), old_words)))
    phrases.LAYER = installed
    return rows


def accuracy(data: Path) -> None:
    items, words = cpp(data), lexicon(data)
    rows = [*own_accuracy(data, layer=False), *own_accuracy(data, layer=True)]
    for name in ("g2pM", "pypinyin", "pypinyin + large_pinyin"):
        read = load(name)
        if read is not None:
            rows.append((name, peer_accuracy(read, items), *word_errors(read, words)))
            if name == "g2pM":
                agreement(items, read)
    print(table(("", "CPP %", "CEDICT WER %", "without tones %"), rows))


def agreement(items: Sequence[Item], read: Reader) -> None:
    """Say how often our network predicts what the installed g2pM does."""
    model = polyphone_model()
    items = items[:1000]
    places = [[i for i, char in enumerate(text) if char in model.targets] for text, _, _ in items]
    theirs = [read(text) for text, _, _ in items]
    same = total = 0
    for rows, scores in model.scores([text for text, _, _ in items], places):
        for (number, place), best in zip(rows.tolist(), scores.argmax(1).tolist(), strict=True):
            total += 1
            same += model.classes[best] == plain(theirs[number][place])
    print(f"network: {same} of {total} predictions are those of g2pM\n")


def speed(data: Path) -> None:
    sentences = running_text(data)
    words = sum(len(sentence.tokens) for sentence in sentences)
    joined = ["".join(sentence.tokens) for sentence in sentences]
    zh = Transcriber("zh")

    def cold() -> None:
        engine._reader.cache_clear()
        phrases.phrases.cache_clear()
        Transcriber("zh").transcribe_batch(sentences)

    def new_text() -> None:
        zh._engine._sentences.clear()  # type: ignore[attr-defined]
        zh.transcribe_batch(sentences)

    rows: dict[str, Callable[[], object]] = {
        "standard, cold": cold,
        "standard, new text": new_text,
        "standard, warm": lambda: zh.transcribe_batch(sentences),
    }
    zh.transcribe_batch(sentences)
    for name in PEERS:
        read = load(name)
        if read is not None and name != "pypinyin":
            rows[name] = lambda read=read: [read(text) for text in joined]
    result = race(rows, words, baseline="standard, cold", rounds=3)
    print(table(("UD Chinese GSD dev", "words a second", "against cold"), result))


def cold(data: Path) -> None:
    columns = ("start_up", "words_per_second", "from_nothing_per_second")
    names = ["standard", *(one.name for one in ALL_PEERS if one.lang == "zh")]
    for source, title in (("text", "distinct words of UD"), ("dictionary", "words of CC-CEDICT")):
        figures: dict[str, list[dict[str, float]]] = {name: [] for name in names}
        for _ in range(3):
            for name in names:
                one = probe(Task(f"zh/{name}", "words", 5.0, 0, source))
                if "skipped" not in one:
                    figures[name].append(one)
        rows = []
        for name, every in figures.items():
            if not every:
                print(f"skipped: {name}")
                continue
            row: list[object] = [name]
            for column in columns:
                ratio = median(
                    ours[column] / theirs[column]
                    for ours, theirs in zip(figures["standard"], every, strict=True)
                )
                row += [median(one[column] for one in every), ratio]
            rows.append(row)
        header = ["start-up, s", "ours / it", "loaded, words/s", "ours / it"]
        print(table([title, *header, "start-up counted, words/s", "ours / it"], rows), end="\n\n")


START = """
from cjkv_phon import Transcriber
Transcriber("zh")(["银行", "行长"])
import resource, time
print(time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def start(data: Path) -> None:
    import time

    rows = []
    for _ in range(5):
        begin = time.perf_counter()
        out = subprocess.run(
            [sys.executable, "-c", START], capture_output=True, text=True, check=True
        ).stdout
        seconds, memory = map(float, out.split())
        rows.append((time.perf_counter() - begin, seconds, memory))
    best = min(rows)
    zh = Transcriber("zh")
    for batch in (running_text(data), [Sentence((text,)) for text, _, _ in cpp(data)]):
        for first in range(0, len(batch), BATCH):
            zh.transcribe_batch(batch[first : first + BATCH])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    header = ("start to first result, s", "processor time of it, s", "memory then, MB")
    print(table((*header, "after 10,000 sentences, MB"), [(*best, peak)]))


def main() -> None:
    parts = {"accuracy": accuracy, "speed": speed, "cold": cold, "start": start}
    wanted = sys.argv[1:] or list(parts)
    if unknown := [name for name in wanted if name not in parts]:
        raise SystemExit(f"{unknown[0]!r} is none of: {', '.join(parts)}")
    data = data_folder()
    for name in wanted:
        print(f"## {name}\n")
        parts[name](data)
        print()


if __name__ == "__main__":
    main()
