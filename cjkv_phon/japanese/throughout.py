"""中 as じゅう and as ちゅう: 家中 いえじゅう, all over the house; 会議中 かいぎちゅう, during it.

じゅう after what is filled from end to end: a place, a body, a whole day or year, and after
the days that are a time limit (今日中). ちゅう after an action and after any other time.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from cjkv_phon.japanese.counting import remade
from cjkv_phon.japanese.numerals import value
from cjkv_phon.japanese.words import Word

_SPANS = frozenset("日 晩 年 夜".split())
_DAYS = frozenset("今日 きょう 明日 あした 今晩 今夜 今年 夏 冬 春 秋 一日 一晩 一年 一夜".split())
_PLACES = regex.compile(
    r".*(?:世界|国|街|町|村|島|市|県|都内|部屋|家|屋敷|建物|教室|学校|会社|社内|店|庭|森|病院|ホテル"
    r"|公園|電車|クラス|チーム|家族|親戚|一族|近所|地域|界隈|世間|宇宙|地球|全国|全土|列島|大陸"
    r"|ヨーロッパ|アジア|そこら|そこいら|あたり|辺り|あちこち|方々|館内|台所|床|壁|机|畑|城)"
)
_BODY = frozenset("体 身体 からだ 全身 顔 頭 手 足 腕 背中 お腹 心".split())
# What a single kanji before it is read as.
_NATIVE = {
    "国": "くに", "家": "いえ", "村": "むら", "町": "まち", "街": "まち", "島": "しま",
    "店": "みせ", "庭": "にわ", "森": "もり", "城": "しろ", "床": "ゆか", "壁": "かべ",
    "畑": "はたけ", "机": "つくえ", "体": "からだ", "顔": "かお", "頭": "あたま", "手": "て",
    "足": "あし", "腕": "うで", "夏": "なつ", "冬": "ふゆ", "春": "はる", "秋": "あき",
    "日本": "にほん", "身体": "からだ", "一日": "いちにち",
}  # fmt: skip


def throughout(words: list[Word], index: int, foreign: bool) -> None:
    """Read 中 after a noun, in place, and the noun if that changes too."""
    word = words[index]
    if not index or word.reading not in ("ちゅう", "なか") or not _is_filled(words, index - 1):
        return
    before = words[index - 1]
    # 中王国, 中北部 after the name of a country.
    if before.pos[2] == "地名" and index + 1 < len(words) and words[index + 1].pos[0] == "名詞":
        return
    reading = _NATIVE.get(before.text)
    if reading is not None and reading != before.reading:
        if index > 1 and words[index - 2].pos[0] in ("名詞", "接頭辞"):
            return  # 織田家中
        words[index - 1] = remade(before, reading)
    words[index] = remade(word, "じゅう")


def _is_filled(words: Sequence[Word], index: int) -> bool:
    """Say whether the word there is a place, a body, or a whole stretch of time."""
    word = words[index]
    if word.text in _SPANS:
        return index > 0 and value(words[index - 1].text) == 1
    if word.pos[0] not in ("名詞", "代名詞", "接尾辞", "副詞"):
        return False
    named = word.pos[2] == "地名" or word.text == "日本"
    return named or word.text in _DAYS or word.text in _BODY or _is_place(word.text)


@lru_cache(maxsize=2_000)
def _is_place(text: str) -> bool:
    return _PLACES.fullmatch(text) is not None
