"""A sentence rewritten with the core words, and the spelling, of another language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import regex

from cjkv_phon_train.core_words.tables import CoreWords, Entry, final

_WORD = regex.compile(r"[\p{L}\p{N}]")


class Rewritten(NamedTuple):
    """A word of the rewritten sentence.

    Attributes:
        text: Spelling.
        sound: Phonemes; empty where the model reads none.
        lang: Language code.
        place: The source word whose label it has.
    """

    text: str
    sound: str
    lang: str
    place: int


class Sentence(NamedTuple):
    """What is rewritten: words, their phonemes (empty where there are none), their language."""

    tokens: tuple[str, ...]
    sounds: Sequence[str]
    lang: str


def rewritten(
    sentence: Sentence,
    switched: Mapping[int, tuple[str, str, str]],
    table: CoreWords,
    ratio: float,
    attach: bool,
    generator: np.random.Generator,
) -> list[Rewritten]:
    """Replace core words, put translations in, and write together what the target does.

    Args:
        sentence: The source sentence.
        switched: Place → (translation, its phonemes, its language).
        table: Core words of the pair.
        ratio: Chance that a core word that stands by itself is replaced.
        attach: Write particles and endings together with the word before them, which gives
            the label. Otherwise they are replaced as words of their own.
        generator: Draws.

    Returns:
        The words, at most as many as there were.
    """
    tokens = sentence.tokens
    chances = generator.random(len(tokens))
    done: list[Rewritten] = []
    may_follow: tuple[str, ...] = ()
    place = 0
    while place < len(tokens):
        entry, size = table.find(tokens, place, may_follow) if attach else (None, 0)
        if entry is not None:
            done[-1] = _attached(done[-1], sentence, place, size, entry, table.target, generator)
            may_follow = entry.followed_by
            place += size
            continue
        word = Rewritten(tokens[place], sentence.sounds[place], sentence.lang, place)
        entry, size = table.find(tokens[: place + 1], place, ("word",) if attach else ALONE)
        if entry is not None and chances[place] < ratio:
            spelled, heard = entry.drawn(final(done[-1].text) if done else 1, generator)
            word = Rewritten(spelled, heard, table.target, place)
        elif entry is None and place in switched:
            word = Rewritten(*switched[place], place)
        done.append(word)
        may_follow = ("ending", "particle") if _WORD.search(tokens[place]) else ()
        place += 1
    return done


ALONE = ("word", "particle")
"""What stands by itself where nothing is attached."""


def _attached(
    word: Rewritten,
    sentence: Sentence,
    place: int,
    size: int,
    entry: Entry,
    target: str,
    generator: np.random.Generator,
) -> Rewritten:
    """Write what follows together with a word; a word of the source keeps its endings."""
    if entry.kind == "ending" and word.lang == sentence.lang:
        end = place + size
        spelled, heard = "".join(sentence.tokens[place:end]), "".join(sentence.sounds[place:end])
        target = sentence.lang
    else:
        spelled, heard = entry.drawn(final(word.text), generator)
    return Rewritten(word.text + spelled, word.sound + heard, target, word.place)
