"""Read the words of the dictionary beforehand: ``lexicon.tsv.gz`` and ``pairs.tsv.gz``.

Every word is read by the analyser and our rules, alone and in the contexts that its part
of speech can stand in. What the units sound like goes into the lexicon; a word that reads
the same in all contexts is settled. Then the words that the dictionary itself cuts into
shorter ones are read as tokens of these: where a settled word reads otherwise there, the
pair goes into the table of pairs.

Run: python tools/make_japanese_lexicon.py   (SudachiPy 0.7, five to ten minutes)
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import regex
from sudachipy import SplitMode

from cjkv_phon.engine import Options
from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.collocations import nouns
from cjkv_phon.japanese.corrections import correction_of, is_placed
from cjkv_phon.japanese.engine import create, spans_of
from cjkv_phon.japanese.kana import LONG, first_mora, is_kana, unvoiced
from cjkv_phon.japanese.lexicon import AFTER_DIGITS, FREE, SUFFIX, columns, is_settled, row_of
from cjkv_phon.japanese.numerals import counters
from cjkv_phon.japanese.places import LONGEST_PLACED, place_of
from cjkv_phon.japanese.reading import Reader
from cjkv_phon.japanese.settled import Settled, parts_of
from cjkv_phon.japanese.speech import Part, Speaker
from cjkv_phon.japanese.words import PARTICLE_SOUNDS

DATA = Path(__file__).resolve().parents[1] / "cjkv_phon" / "japanese" / "data"
BATCH = 2_000
LONGEST = 12
PAGE = 32
# A name stands here if so many longer entries have it as a part.
NAME_IN_ENTRIES = 8
UNITS = 4  # entries that are cut into more words are addresses

_WRITTEN = regex.compile(r"[\p{Han}々〆ヶヵ\p{Hiragana}\p{Katakana}ー]+")
_KANJI = regex.compile(r"\p{Han}")
_JOINED = regex.compile(r"(\p{Han}{1,2})(の)(\p{Han}{1,2})")
_INFLECTED = ("動詞", "形容詞")
# Forms that are hardly written, or not in running text of today.
_RARE_FORMS = (
    *("仮定形-融合", "語幹", "未然形-セ", "未然形-サ", "ク語法", "連用形-融合", "意志推量形"),
    *(
        "連用形-省略",
        "終止形-ウ音便",
        "連体形-省略",
        "未然形-撥音便",
        "終止形-撥音便",
        "連体形-撥音便",
    ),
)

# Contexts by part of speech or form; * is the word.
_NOUN = (
    *("の * を", "、 * が", "この * は", "も * に は", "と * で 、", "* する", "* 者 は"),
    *("東京 * の", "アメリカ * が", "* 市 の"),
)
_NAMESAKE = ("* さん と", "* 太郎 は")  # of one kanji: 森, 原
# Contexts of a word of each place (see `places.place_of`).
_PLACED = {
    FREE: (
        *("の * を", "が * に", "は * の", "、 * が", "この * は", "た * も", "を * と", "に * で"),
        *(
            "お * は",
            "は 、 * と し て",
            "な * 。",
            "* は",
            "* を",
            "* の",
            "* が 、",
            "で * まで",
            "と * や",
        ),
    ),
    SUFFIX: (
        *(
            "東京 * の",
            "アメリカ * が",
            "研究 * を",
            "会社 * に",
            "政府 * は",
            "生活 * で",
            "国際 * 、",
        ),
        *(
            "歴史 * と",
            "田中 * も",
            "ドイツ * の",
            "電気 * へ",
            "教育 * を",
            "学生 * など",
            "経済 * な",
        ),
    ),
    AFTER_DIGITS: (
        *("3 * の", "1999 * に", "20 * は", "12 * を", "1 * で", "10 * 、", "6 * が", "８ * と"),
        *("100 * も", "2 * から", "24 * まで", "4 * の", "5 * 。"),
    ),
}
_FORMS = {
    "終止形": ("を * 。", "て * と いう"),
    "連体形": ("を * こと が", "が * の は"),
    "連用形-一般": ("を * 、", "に * ます", "は * たい"),
    "連用形-促音便": ("を * た 。", "に * て いる"),
    "連用形-撥音便": ("を * だ 。", "に * で いる"),
    "連用形-イ音便": ("を * た 。", "に * て いる"),
    "連用形-ウ音便": ("を * た 。", "に * て いる"),
    "未然形": ("を * ない 。", "は * なかっ た"),
    "仮定形": ("を * ば 、",),
    "命令形": ("を * 。",),
    "意志推量形": ("を * と 思う", "に * 。"),
}
_OTHER = ("、 * 、", "は * 、 その", "が * そう だ")
_COUNTED = ("3 * の", "三 * が", "何 * も", "数 * を")

HEADER = """\
# Words read beforehand, sorted, in pages: word, what its units sound like, and
# how many characters each unit has, where it is not one each. ~ before the sounds: some
# context changes them, so they are those of the word alone. A mark before the word: its
# sounds after kana or punctuation (·), kanji, katakana or letters (-), and digits (#),
# with a particle or punctuation behind it.
# Source: the entries of SudachiDict core {version} (Works Applications; it includes UniDic
# and NEologd material), read by this package (tools/make_japanese_lexicon.py).
# Licence: Apache-2.0, as SudachiDict.
"""
PAIRS_HEADER = """\
# Pairs of settled words of lexicon.tsv.gz of which one reads otherwise beside the other.
# Source and licence: as there.
"""


class Entry(NamedTuple):
    """An entry of the dictionary."""

    word: str
    contexts: tuple[str, ...]
    name: bool
    units: tuple[str, ...]


def entries() -> Iterator[Entry]:
    """Go through the dictionary, other scripts and old forms left out."""
    for morpheme in sudachi.dictionary().entries():
        word = morpheme.surface()
        if _WRITTEN.fullmatch(word) is None or len(word) > 3 * LONGEST:
            continue
        pos = morpheme.part_of_speech()
        if pos[0] in _INFLECTED and (
            pos[4].startswith("文語")
            or pos[5].startswith(_RARE_FORMS)
            or morpheme.normalized_form() != morpheme.dictionary_form()
        ):
            continue
        units = tuple(part.surface() for part in morpheme.split(SplitMode.A))
        yield Entry(word, contexts(pos), pos[1] == "固有名詞", units)


def contexts(pos: Sequence[str]) -> tuple[str, ...]:
    """Return the contexts that a word of this class can stand in."""
    if pos[0] in _INFLECTED:
        return next((found for form, found in _FORMS.items() if pos[5].startswith(form)), _OTHER)
    return _NOUN if pos[0] in ("名詞", "代名詞", "形状詞", "接尾辞", "接頭辞") else _OTHER


class Analyst:
    """Reads tokens the long way, as the engine does without a lexicon."""

    def __init__(self) -> None:
        self._speaker = Speaker(create(Options("ja", "standard")).options)
        self._reader = Reader()
        self.settled = Settled(self._speaker)

    def parts(self, sentences: Sequence[Sequence[str]]) -> list[list[list[Part]]]:
        """Return the parts of each token."""
        return [
            [self._speaker.parts(spans_of(stretch))[1] for stretch in stretches]
            for stretches in self._reader.stretches(sentences)
        ]

    def rows(self, words: Sequence[tuple[str, set[str]]]) -> Iterator[tuple[str, str]]:
        """Read words alone and in their contexts."""
        alone = self.parts([[word] for word, _ in words])
        changed = set()
        framed = [(word, frame) for word, frames in words for frame in sorted(frames)]
        whole = {word: parts for (word, _), [parts] in zip(words, alone, strict=True)}
        for (word, _), parts in zip(framed, self.framed(framed), strict=True):
            if sounds(parts) != sounds(whole[word]):
                changed.add(word)
        unsettled = []
        for word, parts in whole.items():
            # A single kanji may be part of a word that is given in pieces.
            settled = len(word) > 1 and word not in changed and correction_of(word) is None
            if (row := encoded(word, parts, settled)) is not None:
                yield word, row
            if not settled and len(word) <= LONGEST_PLACED and is_placed(word):
                unsettled.append(word)
        for place, frames in _PLACED.items():
            framed = [(word, frame) for word in unsettled for frame in frames]
            found: dict[str, list[list[Part]]] = {}
            for (word, _), parts in zip(framed, self.framed(framed), strict=True):
                found.setdefault(word, []).append(parts)
            for word, every in found.items():
                row = encoded(word, every[0], True)
                if row is None or differs_after_adverb(word, place, row):
                    continue
                if all(sounds(parts) == columns(row)[0] for parts in every):
                    yield place + word, row

    def framed(self, framed: Sequence[tuple[str, str]]) -> list[list[Part]]:
        """Return the parts of words, each in a context."""
        cells = [[word if c == "*" else c for c in frame.split(" ")] for word, frame in framed]
        places = [frame.split(" ").index("*") for _, frame in framed]
        return [read[at] for read, at in zip(self.parts(cells), places, strict=True)]


def encoded(word: str, parts: Sequence[Part], settled: bool) -> str | None:
    """Return a row of the table; None for what it cannot hold."""
    said = sounds(parts)
    if not all(map(first_mora, said)) or said[0].startswith(LONG):
        return None
    row = row_of(said, [part.end - part.start for part in parts], settled=settled)
    return row if parts_of(word, row) == list(parts) else None


def differs_after_adverb(word: str, place: str, row: str) -> bool:
    """Say whether a noun after an adverb is none after another noun: 昨日 雨が, 酸性 雨."""
    reading, particles = nouns().get(word, ("", ()))
    same = unvoiced(columns(row)[0][0]) == unvoiced(reading)
    return place == SUFFIX and bool(reading) and not particles and not same


def sounds(parts: Sequence[Part]) -> list[str]:
    """Return what parts sound like."""
    return [part.sound for part in parts]


def batches(items: Iterable[object]) -> Iterator[list]:  # type: ignore[type-arg]
    """Cut what there is into lists."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def chosen(found: Sequence[Entry], settled: Settled) -> dict[str, set[str]]:
    """Choose the words: those that no rule reads, and of the names the parts of others."""
    shared = Counter(unit for entry in found if len(entry.units) > 1 for unit in entry.units)
    numbered = counters()
    words: dict[str, set[str]] = {}
    for entry in found:
        word = entry.word
        if len(word) > LONGEST or settled.rules(word) is not None or word in PARTICLE_SOUNDS:
            continue
        if entry.name and (is_kana(word) or shared[word] < NAME_IN_ENTRIES):
            continue
        words.setdefault(word, set()).update(entry.contexts)
        if word in numbered:
            words[word].update(_COUNTED)
        if len(word) == 1:
            words[word].update(_NAMESAKE)
    return words


def tokens_of(entry: Entry) -> tuple[str, ...]:
    """Return the tokens that an entry may be given as: 火の粉, which is one word, too."""
    joined = _JOINED.fullmatch(entry.word)
    return entry.units if joined is None or len(entry.units) > 1 else joined.groups()


def pairs(found: Sequence[Entry], rows: dict[str, str], analyst: Analyst) -> set[tuple[str, str]]:
    """Return the neighbours in entries of the dictionary beside which a word reads otherwise."""
    out: set[tuple[str, str]] = set()
    compound = {
        units
        for entry in found
        if 1 < len(units := tokens_of(entry)) <= (2 if entry.name else UNITS)
        and "".join(units) == entry.word
    }
    for batch in batches(sorted(compound)):
        for units, parts in zip(batch, analyst.parts(batch), strict=True):
            for at, (unit, read) in enumerate(zip(units, parts, strict=True)):
                if (row := rows.get(unit)) is None:
                    continue
                if not is_settled(row):  # as it is read in its place: 粉 after の
                    row = rows.get(place_of(units, at) + unit, row)
                if not is_settled(row) or columns(row)[0] == sounds(read):
                    continue
                if at:
                    out.add((units[at - 1], unit))
                else:
                    out.add((unit, units[1]))
    return out


def main() -> None:
    """Write both tables."""
    analyst = Analyst()
    found = list(entries())
    words = sorted(chosen(found, analyst.settled).items())
    rows = {word: row for batch in batches(words) for word, row in analyst.rows(batch)}
    lines = [f"{word}\t{rows[word]}" for word in sorted(rows)]
    pages = ["\n".join(lines[at : at + PAGE]) for at in range(0, len(lines), PAGE)]
    version = dict(name.split("-") for name in sudachi.versions())["sudachidict"]
    head = HEADER.format(version=version).rstrip("\n")
    write("lexicon.tsv.gz", "\n\n".join([head, *pages]) + "\n")
    together = sorted(pairs(found, rows, analyst))
    write("pairs.tsv.gz", PAIRS_HEADER + "".join(f"{a}\t{b}\n" for a, b in together))
    settled = sum(map(is_settled, rows.values()))
    print(f"{len(found)} entries; {len(rows)} rows, {settled} settled; {len(together)} pairs")


def write(name: str, text: str) -> None:
    """Write a table, the same bytes each time."""
    (DATA / name).write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


if __name__ == "__main__":
    main()
