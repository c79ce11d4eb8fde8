"""Numbers in a sentence: each is read together with the counter after it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import regex

from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.numerals import (
    KANJI_NUMBER,
    LONGEST,
    MIXED_NUMBER,
    Counter,
    counters,
    in_kanji,
    read_counted,
    read_kanji,
    value,
)
from cjkv_phon.japanese.words import Word, divide, undivided

_COUNTED = regex.compile(r"([〇零一二三四五六七八九十百千万億兆]+|\p{Nd}+)(\P{Nd}+)")
_LARGEST = 10**16
_COMMAS = frozenset("、，,")
_NUMERAL = ("名詞", "数詞", "*", "*", "*", "*")
_DIGITS_OR_UNIT = regex.compile(r"[\p{Nd},，.．]+|.")


def counted_word(text: str) -> tuple[str, Counter] | None:
    """Cut a word into a number and a counter, if it is that."""
    match = _COUNTED.fullmatch(text)
    counter = counters().get(match.group(2)) if match else None
    return (match.group(1), counter) if match and counter else None


def remade(word: Word, reading: str, pieces: tuple[Piece, ...] | None = None) -> Word:
    """Return a word with another reading; an unknown kanji stays unknown."""
    if pieces is None and len(word.text) == 1 and word.pieces[0].status == "unknown":
        pieces = (Piece(0, 1, reading, "", "unknown"),)
    return changed_word(word.text, word.pos, reading, pieces)


@lru_cache(maxsize=2_000)
def changed_word(
    text: str, pos: tuple[str, ...], reading: str, pieces: tuple[Piece, ...] | None
) -> Word:
    """Build a word with a reading of ours, the same object each time."""
    division = undivided(pieces) if pieces else partial(divide, text, reading)
    return Word(text, reading, pos, division, chosen=True, shared=True)


def read_number(out: list[Word], index: int, foreign: bool) -> None:
    """Read a number, and the counter after it, in place."""
    end = index + 1
    last = min(len(out), index + LONGEST)
    while end < last and value(out[end].text) is not None:
        end += 1
    number = "".join([word.text for word in out[index:end]])
    worth = value(number)
    if worth is None or worth >= _LARGEST:
        return
    about = _is_about(out, index, end, worth)
    if about and worth - 1 in _BEFORE_NEXT and out[index - 2].reading:
        out[index - 2] = remade(out[index - 2], _BEFORE_NEXT[worth - 1])
    if end < len(out):
        after = out[end]
        sense = "about" if about else _sense(out, index, end, worth)
        read = _counted(number, out[index], after, sense, foreign)
        if read is not None:
            out[index : end + 1] = read
            return
    out[index:end] = [_plain(number, out[index], foreign)]


@lru_cache(maxsize=2_000)
def _plain(number: str, word: Word, foreign: bool) -> Word:
    """Read a number that nothing is counted by."""
    worth = value(number)
    if MIXED_NUMBER.fullmatch(number) or worth is None:
        return _mixed_number_word(number, foreign)
    if KANJI_NUMBER.fullmatch(number):
        pieces = tuple(Piece(i, i + 1, kana) for i, kana in enumerate(read_kanji(number)))
        return _number_word(number, word, pieces, foreign)
    kana = "".join(read_kanji(in_kanji(worth)))
    return _number_word(number, word, (Piece(0, len(number), kana),), foreign)


@lru_cache(maxsize=2_000)
def _counted(
    number: str, word: Word, after: Word, sense: str, foreign: bool
) -> tuple[Word, Word] | None:
    """Read a number together with the counter after it; None where that is none."""
    counter = _SENSES.get(sense) or counters().get(after.text) or _unlisted(after)
    if counter is not None and sense == "about":
        counter = _of_an_estimate(counter)
    counted = read_counted(number, counter) if counter is not None else None
    if counted is None:
        return None
    return _number_word(number, word, counted.number, foreign), remade(after, counted.counter)


_SENSES = {
    "fraction": Counter("ぶん", "-", {}, {}),
    "hundredth": Counter("ぶ", "-", {}, {}),
    "first": Counter("ついたち", "-", {}, {1: "ついたち"}),
    "portion": Counter("にん", "-", {"四": "よ"}, {}),
}
_FORMS_OF_DO = frozenset(("さ", "し", "する", "すれ", "せ", "しよ"))


_BEFORE_NEXT = {4: "し", 7: "しち"}


def _is_about(out: Sequence[Word], index: int, end: int, worth: int) -> bool:
    """Say whether a digit is the second of an estimate: 二、三日, but not 一、二、三."""
    if index < 2 or out[index - 1].text not in _COMMAS or not 1 < worth < 10:
        return False
    listed = (index > 2 and out[index - 3].text in _COMMAS) or (
        end < len(out) and out[end].text in _COMMAS
    )
    return value(out[index - 2].text) == worth - 1 and not listed


def _of_an_estimate(counter: Counter) -> Counter:
    """Return how a counter counts there: 二、三日 にさんにち, 三、四日 さんよっか."""
    whole = {4: counter.whole[4]} if 4 in counter.whole else {}
    return counter._replace(whole=whole, digits={**counter.digits, "七": "しち"})


def _sense(out: Sequence[Word], index: int, end: int, worth: int) -> str:
    """Say whether a counter means something else there: 三分の一, 二分する, 一月一日, 一人前."""
    text = out[end].text
    after = out[end + 1].text if end + 1 < len(out) else ""
    if text == "分":
        fraction = after == "の" and end + 2 < len(out) and value(out[end + 2].text) is not None
        if index and out[index - 1].text == "割":
            return "hundredth"
        return "fraction" if fraction or after in _FORMS_OF_DO else ""
    if text == "人" and after == "前":
        return "portion"
    first = text == "日" and worth == 1 and end > 1 and out[end - 2].text == "月"
    return "first" if first else ""


def _unlisted(word: Word) -> Counter | None:
    """Treat what may count, and is not in the table, by its first sound."""
    if word.pos[2] not in ("助数詞可能", "助数詞") or len(word.text) != 1 or not word.reading:
        return None
    first = word.reading[0]
    for kind, row in (
        ("k", "かきくけこ"),
        ("s", "さしすせそ"),
        ("t", "たちつてと"),
        ("hp", "はひふへほ"),
    ):
        if first in row:
            return Counter(word.reading, kind, {}, {})
    return Counter(word.reading, "-", {}, {})


def _number_word(number: str, word: Word, pieces: tuple[Piece, ...], foreign: bool) -> Word:
    if MIXED_NUMBER.fullmatch(number):
        return _mixed_number_word(number, foreign)
    if not foreign and not KANJI_NUMBER.fullmatch(number):
        pieces = (Piece(0, len(number), "", "", "passthrough"),)
    reading = "".join(piece.kana for piece in pieces)
    return changed_word(number, _NUMERAL, reading, pieces)


def _mixed_number_word(number: str, foreign: bool) -> Word:
    """Read 100万: the units are Japanese, the digits before them foreign."""
    pieces: list[Piece] = []
    for match in _DIGITS_OR_UNIT.finditer(number):
        start, end = match.span()
        text = match.group()
        worth = value(text)
        if KANJI_NUMBER.fullmatch(text):
            pieces.append(Piece(start, end, "".join(read_kanji(text))))
        elif foreign and worth is not None:
            pieces.append(Piece(start, end, "".join(read_kanji(in_kanji(worth)))))
        else:
            pieces.append(Piece(start, end, "", "", "passthrough"))
    reading = "".join(piece.kana for piece in pieces)
    return changed_word(number, _NUMERAL, reading, tuple(pieces))


def portion(text: str, counter: Counter, after: str) -> Counter:
    """Return the counter of helpings for 一人 before 前: いちにんまえ."""
    return _SENSES["portion"] if text.endswith("人") and after == "前" else counter


def recount(word: Word, number: str, counter: Counter, foreign: bool) -> Word:
    """Read 一回 as いっかい where the dictionary has いちかい: number and counter unchanged."""
    worth = value(number)
    counted = read_counted(number, counter)
    if worth is None or counted is None:
        return word
    plain = "".join(read_kanji(in_kanji(worth))) + counter.reading
    whole = "".join(piece.kana for piece in counted.number) + counted.counter
    # 三本 is a surname too (みもと): a number is likelier.
    told = counter is _SENSES["portion"]
    if (word.reading != plain and word.pos[2] != "人名" and not told) or whole == word.reading:
        return word
    size = len(number)
    pieces = counted.number
    if not foreign and not KANJI_NUMBER.fullmatch(number):
        pieces = (Piece(0, size, "", "", "passthrough"),)
    return changed_word(
        word.text, word.pos, whole, (*pieces, Piece(size, len(word.text), counted.counter))
    )
