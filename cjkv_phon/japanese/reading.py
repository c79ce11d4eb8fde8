"""Sentences to readings: the words of a text, and which of them make up each token."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

import regex

from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.corrections import corrected, correction_of
from cjkv_phon.japanese.kana import is_kana
from cjkv_phon.japanese.preferences import preferred
from cjkv_phon.japanese.stretches import NOTHING, Stretch, compound, covering, part_of
from cjkv_phon.japanese.words import PartOfSpeech, Word, make_word
from cjkv_phon.memo import Memo

# SudachiPy marks a morpheme that its dictionary does not have with these bits.
_OUT_OF_VOCABULARY = 0xF0000000
_SEVERAL_KANJI = regex.compile(r"[\p{Han}々]{2,}")
WORDS = 20_000
PARTS = 2_000
# No word of the dictionary is longer; SudachiPy refuses to look up very long texts.
_LONGEST_WORD = 100
_NOUN: PartOfSpeech = ("名詞", "普通名詞", "一般", "*", "*", "*")
_CASES = frozenset("で に と へ から まで より".split())

# Characters that no other text of the same length is normalised to.
_PLAIN = regex.compile(r"[\p{Hiragana}\p{Katakana}ー\p{Han}、。「」・]+")
_SIZE = attrgetter("size")
_CORRECTION = attrgetter("correction")


@cache
def _part_of_speech(number: int) -> PartOfSpeech:
    found: PartOfSpeech = sudachi.dictionary().pos_of(number)
    return found


class Entry(NamedTuple):
    """What the analyser says of a word."""

    surface: str
    number: int
    reading: str
    pos_number: int


class Reader:
    """Finds the words of a text and remembers them.

    Args:
        read_foreign: Whether digits and Latin letters are read.
    """

    def __init__(self, *, read_foreign: bool = False) -> None:
        self.read_foreign = read_foreign
        self._known: dict[int, Word] = {}
        self._variants: dict[tuple[str, int], Word] = {}
        self._made: Memo[tuple[str, str, PartOfSpeech, str | int, bool], Word] = Memo(
            self._make, WORDS
        )
        self._own: Memo[Word, Word] = Memo(_copied, WORDS)
        self._compounds: Memo[tuple[Word, ...], Stretch] = Memo(compound, PARTS)
        self._parts: Memo[tuple[Word, int, int], Stretch] = Memo(part_of, PARTS)
        self._alone: Memo[str, Stretch] = Memo(self._by_itself, PARTS)
        self._common: Memo[str, Word | None] = Memo(self._look_up_noun, WORDS)
        self._in_kana: Memo[str, Word | None] = Memo(self._look_up, WORDS)

    def words(self, texts: Sequence[str]) -> list[list[Word]]:
        """Analyse texts; the words cover them.

        All are analysed first, and then looked at: the analyser sweeps through its
        dictionary and leaves nothing of ours in the processor's caches.
        """
        found = [
            self._found(text) if len(text) <= sudachi.LONGEST_TEXT else self._found_long(text)
            for text in texts
        ]
        return [self._made_up(*pair) for pair in zip(texts, found, strict=True)]

    def _found(self, text: str) -> tuple[list[Any], bool]:
        """Analyse a text that is short enough.

        Returns:
            Words, and entries that are no words yet; whether there are any of these.
        """
        found, numbers = sudachi.analysed(text)
        words: list[Any] = list(map(self._known.get, numbers))
        new = False
        if None in words:
            variants = self._variants
            for index, word in enumerate(words):
                if word is None:
                    morpheme = found[index]
                    key = morpheme.surface(), numbers[index]
                    word = words[index] = variants.get(key)
                    if word is None:
                        words[index] = _entry_of(morpheme, *key)
                        new = True
        return words, new

    def _found_long(self, text: str) -> tuple[list[Any], bool]:
        found = [self._found(text[start:end]) for start, end in sudachi.chunks(text)]
        return [word for words, _ in found for word in words], True

    def _made_up(self, text: str, found: tuple[list[Any], bool]) -> list[Word]:
        """Make words of what is none yet, and correct them in their context."""
        words, new = found
        if new:
            words = [self._word(word) if type(word) is Entry else word for word in words]
        # Only spellings that lengthen or shorten a word share its number (see `_PLAIN`).
        if sum(map(_SIZE, words)) != len(text):
            words = [
                self._word(_entry_of(m, m.surface(), m.word_id()))
                for _, m in sudachi.morphemes(text)
            ]
        if not any(map(_CORRECTION, words)):
            return words
        # Of a character that is normalised to several (…) all but the first word are empty.
        words = [part for word in words if word.size for part in word.parts or (word,)]
        own = self._own
        done = corrected(words, self.read_foreign)
        return [own[word] if word.shared else word for word in done]

    def _word(self, entry: Entry) -> Word:
        """Return the word of an entry, made if it is new."""
        surface, number, reading, pos_number = entry
        word = self._known.get(number)
        if word is None or word.text != surface:
            word = self._variants.get((surface, number))
        if word is not None:
            return word
        known = number < _OUT_OF_VOCABULARY
        pos = _part_of_speech(pos_number)
        word = self._make((surface, reading, pos, number if known else "", known))
        if known and number not in self._known and _PLAIN.fullmatch(surface):
            if len(self._known) >= WORDS:
                self._known.clear()
            self._known[number] = word
        else:
            # A number, a word that no dictionary has, or another spelling: ＡＢＣ, ABC.
            if len(self._variants) >= WORDS:
                self._variants.clear()
            self._variants[surface, number] = word
        return word

    def _make(self, key: tuple[str, str, PartOfSpeech, str | int, bool]) -> Word:
        text, reading, pos, normal, known = key
        usual = preferred(text, reading, pos)
        normalized = (
            normal if isinstance(normal, str) else partial(sudachi.normalized_form, text, normal)
        )
        word = make_word(text, usual, pos, normalized, known=known, foreign=self.read_foreign)
        if not word.reading and _SEVERAL_KANJI.fullmatch(text):
            word.parts = tuple([self._made[kanji, "", _NOUN, "", False] for kanji in text])
            word.correction = _unchanged  # its parts take its place before any correction
        else:
            word.correction = correction_of(text)
        return word

    def stretches(self, sentences: Sequence[Sequence[str]]) -> list[list[Word | Stretch]]:
        """Say for each token of texts which word, or parts of words, it is made of.

        Args:
            sentences: For each text the tokens that cover it.

        Returns:
            For each token a word that it is exactly, or a stretch of words.
        """
        found = self.words(["".join(cells) for cells in sentences])
        return [self._aligned(*pair) for pair in zip(sentences, found, strict=True)]

    def _aligned(self, cells: Sequence[str], words: list[Word]) -> list[Word | Stretch]:
        if len(cells) == len(words) == 1 and words[0].pos[3] == "名":
            words = [self._common[cells[0]] or words[0]]
        sizes = list(map(_SIZE, words))
        lengths = list(map(len, cells))
        if sizes == lengths:
            return list(words)
        out: list[Word | Stretch] = []
        add = out.append
        parts = self._parts
        at = 0  # index of the current word
        used = 0  # how many of its characters are taken
        begun = 0  # index of the first token since both had a boundary in one place
        crossed = False  # whether a token and a word have crossed since
        for number, length in enumerate(lengths):
            if not length:
                add(NOTHING)
                continue
            left = sizes[at]
            if not used:
                if length == left:
                    add(words[at])
                    at += 1
                    continue
                begun, crossed = number, False
            end = used + length
            if end < left:
                add(parts[words[at], used, end])
                used = end
            elif end == left:
                add(parts[words[at], used, end])
                at += 1
                used = 0
            else:
                first = at
                while end > left:
                    at += 1
                    end -= left
                    left = sizes[at]
                whole = not used and end == left
                at, used = (at + 1, 0) if end == left else (at, end)
                crossed = crossed or not whole
                if whole:
                    add(self._whole(cells[number], words[first:at], isolated=len(cells) == 1))
                else:
                    add(NOTHING)
            if crossed and not used:
                out[begun:] = [self._alone[cell] for cell in cells[begun : number + 1]]
        return out

    def _whole(self, cell: str, words: Sequence[Word], *, isolated: bool) -> Stretch:
        """Read a token that several words make up."""
        if isolated and is_kana(cell):
            word = self._in_kana[cell]
            if word is not None:
                return covering((word,))
            if not _has_topic(words):
                return covering((self._made[cell, cell, _NOUN, "", False],))
        return self._compounds[tuple(words)]

    def _by_itself(self, cell: str) -> Stretch:
        """Read a token that the analyser's words cross, out of context."""
        if not cell:
            return NOTHING
        (words,) = self.words([cell])
        return self._compounds[tuple(words)] if len(words) > 1 else covering(words)

    def _look_up_noun(self, token: str) -> Word | None:
        """Return the common noun that a given name is too: by itself 正文 is せいぶん."""
        for morpheme in sudachi.dictionary().lookup(token):
            reading, pos, normalized = _entry(morpheme)
            if pos[0] == "名詞" and pos[1] != "固有名詞":
                return self._made[token, reading, pos, normalized, True]
        return None

    def _look_up(self, token: str) -> Word | None:
        """Return the word of the dictionary that a token in kana is."""
        found = sudachi.dictionary().lookup(token) if len(token) <= _LONGEST_WORD else ()
        entries = [entry for entry in map(_entry, found) if _stands_alone(entry)]
        entries.sort(key=_preference)
        if entries:
            reading, pos, normalized = entries[0]
            return self._made[token, reading, pos, normalized, True]
        return None


def _copied(word: Word) -> Word:
    """Return a word that this reader alone has, to keep its transcription on."""
    return Word(word.text, word.reading, word.pos, word.divide, chosen=word.chosen)


def _unchanged(words: list[Word], index: int, foreign: bool) -> None:
    """Correct nothing."""


def _has_topic(words: Sequence[Word]) -> bool:
    """Say whether words begin with a particle and は, endings behind: ではない, には, とは."""
    return (
        words[0].text in _CASES
        and words[1].text == "は"
        and all(w.pos[0] in ("助詞", "助動詞") or w.pos[1] == "非自立可能" for w in words)
    )


def _entry_of(morpheme: Any, surface: str, number: int) -> Entry:
    return Entry(surface, number, morpheme.reading_form(), morpheme.part_of_speech_id())


def _entry(morpheme: Any) -> tuple[str, PartOfSpeech, str]:
    return morpheme.reading_form(), morpheme.part_of_speech(), morpheme.normalized_form()


def _stands_alone(entry: tuple[str, PartOfSpeech, str]) -> bool:
    """Leave out forms that only occur before an ending: おしいれ is not 押し入れ(ば)."""
    return entry[1][5].startswith(("*", "終止形", "連体形", "連用形-一般"))


def _preference(entry: tuple[str, PartOfSpeech, str]) -> tuple[bool, bool, bool]:
    """Order the dictionary's words for a token: nouns, dictionary forms, the rest, names."""
    _, pos, _ = entry
    return pos[1] == "固有名詞", not pos[5].startswith(("*", "終止形")), pos[0] != "名詞"
