"""Sentences to readings: the words of a text, and which of them make up each token."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import regex

from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.compounds import reread
from cjkv_phon.japanese.corrections import corrected, is_contextual, preferred
from cjkv_phon.japanese.counting import remade
from cjkv_phon.japanese.kana import is_kana
from cjkv_phon.japanese.words import PartOfSpeech, Word, make_word
from cjkv_phon.memo import Memo

# SudachiPy marks a morpheme that its dictionary does not have with these bits.
_OUT_OF_VOCABULARY = 0xF0000000
_SEVERAL_KANJI = regex.compile(r"[\p{Han}々]{2,}")
WORDS = 200_000
_NOUN: PartOfSpeech = ("名詞", "普通名詞", "一般", "*", "*", "*")


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a word."""

    word: Word
    start: int
    end: int


def reread_words(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words of one token with the readings that they have in a compound."""
    readings = reread(words)
    if readings is None:
        return words
    return tuple(
        word if reading == word.reading else remade(word, reading)
        for word, reading in zip(words, readings, strict=True)
    )


@cache
def _part_of_speech(number: int) -> PartOfSpeech:
    found: PartOfSpeech = sudachi.dictionary().pos_of(number)
    return found


class Reader:
    """Finds the words of a text and remembers them.

    Args:
        read_foreign: Whether digits and Latin letters are read.
    """

    def __init__(self, *, read_foreign: bool = False) -> None:
        self.read_foreign = read_foreign
        self._known: dict[int, Word] = {}
        self._contextual: set[Word] = set()
        self._made: Memo[tuple[str, str, PartOfSpeech, str, bool], Word] = Memo(self._make, WORDS)
        self._compounds: Memo[tuple[Word, ...], tuple[Word, ...]] = Memo(reread_words, WORDS)
        self._alone: Memo[str, tuple[Span, ...]] = Memo(self._by_itself, WORDS)
        self._in_kana: Memo[str, Word] = Memo(self._look_up, WORDS)

    def words(self, text: str) -> list[Word]:
        """Analyse a text; the words cover it."""
        if len(text) <= sudachi.LONGEST_TEXT:
            found = sudachi.tokenizer().tokenize(text)
            known = self._known.get
            words: list[Any] = [known(morpheme.word_id()) for morpheme in found]
            if None in words or "".join([word.text for word in words]) != text:
                words = self._new_words(found, text, 0)
        else:
            words = []
            for start, end in sudachi.chunks(text):
                found = sudachi.tokenizer().tokenize(text[start:end])
                words.extend(self._new_words(found, text, start))
        if self._contextual.isdisjoint(words):
            return words
        return corrected(words, self.read_foreign)

    def _new_words(self, found: Any, text: str, at: int) -> list[Word]:
        """Build the words of morphemes, some of which are new."""
        known = self._known.get
        words: list[Word] = []
        for morpheme in found:
            word = known(morpheme.word_id())
            surface = morpheme.surface()
            if word is None or word.text != surface:
                word = self._new(morpheme, surface)
                if not word.reading and _SEVERAL_KANJI.fullmatch(surface):
                    words.extend([self._made[kanji, "", _NOUN, "", False] for kanji in surface])
                    continue
            words.append(word)
        return words

    def _new(self, morpheme: Any, surface: str) -> Word:
        number = morpheme.word_id()
        known = number < _OUT_OF_VOCABULARY
        reading = morpheme.reading_form()
        pos = _part_of_speech(morpheme.part_of_speech_id())
        normalized = ""
        if known and is_kana(surface):
            normalized = morpheme.normalized_form()
        word = self._made[surface, reading, pos, normalized, known]
        if known:
            if len(self._known) >= WORDS:
                self._known.clear()
            self._known[number] = word
        return word

    def _make(self, key: tuple[str, str, PartOfSpeech, str, bool]) -> Word:
        text, reading, pos, normalized, known = key
        usual = preferred(text, reading, pos)
        word = make_word(text, usual, pos, normalized, known=known, foreign=self.read_foreign)
        if is_contextual(text):
            if len(self._contextual) >= WORDS:
                self._contextual = set()
            self._contextual.add(word)
            word.contextual = True
        return word

    def spans(self, words: Sequence[Word], cells: Sequence[str]) -> list[Word | tuple[Span, ...]]:
        """Say for each token which words, or parts of words, it is made of.

        Args:
            words: Words that cover a text.
            cells: Tokens that cover the same text.

        Returns:
            For each token a word that it is exactly, or spans that cover it.
        """
        if len(words) == len(cells) and [word.text for word in words] == cells:
            return list(words)
        out: list[Word | tuple[Span, ...]] = []
        at = 0  # index of the current word
        used = 0  # how many of its characters are taken
        begun = 0  # index of the first token since both had a boundary in one place
        crossed = False  # whether a token and a word have crossed since
        for number, cell in enumerate(cells):
            size = len(cell)
            if size and not used and len(words[at].text) == size:
                out.append(words[at])
                at += 1
                continue
            if not used:
                begun, crossed = number, False
            whole = not used
            taken: list[Span] = []
            while size:
                word = words[at]
                end = min(len(word.text), used + size)
                taken.append(Span(word, used, end))
                size -= end - used
                used = end
                if used == len(word.text):
                    at, used = at + 1, 0
            crossed = crossed or (len(taken) > 1 and not (whole and not used))
            out.append(tuple(taken))
            if used:
                continue
            if crossed:
                for index in range(begun, number + 1):
                    out[index] = self._alone[cells[index]]
            elif whole and len(taken) > 1:
                out[number] = self._whole(cell, taken, isolated=len(cells) == 1)
        return out

    def _whole(self, cell: str, taken: Sequence[Span], *, isolated: bool) -> tuple[Span, ...]:
        """Read a token that several words make up."""
        if isolated and is_kana(cell):
            return _spanning((self._in_kana[cell],))
        return _spanning(self._compounds[tuple([span.word for span in taken])])

    def _by_itself(self, cell: str) -> tuple[Span, ...]:
        """Read a token that the analyser's words cross, out of context."""
        words = self.words(cell)
        return _spanning(self._compounds[tuple(words)] if len(words) > 1 else words)

    def _look_up(self, token: str) -> Word:
        """Return the word that a token in kana is, where the analyser has cut it up."""
        entries = [e for e in map(_entry, sudachi.dictionary().lookup(token)) if _stands_alone(e)]
        entries.sort(key=_preference)
        if entries:
            reading, pos, normalized = entries[0]
            return self._made[token, reading, pos, normalized, True]
        return self._made[token, token, _NOUN, "", False]


def _spanning(words: Sequence[Word]) -> tuple[Span, ...]:
    return tuple([Span(word, 0, len(word.text)) for word in words])


def _entry(morpheme: Any) -> tuple[str, PartOfSpeech, str]:
    return morpheme.reading_form(), morpheme.part_of_speech(), morpheme.normalized_form()


def _stands_alone(entry: tuple[str, PartOfSpeech, str]) -> bool:
    """Leave out forms that only occur before an ending: おしいれ is not 押し入れ(ば)."""
    return entry[1][5].startswith(("*", "終止形", "連体形", "連用形-一般"))


def _preference(entry: tuple[str, PartOfSpeech, str]) -> tuple[bool, bool, bool]:
    """Order the dictionary's words for a token: nouns, dictionary forms, the rest, names."""
    _, pos, _ = entry
    return pos[1] == "固有名詞", not pos[5].startswith(("*", "終止形")), pos[0] != "名詞"
