"""Which reading does every character of a sentence have? The arbiter.

Two witnesses are heard. The *phrase table* (and the rules of `neutral` for what
it does not hold) knows words; the *polyphone model* knows sentences. They are
weighed as evidence: the model says how much likelier its own reading is than
the word's, in log odds, and the word is believed unless the model is surer than
the word is sure (`words.WORD_WEIGHT` and more, the more frequent it is). Neutral
tones and particles inside a word are believed outright; so is a word that has no
context (nothing else is in the sentence), for the model has then nothing to go by,
and a rule of `grammar` for a word of one character.

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
from itertools import takewhile
from math import inf, isinf
from typing import NamedTuple

from cjkv_phon.chinese.characters import Characters
from cjkv_phon.chinese.clauses import Place
from cjkv_phon.chinese.grammar import governed, structural
from cjkv_phon.chinese.phrases import PhraseTable, Readings
from cjkv_phon.chinese.polyphones import PolyphoneModel
from cjkv_phon.chinese.segmentation import HAN_RUN, Word, join, within_tokens
from cjkv_phon.chinese.words import WORD_WEIGHT, WordReader
from cjkv_phon.engine import Sentence
from cjkv_phon.memo import Memo

SHORTEST_CONTEXT = 7
"""Characters from which a text is a sentence rather than a dictionary entry: in
a shorter one, words are believed outright."""


_LOOKAHEAD = 5
_LOOKBACK = 8
"""Characters after and before a word that a rule of grammar may look at."""


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
        self._model = model
        self._own: Memo[str, tuple[str, ...]] = Memo(chars.readings)
        self._words = WordReader(chars, table, model.targets, model.known)

    def entry(self, text: str) -> Readings | None:
        """Read a token that is all its sentence, such as a dictionary entry, by its words alone.

        Args:
            text: The token.

        Returns:
            A numbered syllable for each character, empty for none; None where more than
            the words has to be heard, for which `read` is made.
        """
        if len(text) < SHORTEST_CONTEXT:
            known = self._words.known(text)
            if known is not None:
                return known
        if not HAN_RUN.fullmatch(text):
            return None
        found = (self._words.tokens if len(text) > 1 else self._words.runs)[text]
        alone = len(text) < SHORTEST_CONTEXT
        if any(not alone or found.trust[target] == -inf for target in found.targets):
            return None
        ruled = governed()
        if any(end - start == 1 and found.folded[start] in ruled for start, end in found.words):
            return None
        return found.readings

    def read(self, sentences: Sequence[Sentence]) -> list[Plan]:
        """Read sentences at once.

        Args:
            sentences: Tokens, any text.

        Returns:
            A plan for each, with every reading decided.
        """
        plans = [self._plan(sentence) for sentence in sentences]
        texts = [self._model_text(plan) if plan.asked else "" for plan in plans]
        for rows, scores in self._model.scores(texts, [plan.asked for plan in plans]):
            best = scores.argmax(1).tolist()
            for (number, offset), choice, row in zip(rows.tolist(), best, scores, strict=True):
                plan = plans[number]
                reading = self._model.classes[choice]
                if self._stands(plan.readings[offset], plan.trust[offset], reading, row):
                    continue
                char = plan.text[offset]
                if reading not in self._own[char]:
                    reading = self._possible(char, plan.folded[offset], row, reading)
                plan.readings[offset] = reading
        return plans

    def _stands(self, word: str, trust: float, model: str, row: Sequence[float]) -> bool:
        """Say whether a reading stands against the model's."""
        if isinf(trust):
            return trust > 0
        rival = self._model.index.get(word)
        if rival is not None:
            return row[self._model.index[model]] - row[rival] <= trust
        # A reading that the model cannot give at all: its silence about a neutral
        # tone says nothing, about another syllable it does.
        return word[:-1] == model[:-1] and word[-1] == "5"

    def _possible(self, char: str, folded: str, row: Sequence[float], reading: str) -> str:
        """Return the likeliest reading that a character has.

        In place of one of another character, which the network gives now and then; but a
        simplified character is not held to the tones that are listed.
        """
        own = self._own[char]
        if not own:
            return reading
        if char == folded and any(one[:-1] == reading[:-1] for one in own):
            return reading
        scored = [(row[self._model.index[r]], r) for r in own if r in self._model.index]
        return max(scored)[1] if scored else own[0]

    def _model_text(self, plan: Plan) -> str:
        """Return the text with what the model has never seen in simplified characters."""
        if plan.text == plan.folded:
            return plan.text
        known, alone = self._model.known, self._chars.alone
        usual = self._chars.usual
        return "".join(
            # 著 that is read as 着 is shown as such.
            new if old not in known or (old in alone and reading != usual(old)) else old
            for old, new, reading in zip(plan.text, plan.folded, plan.readings, strict=True)
        )

    def inside(self, plan: Plan, word: Word) -> list[Word]:
        """Return what a word of a plan is put together of."""
        return self._words.inside(plan.text, plan.folded, word)

    def _plan(self, sentence: Sentence) -> Plan:
        text, starts = join(sentence)
        size = len(text)
        plan = Plan(text, self._chars.simplify(text), starts, [], [""] * size, [-inf] * size, [])
        runs = [match.span() for match in HAN_RUN.finditer(text)]
        given = any(len(token) > 1 and HAN_RUN.match(token) for token in sentence.tokens)
        memo = self._words.tokens if given else self._words.runs
        pieces = within_tokens(runs, starts, size) if given else runs
        alone = sum(stop - start for start, stop in runs) < SHORTEST_CONTEXT
        for start, stop in pieces:
            found = memo[text[start:stop]]
            plan.readings[start:stop] = found.readings
            plan.trust[start:stop] = found.trust
            if found.leaning and start and plan.readings[start - 1]:
                self._lean(plan, start)
            plan.words.extend([Word(start + a, start + b) for a, b in found.words])
            plan.asked.extend(
                [
                    start + target
                    for target in found.targets
                    if not (alone and plan.trust[start + target] > -inf)
                ]
            )
        self._govern(plan)
        return plan

    def _govern(self, plan: Plan) -> None:
        """Read words of one character by the rules of grammar."""
        words, folded = plan.words, plan.folded
        known = governed()
        for index, (start, end) in enumerate(words):
            if end - start > 1 or folded[start] not in known:
                continue
            before = earlier = ""
            if index and words[index - 1].end == start:
                before = folded[words[index - 1].start : start]
                if index > 1 and words[index - 2].end == words[index - 1].start:
                    earlier = folded[words[index - 2].start : words[index - 1].start]
            after = folded[end : end + _LOOKAHEAD]
            if not after.isalnum():
                after = "".join(takewhile(str.isalnum, after))
            left = folded[max(start - _LOOKBACK, 0) : start]
            reading = structural(folded[start], Place(before, earlier, after, left))
            if reading is None and before:
                reading = self._chars.alone.get(plan.text[start])
            if reading is not None and self._has(plan.text[start], reading):
                plan.readings[start] = reading
                plan.trust[start] = inf

    def _has(self, char: str, reading: str) -> bool:
        """Say whether a character, traditional or not, can have a reading."""
        known = self._chars.readings(char)
        return reading in known or (reading[-1] == "5" and reading[:-1] + "4" in known)

    def _lean(self, plan: Plan, place: int) -> None:
        """Read a character that a token begins with as the suffix of the word before it."""
        if plan.text[place] == "々":
            plan.readings[place] = plan.readings[place - 1]
            return
        before = plan.words[-1].start
        reading = self._words.lean(
            plan.folded[before:place],
            tuple(plan.readings[before:place]),
            plan.folded[place],
            plan.readings[place],
        )
        if reading is not None:
            plan.readings[place] = reading
            plan.trust[place] = WORD_WEIGHT
