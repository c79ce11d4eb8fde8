"""Compile the tables of ``cjkv_phon/chinese/data`` from pinned packages of PyPI.

    pip install pypinyin==0.55.0 pypinyin-dict==0.9.0 jieba==0.42.1 \
        opencc-python-reimplemented==0.1.7 g2pM==0.1.2.5
    python tools/make_chinese_tables.py

Sources, all of them permissively licensed but for the layer, the last:

* pypinyin and pypinyin-dict (MIT): readings of characters (pinyin-data, from
  Unihan and dictionaries) and of phrases (phrase-pinyin-data). Of the phrase
  sets, ``zdic_cibs``, ``zdic_cybs``, ``di``, ``pinyin`` and pypinyin's own are
  taken.
* jieba (MIT): how often words occur, which decides between ways to cut a text,
  and words that the phrase sets do not have.
* OpenCC (Apache-2.0): which traditional character a simplified one stands for.
* g2pM (Apache-2.0): the weights of a network that reads polyphones.
* pypinyin-dict's ``large_pinyin``, which holds every entry of CC-CEDICT (CC
  BY-SA 4.0): what it adds to the phrases above, or reads otherwise, goes into a
  file of its own, ``cedict.tsv``. The engine works without that file.

The result is committed; nothing of this runs at installation.
"""

from __future__ import annotations

import importlib
import json
import math
import pickle
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from importlib.metadata import distribution, version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import regex

from cjkv_phon.chinese.neutral import apply_word_rules
from cjkv_phon.chinese.phonology import parse
from cjkv_phon.chinese.phrases import LEVELS, NOT_CUT

DATA = Path(__file__).resolve().parents[1] / "cjkv_phon" / "chinese" / "data"
PINS = {
    "pypinyin": "0.55.0",
    "pypinyin-dict": "0.9.0",
    "jieba": "0.42.1",
    "opencc-python-reimplemented": "0.1.7",
    "g2pM": "0.1.2.5",
}
PHRASE_SETS = ("zdic_cibs", "zdic_cybs", "di", "pinyin")
LAYER_SETS = (*PHRASE_SETS, "large_pinyin")
LONGEST_PHRASE = 8
INTERJECTIONS = {"欸": "ê1", "诶": "ê1"}
"""Usual readings that the sources have last, after those of rare words (欸乃 ǎinǎi)."""

CORRECTIONS = {
    "照片": "zhao4 pian4",
    "相片": "xiang4 pian4",
    "肚子": "du4 zi5",
    "教学": "jiao4 xue2",
    "薄膜": "bo2 mo2",
    "查理": "cha2 li3",
    **{
        f"塞{after}": f"sai4 {rest}"
        for after, rest in {
            "尔": "er3",
            "浦": "pu3",
            "内": "nei4",
            "拉": "la1",
            "舌": "she2",
            "维": "wei2",
            "万": "wan4",
            "纳": "na4",
            "俄": "e2",
        }.items()
    },
}
"""Words of everyday language, and 塞 in names of other countries, that the sources read
otherwise than 现代汉语词典 (7th edition, 2016); alone and in longer words."""

RAREST_NEW_WORD = 5
"""Times that a word must occur in jieba's corpus to be taken without a reading."""

Phrases = dict[str, tuple[str, ...]]

_COLOURING = ("儿", "子")
"""What changes the tone of the word before it: 照片 piàn, 照片儿 piānr."""

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_HAN = regex.compile(r"\p{Han}+")


def numbered(syllable: str) -> str | None:
    """Turn a syllable with a tone mark into numbered pinyin; None if it is none."""
    tone, letters = "5", ""
    for char in unicodedata.normalize("NFD", syllable.strip().lower()):
        if char in _TONES:
            tone = _TONES[char]
        elif char == "\u0308" and letters.endswith("u"):
            letters = letters[:-1] + "v"
        elif char == "\u0302" and letters.endswith("e"):
            letters = letters[:-1] + "ê"
        else:
            letters += char
    result = letters + tone
    return result if parse(result) else None


def folder(package: str) -> Path:
    """Return where a package is installed, without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed; see the head of this file")
    return Path(spec.submodule_search_locations[0])


def characters() -> dict[str, tuple[str, ...]]:
    """Return every character's readings, the usual one first."""
    raw = json.loads((folder("pypinyin") / "pinyin_dict.json").read_text(encoding="utf-8"))
    standard = importlib.import_module("pypinyin_dict.pinyin_data.ktghz2013").pinyin_dict
    result = {}
    for point, value in raw.items():
        readings = [reading for reading in map(numbered, value.split(",")) if reading]
        preferred = [
            reading for reading in map(numbered, standard.get(int(point), "").split(",")) if reading
        ]
        if readings and preferred and not _agrees(readings[0], preferred):
            readings.insert(0, preferred[0])
        if usual := INTERJECTIONS.get(chr(int(point))):
            readings.insert(0, usual)
        if readings:
            result[chr(int(point))] = tuple(dict.fromkeys(readings))
    return result


def _agrees(reading: str, preferred: Sequence[str]) -> bool:
    """Say whether a reading is among the standard ones, or is the neutral form of one."""
    return reading in preferred or (
        reading[-1] == "5" and any(other[:-1] == reading[:-1] for other in preferred)
    )


def simplified() -> dict[str, str]:
    """Return the simplified character of each traditional one."""
    table = folder("opencc") / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in table.read_text(encoding="utf-8").split("\n") if line)
    return {old: new.split()[0] for old, new in pairs if old != new.split()[0]}


def raw_phrases(sets: Sequence[str]) -> Phrases:
    """Return the phrases of the sets, later sets winning, with numbered readings."""
    phrases: Phrases = {}
    package = "pypinyin_dict.phrase_pinyin_data"
    sources = [importlib.import_module(f"{package}.{name}").phrases_dict for name in sets]
    stock = folder("pypinyin") / "phrases_dict.json"
    sources.append(json.loads(stock.read_text(encoding="utf-8")))
    for source in sources:
        for phrase, syllables in source.items():
            readings = [numbered(alternatives[0]) for alternatives in syllables]
            fits = len(readings) == len(phrase) and None not in readings
            if fits and 2 <= len(phrase) <= LONGEST_PHRASE and _HAN.fullmatch(phrase):
                phrases[phrase] = corrected(phrase, tuple(map(str, readings)))
    return phrases


def corrected(phrase: str, readings: tuple[str, ...]) -> tuple[str, ...]:
    """Return the readings of a phrase with those of `CORRECTIONS` in their places."""
    for start in range(len(phrase) - 1):
        right = CORRECTIONS.get(phrase[start : start + 2])
        if right is not None and phrase[start + 2 : start + 3] not in _COLOURING:
            readings = (*readings[:start], *right.split(), *readings[start + 2 :])
    return readings


def folded_phrases(phrases: Phrases, fold: Mapping[str, str]) -> Phrases:
    """Key phrases by simplified characters; a traditional key stays where it reads otherwise."""
    result: Phrases = {}
    traditional: Phrases = {}
    for phrase, readings in phrases.items():
        simple = "".join(fold.get(char, char) for char in phrase)
        readings = apply_word_rules(simple, readings)
        if simple == phrase:
            result[phrase] = readings
        else:
            traditional[phrase] = readings
    for phrase, readings in traditional.items():
        simple = "".join(fold.get(char, char) for char in phrase)
        if result.setdefault(simple, readings) != readings:
            result[phrase] = readings
    return result


def write_characters(readings: Mapping[str, Sequence[str]]) -> None:
    """Write ``characters.tsv``: readings⇥all characters that have them."""
    groups: dict[str, list[str]] = defaultdict(list)
    for char, values in readings.items():
        groups[" ".join(values)].append(char)
    header = (
        "# Readings of Chinese characters: readings, the usual one first⇥all that have them.\n"
        f"# Source: pinyin-data as in pypinyin {PINS['pypinyin']} (from Unihan and dictionaries);\n"
        "# the usual reading agrees with 通用规范汉字字典 (kTGHZ2013).\n"
        "# Licence: MIT, Copyright (c) 2016 mozillazg; Unicode License for the Unihan data.\n"
    )
    lines = [f"{key}\t{''.join(chars)}" for key, chars in sorted(groups.items())]
    (DATA / "characters.tsv").write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


def write_simplified(fold: Mapping[str, str]) -> None:
    """Write ``simplified.tsv``: traditional characters⇥their simplified ones, in step."""
    header = (
        "# Traditional characters⇥the simplified character of each, in step.\n"
        "# Source: OpenCC TSCharacters as in opencc-python-reimplemented "
        f"{PINS['opencc-python-reimplemented']}, first choices.\n"
        "# Licence: Apache-2.0, see LICENSE.apache-2.0 and NOTICE.md.\n"
    )
    text = "".join(fold) + "\t" + "".join(fold.values()) + "\n"
    (DATA / "simplified.tsv").write_text(header + text, encoding="utf-8")


def frequencies() -> dict[str, int]:
    """Return how often each word, single characters included, occurs in jieba's corpus."""
    table = (folder("jieba") / "dict.txt").read_text(encoding="utf-8")
    rows = (line.split(" ") for line in table.split("\n") if line)
    return {row[0]: int(row[1]) for row in rows if _HAN.fullmatch(row[0])}


def is_clause(phrase: str, readings: Sequence[str]) -> bool:
    """Say whether a phrase holds the particle 地 or 的: no word, though it tells readings."""
    pairs = zip(phrase[1:], readings[1:], strict=False)
    return len(phrase) > 2 and any(char in "地的" and one == "de5" for char, one in pairs)


def phrase_lines(
    phrases: Phrases, usual: Mapping[str, str], counts: Mapping[str, int], unread: Set[str]
) -> Iterator[str]:
    """Yield a line for each first character; the head of ``phrases.tsv`` says of what."""
    own: dict[str, str] = {}
    fields: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for phrase in sorted(phrases.keys() | unread):
        count = counts.get(phrase, 0)
        level = LEVELS[1 + int(math.log(count)) if count else 0]
        if not count and is_clause(phrase, phrases.get(phrase, ())):
            level = NOT_CUT
        first, second, rest = phrase[0], phrase[1:2], phrase[2:]
        if not second:
            own[first] = level
            fields.setdefault(first, defaultdict(list))
            continue
        readings = phrases.get(phrase)
        if readings is None:
            item = f"{rest}{level}?"
        elif readings == tuple(usual.get(char, "") for char in phrase):
            item = f"{rest}{level}"
        else:
            item = f"{rest}{level}:{' '.join(readings)}"
        fields[first][second].append(item)
    for first, seconds in sorted(fields.items()):
        joined = (second + ",".join(items) for second, items in sorted(seconds.items()))
        yield "\t".join([first, own.get(first, ""), *joined])


def write_lines(name: str, header: Sequence[str], lines: Iterable[str]) -> None:
    """Write a table."""
    text = "\n".join([*header, *lines]) + "\n"
    (DATA / name).write_text(text, encoding="utf-8", newline="\n")


def write_phrases(phrases: Phrases, usual: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """Write ``phrases.tsv``."""
    unread = {w for w, n in counts.items() if n >= RAREST_NEW_WORD and len(w) <= LONGEST_PHRASE}
    header = [
        "# Words by their first two characters. A line: the first character⇥its",
        "# level⇥field⇥field…; a field: the second character, then item,item,…; an item: what",
        "# follows the two, the level of the word, and then nothing if every character has its",
        "# usual reading of characters.tsv, ? if the reading is not known, else : and the",
        "# readings. Keys are simplified unless a traditional form reads otherwise. Citation",
        "# tones, neutral tones by chinese/neutral.py. Level: a for a phrase that does not occur",
        "# in the corpus of jieba, else as many letters further as 1 + the integer part of the",
        f"# natural logarithm of its frequency there; {NOT_CUT} for a phrase with a particle",
        "# (慢慢地走), which text is not cut into.",
        f"# Readings: phrase-pinyin-data, sets {' '.join(PHRASE_SETS)}, as in pypinyin-dict "
        f"{PINS['pypinyin-dict']}, and pypinyin {PINS['pypinyin']};",
        "# MIT, Copyright (c) 2016 mozillazg, 闲耘. Frequencies and words without readings:",
        f"# jieba {PINS['jieba']}; MIT, Copyright (c) 2013 Sun Junyi. See NOTICE.md.",
    ]
    write_lines("phrases.tsv", header, phrase_lines(phrases, usual, counts, unread))


def write_layer(phrases: Phrases, usual: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """Write ``cedict.tsv``."""
    header = [
        "# What CC-CEDICT adds to the words of phrases.tsv or reads otherwise; the same format,",
        "# an entry here replaces the one there. The package works without this file.",
        "# Source: the set large_pinyin of pypinyin-dict " + PINS["pypinyin-dict"] + ", less what",
        "# the other sets of phrases.tsv hold with the same reading.",
        "# Licence: CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/",
        "# Copyright MDBG and the contributors of CC-CEDICT, https://cc-cedict.org/. Changed:",
        "# numbered pinyin, neutral tones by cjkv_phon.chinese.neutral, simplified keys.",
        f"# Levels: jieba {PINS['jieba']}; MIT, Copyright (c) 2013 Sun Junyi. See NOTICE.md.",
    ]
    write_lines("cedict.tsv", header, phrase_lines(phrases, usual, counts, frozenset()))


def write_polyphones() -> None:
    """Write ``polyphones.npz`` from g2pM's weights, and its licence beside it."""
    base = folder("g2pM")

    def load(name: str) -> dict:
        with (base / name).open("rb") as file:
            return pickle.load(file)

    weights, index, classes = load("np_ckpt.pkl"), load("char2idx.pkl"), load("class2idx.pkl")
    targets = [c for c, prons in load("digest_cedict.pkl").items() if len(prons) > 1 and c in index]
    names = sorted(index, key=index.__getitem__)
    arrays = {
        key.replace(".", "_"): np.asarray(value, np.float32) for key, value in weights.items()
    }
    np.savez_compressed(
        DATA / "polyphones.npz",
        characters=np.array([name if len(name) == 1 else "" for name in names]),
        specials=np.array([index[name] for name in ("<UNK>", "시", "끝")], np.int32),
        classes=np.array([c.replace("u:", "v") for c in sorted(classes, key=classes.__getitem__)]),
        targets=np.array(sorted(targets)),
        **arrays,
    )
    for file in distribution("g2pM").files or ():
        if file.name == "LICENSE":
            text = Path(str(file.locate())).read_text(encoding="utf-8")
            (DATA / "LICENSE.apache-2.0").write_text(text, encoding="utf-8")


def main() -> None:
    """Compile everything."""
    for name, pin in PINS.items():
        if version(name) != pin:
            raise SystemExit(f"{name} is {version(name)}; this script is written for {pin}")
    readings = characters()
    fold = simplified()
    usual = {char: values[0] for char, values in readings.items()}
    counts = frequencies()
    write_characters(readings)
    write_simplified(fold)
    base = folded_phrases(raw_phrases(PHRASE_SETS), fold)
    write_phrases(base, usual, counts)
    full = folded_phrases(raw_phrases(LAYER_SETS), fold)
    write_layer({p: r for p, r in full.items() if base.get(p) != r}, usual, counts)
    write_polyphones()


if __name__ == "__main__":
    main()
