"""Which reading does every character of a sentence have? The arbiter.

Two witnesses are heard. The *phrase table* (and the rules of `neutral` for what
it does not hold) knows words; the *polyphone model* knows sentences. They are
weighed as evidence: the model says how much likelier its own reading is than
the word's, in log odds, and the word is believed unless the model is surer than
`WORD_WEIGHT`. A word that has no context (nothing else is in the sentence) is
believed outright, for the model has then nothing to go by. (On the dev set of CPP a word
that is contradicted more strongly than that is wrong nine times in ten, mostly
because the table is; believing words always costs 1.0 points.)

What counts as a word:

* A given token is a word of the writer: no phrase straddles its borders. A
  token that is no phrase is cut into phrases inside.
* Where no token of a sentence has two characters (text that is given character
  by character) the borders say nothing about words, and phrases are looked for
  across them, as in raw text.

Traditional characters are looked up as they are, then as their simplified
forms; a reading that a traditional character cannot have is not given to it
(隻 is zhī, whatever 只 is in that place).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from cjkv_phon.chinese.characters import Characters
from cjkv_phon.chinese.neutral import SUFFIXES, apply_word_rules, words
from cjkv_phon.chinese.phonology import ERHUA
from cjkv_phon.chinese.phrases import PhraseTable
from cjkv_phon.chinese.polyphones import PolyphoneModel
from cjkv_phon.chinese.segmentation import HAN_RUN, Word, cut
from cjkv_phon.engine import Sentence

WORD_WEIGHT = 6.0
"""Log odds up to which a word is believed against the model: as if one word in
four hundred (e⁻⁶) stood wrong in the table or were no word in its place. On the
dev set of CPP any value from 3 to 8 is as good."""

LONGEST_COMPOUND = 6
"""Characters up to which a text is a dictionary entry rather than a sentence: a
token that long is read as one word, and words in a text that short are believed
outright."""


class Plan(NamedTuple):
    """A sentence on its way through the arbiter.

    Attributes:
        text: The tokens joined, a space where white space stood.
        folded: The same in simplified characters.
        starts: Offset in ``text`` of each token.
        words: The words of its Han runs, in order.
        readings: A numbered syllable for each character, empty for none.
        trust: For each character, the log odds up to which its reading stands
            against the model's: minus infinity where no word vouches for it.
        asked: Offsets that the model is asked about.
    """

    text: str
    folded: str
    starts: list[int]
    words: list[Word]
    readings: list[str]
    trust: list[float]
    asked: list[int]


class Reader:
    """Reads sentences.

    Args:
        chars: Readings of characters.
        table: Phrases.
        model: Reader of polyphones in context.
    """

    def __init__(self, chars: Characters, table: PhraseTable, model: PolyphoneModel) -> None:
        self._chars = chars
        self._table = table
        self._model = model

    def read(self, sentences: Sequence[Sentence]) -> list[Plan]:
        """Read sentences at once.

        Args:
            sentences: Tokens, any text.

        Returns:
            A plan for each, with every reading decided.
        """
        plans = [self._plan(sentence) for sentence in sentences]
        texts = [self._model_text(plan) for plan in plans]
        for rows, scores in self._model.scores(texts, [plan.asked for plan in plans]):
            best = scores.argmax(1).tolist()
            for (number, offset), choice, row in zip(rows.tolist(), best, scores, strict=True):
                plan = plans[number]
                reading = self._model.classes[choice]
                if self._stands(plan.readings[offset], plan.trust[offset], reading, row):
                    continue
                if plan.text[offset] != plan.folded[offset]:
                    reading = self._possible(plan.text[offset], row, reading)
                plan.readings[offset] = reading
        return plans

    def _stands(self, word: str, trust: float, model: str, row: Sequence[float]) -> bool:
        """Say whether a reading stands against the model's."""
        if trust == -inf:
            return False
        rival = self._model.index.get(word)
        if rival is not None:
            return row[self._model.index[model]] - row[rival] <= trust
        # A reading that the model cannot give at all: its silence about a neutral
        # tone says nothing, about another syllable it does.
        return word[:-1] == model[:-1] and word[-1] == "5"

    def _possible(self, char: str, row: Sequence[float], reading: str) -> str:
        """Return the likeliest reading that a traditional character has."""
        own = self._chars.readings(char)
        if reading in own:
            return reading
        scored = [(row[self._model.index[r]], r) for r in own if r in self._model.index]
        return max(scored)[1] if scored else own[0]

    def _model_text(self, plan: Plan) -> str:
        """Return the text with what the model has never seen in simplified characters."""
        if plan.text == plan.folded:
            return plan.text
        known = self._model.known
        pairs = zip(plan.text, plan.folded, strict=True)
        return "".join(old if old in known else new for old, new in pairs)

    def _plan(self, sentence: Sentence) -> Plan:
        text, starts = _join(sentence)
        folded = self._chars.simplify(text)
        size = len(text)
        plan = Plan(text, folded, starts, [], [""] * size, [-inf] * size, [])
        runs = [match.span() for match in HAN_RUN.finditer(text)]
        given = any(len(token) > 1 and HAN_RUN.match(token) for token in sentence.tokens)
        pieces = _within_tokens(runs, starts, size) if given else runs
        for start, stop in pieces:
            parts = self._words(plan, start, stop)
            for part in parts:
                self._read_word(plan, part)
                plan.words.append(part)
            if given and len(parts) > 1 and stop - start <= LONGEST_COMPOUND:
                self._read_compound(plan, start, stop, parts)
        self._ask(plan, sum(stop - start for start, stop in runs))
        return plan

    def _words(self, plan: Plan, start: int, stop: int) -> list[Word]:
        if self._known(plan, start, stop) is not None:
            return [Word(start, stop)]
        parts: list[Word] = []
        for part in cut(plan.text, plan.folded, start, stop, self._table):
            if part.end - part.start > 1 and self._known(plan, *part) is None:
                # A word whose reading is not known is read by what it is made of.
                parts += self.inside(plan, part)
            else:
                parts.append(part)
        return parts

    def inside(self, plan: Plan, word: Word) -> list[Word]:
        """Return what a word is put together of: two words or more, if it is long enough."""
        return cut(plan.text, plan.folded, *word, self._table, inside=True)

    def _known(self, plan: Plan, start: int, end: int) -> tuple[str, ...] | None:
        readings = self._table.readings(plan.text[start:end])
        return readings or self._table.readings(plan.folded[start:end])

    def _read_word(self, plan: Plan, word: Word) -> None:
        start, end = word
        if end - start > 1:
            readings = self._known(plan, start, end)
            if readings is None:
                readings = tuple(map(self._chars.usual, plan.folded[start:end]))
            plan.readings[start:end] = readings
            # The network has hardly met the suffix 儿, so words decide about it.
            plan.trust[start:end] = [inf if r == ERHUA else WORD_WEIGHT for r in readings]
            return
        char = plan.text[start]
        if char == "々" and start:
            plan.readings[start] = plan.readings[start - 1]
            return
        usual = self._chars.usual(char) or self._chars.usual(plan.folded[start])
        plan.readings[start] = usual
        if plan.folded[start] in SUFFIXES and plan.words and plan.words[-1].end == start:
            before = plan.words[-1].start
            ruled = apply_word_rules(plan.folded[before:end], [*plan.readings[before:start], usual])
            plan.readings[start] = ruled[-1]
            plan.trust[start] = WORD_WEIGHT

    def _read_compound(self, plan: Plan, start: int, stop: int, parts: Sequence[Word]) -> None:
        """Apply the rules for words to a given token that is put together of several."""
        for part in parts:
            if plan.folded[part.start : part.end] in words().meaning:
                last = part.end - 1
                plan.readings[last] = self._chars.usual(plan.folded[last])
        before = plan.readings[start:stop]
        after = apply_word_rules(plan.folded[start:stop], before)
        for offset, old, new in zip(range(start, stop), before, after, strict=True):
            if old != new:
                plan.readings[offset] = new
                plan.trust[offset] = WORD_WEIGHT

    def _ask(self, plan: Plan, context: int) -> None:
        """Note what the model is to be asked: polyphones that no lone word vouches for."""
        targets = self._model.targets
        seen = self._model.known
        alone = context <= LONGEST_COMPOUND
        for start, end in plan.words:
            for offset in range(start, end):
                if alone and plan.trust[offset] > -inf:
                    continue
                char = plan.text[offset]
                if (char if char in seen else plan.folded[offset]) in targets:
                    plan.asked.append(offset)


def _join(sentence: Sentence) -> tuple[str, list[int]]:
    """Return the text of a sentence and where each token starts in it."""
    starts = []
    pieces = []
    offset = 0
    spaces = sentence.spaces or (False,) * len(sentence.tokens)
    for token, space in zip(sentence.tokens, spaces, strict=True):
        starts.append(offset)
        piece = token + " " if space else token
        pieces.append(piece)
        offset += len(piece)
    return "".join(pieces), starts


def _within_tokens(
    runs: Sequence[tuple[int, int]], starts: Sequence[int], size: int
) -> list[tuple[int, int]]:
    """Cut runs where tokens meet."""
    ends = iter([*starts[1:], size])
    end = next(ends, size)
    pieces = []
    for start, stop in runs:
        while start < stop:
            while end <= start:
                end = next(ends)
            pieces.append((start, min(stop, end)))
            start = min(stop, end)
    return pieces
