"""What tokens are made of, where their boundaries are not those of the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cjkv_phon.japanese.compounds import reread
from cjkv_phon.japanese.counting import remade
from cjkv_phon.japanese.distribution import Piece
from cjkv_phon.japanese.kana import LONG, NASAL, SOKUON, is_kana, morae
from cjkv_phon.japanese.phrases import EXPRESSION, entire
from cjkv_phon.japanese.preferences import preferred
from cjkv_phon.japanese.words import Word, make_word
from cjkv_phon.types import TokenTranscription, passthrough_token


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a word."""

    word: Word
    start: int
    end: int


@dataclass(eq=False, slots=True)
class Stretch:
    """What a token is made of, where it is not one word.

    Attributes:
        spans: Words, or parts of words; none for the empty token.
        token: Transcription; None until it is needed, or where it depends on what follows.
        tokens: Transcriptions by the kana that follows, where the token ends in ん or っ.
        head: The first mora said, empty for none; None until it is needed.
    """

    spans: tuple[Span, ...]
    token: TokenTranscription | None = field(default=None, repr=False)
    tokens: dict[str | None, TokenTranscription] | None = field(default=None, repr=False)
    head: str | None = field(default=None, repr=False)


NOTHING = Stretch((), passthrough_token(""))


def covering(words: Sequence[Word]) -> Stretch:
    """Return the stretch of whole words."""
    return Stretch(tuple([Span(word, 0, len(word.text)) for word in words]))


def part_of(key: tuple[Word, int, int]) -> Stretch:
    """Return the stretch of a word from one offset to another."""
    return Stretch((Span(*key),))


def begins_inside(token: Word | Stretch) -> bool:
    """Say whether a token begins inside a word."""
    return isinstance(token, Stretch) and bool(token.spans) and token.spans[0].start > 0


def ends_inside(token: Word | Stretch) -> bool:
    """Say whether a token ends inside a word."""
    if isinstance(token, Word) or not token.spans:
        return False
    word, _, end = token.spans[-1]
    return end < word.size


def compound(words: tuple[Word, ...]) -> Stretch:
    """Return the words of one token with the readings that they have in a compound.

    What the dictionary has as one word is read as that: 二日酔い ふつかよい, この間 このあいだ.
    """
    readings = reread(words)
    text = "".join([word.text for word in words])
    # 30 日付: a number before it has already read 日.
    first = words[0].reading if words[0].chosen else ""
    whole = tuple([reading for reading in _entire(words, text) if reading.startswith(first)])
    if whole and "".join(readings or [word.reading for word in words]) not in whole:
        return covering((make_word(text, preferred(text, whole[0], EXPRESSION), EXPRESSION),))
    if readings is None:
        return covering(words)
    return covering(
        [
            word if reading == word.reading else remade(word, reading)
            for word, reading in zip(words, readings, strict=True)
        ]
    )


def _entire(words: tuple[Word, ...], text: str) -> tuple[str, ...]:
    """Return the dictionary's readings of a token; none where it may be a noun with an ending.

    並べて is a form of 並べる rather than なべて, 行き方 a way to go rather than ゆきがた.
    """
    last = words[-1]
    ending = last.pos[0] in ("助詞", "助動詞") or last.pos[1] == "助動詞語幹" or last.text == "方"
    short = last.pos[0] == "接尾辞" and len(last.text) == 1 and is_kana(last.text)
    return () if ending or short else entire(text)


def _whole_sounds(kana: str) -> list[str]:
    """Cut kana into morae, each with the ん, っ or ー after it."""
    sounds: list[str] = []
    for mora in morae(kana):
        if sounds and mora in (NASAL, SOKUON, LONG):
            sounds[-1] += mora
        else:
            sounds.append(mora)
    return sounds


def share(piece: Piece, start: int, end: int) -> Piece:
    """Return the share that characters ``start`` to ``end`` have in an indivisible piece.

    The morae go to the characters from left to right, as evenly as may be, and no share
    begins with ん, っ or ー if there are enough others; where there are more characters
    than morae, the last characters get none.

    Example:
        >>> share(Piece(0, 2, "きょう"), 0, 1).kana, share(Piece(0, 2, "きょう"), 1, 2).kana
        ('きょ', 'う')
    """
    size = piece.end - piece.start
    sounds = _whole_sounds(piece.kana)
    if len(sounds) < size:
        sounds = morae(piece.kana)
    base, extra = divmod(len(sounds), size)
    taken: list[str] = []
    at = 0
    for index in range(size):
        count = base + (index < extra)
        if start <= piece.start + index < end:
            taken.extend(sounds[at : at + count])
        at += count
    return Piece(start, end, "".join(taken), "", piece.status)
