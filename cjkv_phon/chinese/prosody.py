"""A sentence as it is spoken: stretches between pauses, feet in them, words in these.

`sandhi` says what becomes of the tones of one stretch; this says what a stretch is.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from cjkv_phon.chinese.phonology import ERHUA
from cjkv_phon.chinese.reading import Plan, Reader
from cjkv_phon.chinese.sandhi import Surface, surface
from cjkv_phon.chinese.segmentation import Word
from cjkv_phon.chinese.words import LONGEST_COMPOUND
from cjkv_phon.engine import Sentence


def surface_tones(sentence: Sentence, plan: Plan, reader: Reader) -> list[Surface | None]:
    """Return the tone of every character in connected speech.

    Args:
        sentence: The tokens; each is a foot, unless it is too long for a word or all are single
            characters.
        plan: The sentence, read.
        reader: What read it, for the words inside words.

    Returns:
        One for each character of the plan's text, None where nothing is said
        or where 儿 belongs to the syllable before it.
    """
    tones: list[Surface | None] = [None] * len(plan.text)
    ends = _foot_ends(sentence, plan)
    for stretch in _stretches(plan):
        places: list[int] = []
        words: list[Word] = []
        feet: list[Word] = []
        foot = 0
        for word in stretch:
            for start, end in _parts(plan, word, reader):
                before = len(places)
                places += [place for place in range(start, end) if _is_syllable(plan, place)]
                if len(places) > before:
                    words.append(Word(before, len(places)))
            if word.end in ends and len(places) > foot:
                feet.append(Word(foot, len(places)))
                foot = len(places)
        if len(places) > foot:
            feet.append(Word(foot, len(places)))
        chars = "".join([plan.folded[place] for place in places])
        citation = [int(plan.readings[place][-1]) for place in places]
        for place, tone in zip(places, surface(chars, citation, words, feet), strict=True):
            tones[place] = tone
    return tones


def _is_syllable(plan: Plan, place: int) -> bool:
    reading = plan.readings[place]
    return reading != "" and reading != ERHUA


def _stretches(plan: Plan) -> list[list[Word]]:
    """Group the words of a plan into stretches without a pause between them."""
    stretches: list[list[Word]] = []
    end = -1
    for word in plan.words:
        between = plan.text[end : word.start] if end >= 0 else ""
        if not stretches or (between and not between.isspace()):
            stretches.append([])
        stretches[-1].append(word)
        end = word.end
    return stretches


def _foot_ends(sentence: Sentence, plan: Plan) -> AbstractSet[int]:
    """Return where feet may end: with given tokens, and with words where a token is no word."""
    if not any(len(token) > 1 for token in sentence.tokens):
        return {word.end for word in plan.words}
    ends = set()
    for start, token in zip(plan.starts, sentence.tokens, strict=True):
        ends.add(start + len(token))
        if len(token) > LONGEST_COMPOUND:
            ends.update(range(start, start + len(token)))
    return ends


def _parts(plan: Plan, word: Word, reader: Reader) -> Sequence[Word]:
    """Return what a word of three syllables and more is put together of, else the word."""
    return reader.inside(plan, word) if word.end - word.start > 2 else (word,)
