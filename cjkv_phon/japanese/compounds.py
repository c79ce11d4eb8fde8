"""Compounds that the dictionary does not have: which reading does each part take?

The analyser cuts 安全靴 into 安全 and 靴 and reads each as if it stood alone. Inside a
compound a part may be voiced (ぐつ, rendaku), and a single kanji reads as kanji do in
that place of the words that the dictionary has (所 after a word じょ or しょ, 家 か).
Every part has candidates with a log probability; the likeliest chain wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from operator import itemgetter
from typing import TypeAlias

import regex

from cjkv_phon.japanese.kana import SOKUON, is_kana, to_hiragana, unvoiced, voiced
from cjkv_phon.japanese.kanji import KANJI, kanji_readings
from cjkv_phon.japanese.sudachi import readings
from cjkv_phon.japanese.words import Word

Candidates = dict[str, float]
_Path: TypeAlias = "tuple[()] | tuple[_Path, str]"  # the last reading and what leads to it

# Weights in nats, set by a coarse search on dictionary words (both halves of the list agree
# within half a point, and so do neighbouring values).
_TRUST = 3.5  # the analyser's own reading of a single kanji
_TRUST_SINGLE = 1.0  # … where the token is nothing but single kanji
_TRUST_PREFIX = 2.0  # … before a longer word
_TRUST_SUFFIX = 2.5  # … after a word
_ALTERNATIVE = 2.5  # another reading that the dictionary has for the part
_NAME = 3.0  # a reading that it has for a name only
_OTHER_CLASS = 1.0  # a reading of another part of speech
_MIXED = 1.0  # two single kanji side by side, one Sino-Japanese, one native
_RARE = 6.0
_PLACE_WEIGHT = 6.0  # counts as prefix or suffix against counts in that place
_ANYWHERE = 0.02  # counts in other places

_SINO = regex.compile(r"(?:[か-ぽ][ゃゅょ]?|[あいえおや-わ])[んういくつちき]?")
_PARTS = frozenset(("名詞", "接頭辞", "接尾辞", "形状詞", "動詞", "形容詞", "副詞", "代名詞"))
_INFLECTED = frozenset(("動詞", "形容詞"))
_NAMED = frozenset(
    "川 山 寺 駅 線 町 市 県 区 郡 村 湖 島 橋 城 家 氏 流 産 人 語 州 港 湾 岬 谷 沢 峠 岳 浜 宮 "
    "軍 党 派 組 杯 焼 牛 米 茶 藩 国 通 署 局 店 校 大 園 館 院 邸 荘".split()
)
_ENDINGS = frozenset(("助動詞", "助詞"))
# A geminate is voiceless: no っ before these, nor before a vowel.
_NO_GEMINATE = frozenset(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼなにぬねのまみむめもやゆよらりるれろわあいうえおん"
)


@lru_cache(maxsize=1)
def rendaku() -> dict[tuple[str, str], float]:
    """Return how likely a second element is voiced, for those that are as a rule."""
    table: dict[tuple[str, str], float] = {}
    text = files("cjkv_phon.japanese").joinpath("data/rendaku.tsv").read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            element, reading, plain, changed = line.split("\t")
            table[element, reading] = (int(changed) + 0.1) / (int(plain) + int(changed) + 1)
    return table


def joins(word: Word, after: Word | None) -> bool:
    """Say whether a word can be a part of a compound, with the word after it.

    A verb or an adjective is one at the end, or in the form that others are added to;
    before an ending (来 of 来た) it is a word by itself.
    """
    if word.pos[0] in _INFLECTED:
        return after is None or (word.pos[5].startswith("連用形") and after.pos[0] not in _ENDINGS)
    return word.pos[0] in _PARTS and word.pos[1] != "数詞"


def reread(words: Sequence[Word]) -> list[str] | None:
    """Choose the readings of the words that make up one token.

    Args:
        words: As the analyser found them.

    Returns:
        A reading in hiragana for each word; None where they are right as they are.
    """
    chosen = [word.reading for word in words]
    start = 0
    for end in range(len(words) + 1):
        after = words[end + 1] if end + 1 < len(words) else None
        if end < len(words) and joins(words[end], after):
            continue
        if end - start > 1 and any(KANJI.search(word.text) for word in words[start:end]):
            chosen[start:end] = _likeliest(words[start:end])
        start = end + 1
    return chosen if chosen != [word.reading for word in words] else None


def _likeliest(words: Sequence[Word]) -> list[str]:
    singles = [_is_single(word) for word in words]
    all_single = all(singles)
    best: dict[str, tuple[float, _Path]] = {"": (0.0, ())}
    for index in range(len(words)):
        pair = index and singles[index] and singles[index - 1]
        following: dict[str, tuple[float, _Path]] = {}
        for kana, score in _candidates(words, index, all_single).items():
            for before, (total, path) in best.items():
                value = total + score
                if pair and _is_sino(kana) != _is_sino(before):
                    value -= _MIXED
                if before.endswith(SOKUON) and kana[:1] in _NO_GEMINATE:
                    value -= _RARE
                if kana not in following or value > following[kana][0]:
                    following[kana] = (value, (path, kana))
        best = following
    _, path = max(best.values(), key=itemgetter(0))
    chosen: list[str] = []
    while path:
        path, kana = path
        chosen.append(kana)
    return chosen[::-1]


def _is_single(word: Word) -> bool:
    return len(word.text) == 1 and KANJI.match(word.text) is not None


def _keeps_name(words: Sequence[Word], index: int) -> bool:
    """Say whether a word is a name there: 神田川 かんだがわ, 中田英寿 なかたひでとし.

    Before another noun it may be a common word (高山植物 こうざんしょくぶつ), and after a
    single kanji a part of one (竜 宮城).
    """
    word = words[index]
    if word.pos[2] not in ("人名", "地名"):
        return False
    if word.pos[3] == "国":
        return True
    if index + 1 == len(words):
        return not _is_single(words[index - 1])
    after = words[index + 1]
    if not _is_single(after):
        return after.pos[1] != "普通名詞"
    return after.text in _NAMED or after.pos[2] == "人名"


def _is_full_name(first: Word, last: Word) -> bool:
    """Say whether two words are a surname and a given name: 黒澤 明, 森 鷗外."""
    named = first.pos[3] == "姓" and last.pos[2:4] == ("人名", "名")
    return named and not (_is_single(first) and _is_single(last))


def _is_sino(kana: str) -> bool:
    return _SINO.fullmatch(kana) is not None


def _candidates(words: Sequence[Word], index: int, all_single: bool) -> Candidates:
    word = words[index]
    if word.text == "日本":
        return {"にほん": 0.0}
    if word.chosen or (len(words) == 2 and _is_full_name(*words)):
        return {word.reading: 0.0}
    if not word.reading or not KANJI.search(word.text):
        return {word.reading: 0.0}
    if index and words[index - 1].text == "お":
        return {word.reading: 0.0}
    if _is_single(word):
        found = _kanji_candidates(words, index, all_single)
        return found or {word.reading: 0.0}
    if _keeps_name(words, index):
        return {word.reading: 0.0}
    found = {word.reading: -_NAME if word.pos[1] == "固有名詞" else 0.0}
    for reading, pos in readings(word.text):
        kana = to_hiragana(reading)
        if is_kana(kana):
            score = (
                -_ALTERNATIVE
                - _NAME * (pos[1] == "固有名詞")
                - _OTHER_CLASS * (pos[0] != word.pos[0])
            )
            found[kana] = max(found.get(kana, score), score)
    # Two verbs make a compound without voicing: 思い込む, 弱り込む.
    verbs = index and word.pos[0] == "動詞" and is_kana(words[index - 1].text[-1])
    if verbs:
        return {k: v for k, v in found.items() if unvoiced(k) == k or unvoiced(k) not in found}
    if index and words[index - 1].pos[0] != "接頭辞":
        for kana, score in list(found.items()):
            chance = rendaku().get((word.text, kana))
            if chance is not None:
                found[kana] = score + log(1 - chance)
                changed = score + log(chance)
                found[voiced(kana)] = max(found.get(voiced(kana), changed), changed)
    return found


def _kanji_candidates(words: Sequence[Word], index: int, all_single: bool) -> Candidates:
    """Weigh the readings of a single kanji by its place in the compound."""
    word = words[index]
    before = words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    left = bool(before)
    right = bool(after) and KANJI.match(after) is not None
    prefix = not left and right and len(after) > 1 and index + 2 == len(words)
    suffix = left and not right and (len(before) > 1 or index > 1)
    found = dict(_place_scores(word.text, left, right, prefix, suffix))
    if _is_trusted(word):
        plain = unvoiced(word.reading)
        trust = _TRUST
        if all_single:
            trust = _TRUST_SINGLE
        elif prefix:
            trust = _TRUST_PREFIX
        elif suffix:
            trust = _TRUST_SUFFIX
        for kana in found:
            if unvoiced(kana) == plain:
                found[kana] += trust
    return {kana: score for kana, score in found.items() if score > -_RARE}


@cache
def _place_scores(
    kanji: str, left: bool, right: bool, prefix: bool, suffix: bool
) -> tuple[tuple[str, float], ...]:
    weights: dict[str, float] = {}
    for r in kanji_readings(kanji):
        place = (r.medial if right else r.final) if left else (r.initial if right else r.alone)
        affix = r.prefix if prefix else r.suffix if suffix else 0
        weights[r.kana] = place + _PLACE_WEIGHT * affix + _ANYWHERE * r.general + 0.02
    total = sum(weights.values())
    return tuple((kana, log(weight / total)) for kana, weight in weights.items())


def _is_trusted(word: Word) -> bool:
    """Say whether the analyser's reading of a single kanji is worth anything.

    Not that of a name, of an unknown kanji, or of a stem without its okurigana (細 ほそ).
    """
    return (
        word.pos[1] != "固有名詞"
        and word.pos[0] not in _INFLECTED
        and word.pieces[0].status == "ok"
    )
