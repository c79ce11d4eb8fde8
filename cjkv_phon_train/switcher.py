"""Code-switched sentences as examples: other words, other spelling, and their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from cjkv_phon_train.config import Settings
from cjkv_phon_train.core_words import (
    CoreWords,
    Rewritten,
    Sentence,
    load_core_words,
    rewritten,
)
from cjkv_phon_train.data import Corpus
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.examples import Example, digest
from cjkv_phon_train.merging import is_character_level
from cjkv_phon_train.switching import (
    BilingualDictionary,
    Draws,
    choose_switched,
    load_dictionary,
)

DEVELOPMENT, VOCABULARY = 6, 7
"""Purposes of `switching.Draws`; those below belong to the collator."""

FIXED_SEED = 0
"""Development sentences are switched alike in every run."""

DEVELOPMENT_RATIO = 0.9
"""Chance of each of their words, whatever the run trains with: scores of runs compare."""

VOCABULARY_DRAWS = 3

Table = TypeVar("Table", BilingualDictionary, CoreWords)


@dataclass
class Switcher:
    """Replaces words of a sentence by those of another language.

    Attributes:
        dictionaries: By source language.
        core_words: By source language; without them only content words are replaced and
            the sentence keeps its number of words.
    """

    dictionaries: Mapping[str, list[BilingualDictionary]]
    core_words: Mapping[str, list[CoreWords]] = field(default_factory=dict)

    def knows(self, lang: str) -> bool:
        """Say whether there is anything to replace words of a language by."""
        return bool(self.dictionaries.get(lang) or self.core_words.get(lang))

    def switched(
        self, example: Example, ratio: float, generator: np.random.Generator
    ) -> tuple[Example, tuple[str, ...]]:
        """Return a sentence switched, and the language of each of its words.

        Args:
            example: A sentence of the source.
            ratio: Chance of each word that a dictionary or the table of core words has.
            generator: Draws.
        """
        tables = self.core_words.get(example.lang, [])
        dictionaries = self.dictionaries.get(example.lang, [])
        chosen = choose_switched(example.tokens, dictionaries, ratio, generator)
        sounds = example.phonemes or ("",) * len(example.tokens)
        sentence = Sentence(example.tokens, sounds, example.lang)
        if tables:
            table = tables[int(generator.integers(len(tables)))]
            attach = not is_character_level(example.given_tokens)
            words = rewritten(sentence, chosen, table, ratio, attach, generator)
        else:
            words = _replaced(sentence, chosen)
        return _example(example, words), tuple(word.lang for word in words)

    def development(self, examples: Sequence[Example]) -> tuple[Example, ...]:
        """Switch development sentences, alike in every run."""
        draws = Draws(FIXED_SEED)
        return tuple(
            self.switched(example, DEVELOPMENT_RATIO, draws.generator(number, DEVELOPMENT))[0]
            for number, example in enumerate(examples)
        )

    def texts(self, examples: Iterable[Example]) -> Iterator[str]:
        """Yield what words are likely to be written as where spellings are joined."""
        draws = Draws(FIXED_SEED)
        for number, example in enumerate(examples):
            generator = draws.generator(number, VOCABULARY)
            for _ in range(VOCABULARY_DRAWS if self.core_words.get(example.lang) else 0):
                yield from self.switched(example, 1.0, generator)[0].tokens


def tables_of(
    settings: Settings,
) -> tuple[list[BilingualDictionary], list[CoreWords]]:
    """Read dictionaries and core words, where anything is to be switched."""
    data, objectives = settings.data, settings.objectives
    tagged = bool(objectives.switch_input) or settings.training.select == "switched"
    kind = data.phonemes if settings.model.phonemic != "none" else ""
    dictionaries, core_words = [], []
    if objectives.gamma or tagged:
        dictionaries = [load_dictionary(spec, kind, data.scheme) for spec in data.dictionary]
    for spec in data.core_words if tagged else ():
        core_words += load_core_words(spec, data.source, data.target, kind, data.scheme)
    return dictionaries, core_words


def by_source(tables: Sequence[Table]) -> dict[str, list[Table]]:
    """Sort tables by their source language."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        found.setdefault(table.source, []).append(table)
    return found


def switched_dev(corpora: Sequence[Corpus], switcher: Switcher, settings: Settings) -> list[Corpus]:
    """Switch the development sentences of the sources.

    Raises:
        SettingsError: If there is nothing to switch them by.
    """
    found = []
    for corpus in corpora:
        lang = corpus.source.lang
        if corpus.source.role != "dev" or lang not in settings.data.source:
            continue
        if not switcher.knows(lang):
            raise SettingsError(
                f"--select switched: there is neither a dictionary nor a table of core words "
                f"for {lang}: type --dictionary {lang}-TARGET:PATH, or --select source"
            )
        examples = switcher.development(corpus.examples)
        source = corpus.source._replace(role="switched")
        found.append(replace(corpus, source=source, examples=examples, digest=digest(examples)))
    return found


def _replaced(sentence: Sentence, chosen: Mapping[int, tuple[str, str, str]]) -> list[Rewritten]:
    return [
        Rewritten(*chosen.get(place, (token, sound, sentence.lang)), place)
        for place, (token, sound) in enumerate(zip(sentence.tokens, sentence.sounds, strict=True))
    ]


def _example(example: Example, words: Sequence[Rewritten]) -> Example:
    """Put words together as an example; what was merged from characters stays so."""
    labels = example.labels
    return Example(
        tuple(word.text for word in words),
        tuple(labels[word.place] for word in words) if labels is not None else None,
        tuple(word.sound for word in words) if example.phonemes is not None else None,
        example.lang,
        example.merged if len(words) == len(example.tokens) else None,
    )
