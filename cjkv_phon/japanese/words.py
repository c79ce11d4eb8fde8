"""Words: what the analyser found, with a reading shared out over the characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias

import regex

from cjkv_phon.japanese.distribution import Piece, distribute, kana_pieces
from cjkv_phon.japanese.foreign import read_latin
from cjkv_phon.japanese.kana import expand_iteration, is_kana, to_hiragana
from cjkv_phon.japanese.kanji import KANJI, KanjiReading, kanji_readings
from cjkv_phon.japanese.morphemes import cuts, lengthenings
from cjkv_phon.scripts import runs
from cjkv_phon.types import Status, TokenTranscription

PartOfSpeech = tuple[str, ...]
Division = tuple[tuple[Piece, ...], frozenset[int]]
"""Pieces of a word, and the offsets where a morpheme begins inside kana."""
Correction: TypeAlias = "Callable[[list[Word], int, bool], None]"
"""Changes words in place at an index; the flag says whether digits are read."""

READABLE = regex.compile(r"[\p{Han}々〆〇\p{Hiragana}\p{Katakana}ー]")
_JAPANESE = regex.compile(r"[\p{Han}々〆〇\p{Hiragana}\p{Katakana}ー]+")
_KANJI_ONLY = regex.compile(r"\p{Han}+")
_KATAKANA = regex.compile(r"\p{Katakana}")
PARTICLE_SOUNDS = {"は": "わ", "へ": "え", "を": "お"}
_HISTORICAL = {"は": "わ", "ひ": "い", "ふ": "う", "へ": "え"}
# Parts of speech whose final は was once the particle: こんにちは, あるいは, では.
_FOSSIL_PARTICLE = frozenset(("接続詞", "感動詞", "副詞", "助詞"))


@dataclass(eq=False, slots=True)
class Word:
    """A stretch of text with its reading; compared and hashed by identity.

    Attributes:
        text: The characters.
        reading: In hiragana; empty where nothing is read.
        pos: Part of speech in six levels, as SudachiDict (UniDic) has them.
        divide: Finds `pieces` and `cuts`, when they are first asked for: most words only
            stand beside one whose reading is wanted.
        correction: What may change its reading with the words around it.
        parts: The words that it is read as, where the dictionary has no reading of it.
        chosen: Whether a rule or its sentence chose the reading, which a compound leaves it.
        shared: Whether readers with other options have the same object: no transcription is
            kept on it.
        token: Transcription of the word as a token of its own; None until it is needed,
            or where it depends on what follows.
        tokens: Transcriptions by the kana that follows, where the word ends in ん or っ.
        head: The first mora said, empty for none; None until it is needed.
        size: Length of the text.
    """

    text: str
    reading: str
    pos: PartOfSpeech
    divide: Callable[[], Division] = field(repr=False)
    correction: Correction | None = field(default=None, repr=False)
    parts: tuple[Word, ...] = field(default=(), repr=False)
    chosen: bool = field(default=False, repr=False)
    shared: bool = field(default=False, repr=False)
    token: TokenTranscription | None = field(default=None, repr=False)
    tokens: dict[str | None, TokenTranscription] | None = field(default=None, repr=False)
    head: str | None = field(default=None, repr=False)
    size: int = field(init=False, repr=False)
    _division: Division | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self.size = len(self.text)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Pieces that tile the text."""
        return (self._division or self._divided())[0]

    @property
    def cuts(self) -> frozenset[int]:
        """Offsets in the text where a morpheme begins inside kana."""
        return (self._division or self._divided())[1]

    def _divided(self) -> Division:
        found = self._division = self.divide()
        return found


def make_word(
    text: str,
    reading: str,
    pos: PartOfSpeech,
    normalized: str | Callable[[], str] = "",
    *,
    known: bool = True,
    foreign: bool = False,
) -> Word:
    """Build a word from what the analyser says.

    Args:
        text: The characters.
        reading: The analyser's reading, in katakana; anything else than kana is no reading.
        pos: Part of speech.
        normalized: The normalized form of the dictionary, or what finds it; for a word in
            kana, its kanji show where morphemes begin.
        known: Whether the dictionary has the word.
        foreign: Whether Latin letters are read, and not passed through.
    """
    kana = to_hiragana(reading)
    if known and _KANJI_ONLY.fullmatch(text) and is_kana(kana):
        return Word(text, kana, pos, partial(_divide_kanji, text, kana, pos))
    folded = expand_iteration(to_hiragana(text))
    if is_kana(folded):
        return Word(text, folded, pos, partial(_divide_kana, text, folded, pos, normalized))
    if READABLE.search(text) is None:
        spelled = read_latin(text, kana if known else "") if foreign else ""
        status: Status = "ok" if spelled else "passthrough"
        pieces = (Piece(0, len(text), spelled, "", status),) if text else ()
        return Word(text, spelled, pos, undivided(pieces))
    if not is_kana(kana) or (not known and KANJI.search(text)):
        return _unknown_word(text, pos)
    if text == "言う":
        return Word(text, "いう", pos, undivided((Piece(0, 2, "いう", "ゆう"),)))
    if text == "言ふ":
        return Word(text, "いふ", pos, undivided((Piece(0, 2, "いふ", "ゆう"),)))
    return Word(text, kana, pos, partial(_divide_mixed, text, kana, pos, foreign))


def undivided(pieces: tuple[Piece, ...]) -> Callable[[], Division]:
    """Return what a word whose pieces are known is divided by."""
    return lambda: (pieces, frozenset())


def divide(text: str, reading: str) -> Division:
    """Share a reading out over the characters of a word."""
    return distribute(text, reading), frozenset()


def _divide_kanji(text: str, kana: str, pos: PartOfSpeech) -> Division:
    return _historical(distribute(text, kana), pos), frozenset()


def _divide_mixed(text: str, kana: str, pos: PartOfSpeech, foreign: bool) -> Division:
    pieces = _historical(_as_written(text, distribute(text, kana)), pos)
    return pieces if foreign else _keep_foreign(text, pieces), frozenset()


def needs_kanji(text: str) -> bool:
    """Say whether the kanji of a word in kana may matter to its pronunciation."""
    folded = expand_iteration(to_hiragana(text))
    return folded == "いう" or bool(lengthenings(folded))


def _divide_kana(
    text: str, folded: str, pos: PartOfSpeech, normalized: str | Callable[[], str]
) -> Division:
    if callable(normalized):
        normalized = normalized() if needs_kanji(text) else ""
    pieces = _as_written(text, kana_pieces(folded))
    last = folded[-1]
    if pos[0] == "助詞" and folded in PARTICLE_SOUNDS:
        pieces = (Piece(0, 1, folded, PARTICLE_SOUNDS[folded]),)
    elif (
        last == "は" and pos[0] in _FOSSIL_PARTICLE and len(folded) > 1 and folded[-2] not in "はあ"
    ):
        pieces = (*pieces[:-1], pieces[-1]._replace(sound="わ"))
    elif folded == "いう" and normalized == "言う":
        pieces = (Piece(0, 2, "いう", "ゆう"),)
    return pieces, cuts(folded, pos, normalized, native=text == folded)


def _unknown_word(text: str, pos: PartOfSpeech) -> Word:
    """Read character by character what the dictionary does not know as a word."""
    pieces: list[Piece] = []
    for start, end, script in runs(text):
        if script == "kana":
            folded = expand_iteration(to_hiragana(text[start:end]))
            pieces.extend(
                Piece(start + i, start + i + 1, char if is_kana(char) else "")
                for i, char in enumerate(folded)
            )
        elif script == "han":
            pieces.extend(_unknown_kanji(text, start, end, pieces))
        else:
            pieces.append(Piece(start, end, "", "", "passthrough"))
    reading = "".join(piece.kana for piece in pieces)
    return Word(text, reading, pos, undivided(_as_written(text, pieces)))


def _unknown_kanji(text: str, start: int, end: int, before: list[Piece]) -> list[Piece]:
    pieces: list[Piece] = []
    for at in range(start, end):
        if text[at] == "々" and (pieces or before):
            kana = (pieces or before)[-1].kana
        else:
            kana = _likeliest_kanji(text[at], at > start, at + 1 < end)
        pieces.append(Piece(at, at + 1, kana, "", "unknown"))
    return pieces


def _likeliest_kanji(kanji: str, left: bool, right: bool) -> str:
    """Return the reading a kanji mostly has alone, or with kanji on its left or right."""
    found = kanji_readings(kanji)
    if not found:
        return ""

    def weight(r: KanjiReading) -> float:
        place = (r.medial if right else r.final) if left else (r.initial if right else r.alone)
        return place + 0.05 * r.general

    return max(found, key=weight).kana


def _historical(pieces: tuple[Piece, ...], pos: PartOfSpeech) -> tuple[Piece, ...]:
    """Say the ending of a classical verb in は ひ ふ へ as it is said: 思ふ is omou."""
    if not (pos[4].startswith("文語") and "ハ行" in pos[4] and pieces[-1].kana in _HISTORICAL):
        return pieces
    last = pieces[-1]
    return (*pieces[:-1], last._replace(sound=_HISTORICAL[last.kana]))


def _as_written(text: str, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Give katakana of the text back to the reading: ノーベル賞 is read ノーベルしょう."""
    if _KATAKANA.search(text) is None:
        return pieces if isinstance(pieces, tuple) else tuple(pieces)
    out: list[Piece] = []
    for piece in pieces:
        start, end, kana, _, status = piece
        char = text[start]
        same = end == start + 1 and (char == kana or to_hiragana(char) == kana)
        out.append(Piece(start, end, char, kana, status) if same else piece)
    return tuple(out)


def _keep_foreign(text: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pass through the pieces of a word that hold no Japanese script (the T of Tシャツ)."""
    if _JAPANESE.fullmatch(text) is not None:
        return pieces
    if all(READABLE.search(text, p.start, p.end) for p in pieces):
        return pieces
    return tuple(
        p if READABLE.search(text, p.start, p.end) else Piece(p.start, p.end, "", "", "passthrough")
        for p in pieces
    )


def is_japanese(text: str) -> bool:
    """Say whether a text is in Japanese script from end to end."""
    return _JAPANESE.fullmatch(text) is not None


def own_reading(text: str, start: int, end: int) -> Piece:
    """Read a part of a word by itself, where the word's reading cannot be divided.

    Example:
        >>> own_reading("W杯", 1, 2).kana, own_reading("W杯", 0, 1).status
        ('はい', 'passthrough')
    """
    part = text[start:end]
    if not is_japanese(part):
        return Piece(start, end, "", "", "passthrough")
    folded = expand_iteration(to_hiragana(part))
    kana = [
        char if is_kana(char) else _likeliest_kanji(char, at > 0, at + 1 < len(text))
        for at, char in enumerate(folded, start)
    ]
    return Piece(start, end, "".join(kana))
