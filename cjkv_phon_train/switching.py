"""What is drawn at random: which words are masked, which are replaced by a translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cjkv_phon import FormatError, Transcriber
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.sources import pair_file, text_lines

Entries = dict[str, tuple[tuple[str, str], ...]]
"""Source word → translations with their phonemes."""


class BilingualDictionary(NamedTuple):
    """Translations of one language pair.

    Attributes:
        source: Language code of the words looked up.
        target: Language code of the translations.
        entries: Source word → translations with their phonemes.
    """

    source: str
    target: str
    entries: Entries

    def translations(self, token: str) -> tuple[tuple[str, str], ...]:
        """Look a word up as it is, then in lower case."""
        return self.entries.get(token) or self.entries.get(token.lower(), ())


def load_dictionary(spec: str, phonemes: str = "ipa", scheme: str = "") -> BilingualDictionary:
    """Read ``source⇥source IPA⇥target⇥target IPA``, or ``source⇥target`` with a scheme.

    Args:
        spec: ``ja-ko:PATH``.
        phonemes: ``ipa``, ``romanization``, or empty for none: then two columns do.
        scheme: Transcribe the targets with this scheme; empty: read the column.

    Raises:
        SettingsError: If the spec is written wrongly or phonemes cannot be had.
        FormatError: If the file is empty or a line has other columns.
    """
    source, target, path = pair_file(
        "dictionary", spec, "SOURCE-TARGET:PATH, such as ja-ko:dictionary.txt"
    )
    if phonemes == "romanization" and not scheme:
        raise SettingsError(
            f"{path} holds no romanization: type --scheme standard to make it, or --phonemes ipa"
        )
    widths = (2, 4) if scheme or not phonemes else (4,)
    rows: list[tuple[str, str, str]] = []
    for number, line in text_lines(path):
        cells = line.split("\t")
        if len(cells) not in widths:
            raise FormatError(
                f"{len(cells)} columns; wanted source, source IPA, target, target IPA (or source "
                "and target: type --scheme standard to transcribe them)",
                path=path,
                line=number,
            )
        sound = cells[-1] if phonemes else ""
        rows.append((cells[0], cells[len(cells) // 2], sound))
    if not rows:
        raise FormatError(
            "the dictionary is empty: give another one, or switch L_XMLM off with --gamma 0 (and "
            "CoSDA-ML with --switch-input 0)",
            path=path,
        )
    if scheme and phonemes:
        results = Transcriber(target, scheme=scheme).pipe([row[1].split() for row in rows])
        joined = (" ".join(r.ipa if phonemes == "ipa" else r.romanization) for r in results)
        rows = [(a, b, sound) for (a, b, _), sound in zip(rows, joined, strict=True)]
    entries: dict[str, list[tuple[str, str]]] = {}
    for word, translation, sound in rows:
        entries.setdefault(word, []).append((translation, sound))
    return BilingualDictionary(source, target, {k: tuple(v) for k, v in entries.items()})


class Draws:
    """Random numbers that depend on seed, epoch, sentence and purpose alone.

    So a run draws the same masks whatever the number of processes, and a run
    that is resumed draws what it would have drawn.

    Args:
        seed: Seed of the run.
        redraw: Draw anew each epoch; else as in epoch 0.
    """

    def __init__(self, seed: int, redraw: bool = True) -> None:
        self.seed = seed
        self.redraw = redraw
        self.epoch = 0

    def generator(self, sentence: int, purpose: int) -> np.random.Generator:
        """Return the generator for one purpose on one sentence."""
        epoch = self.epoch if self.redraw else 0
        return np.random.default_rng((self.seed, epoch, sentence, purpose))


def choose_masked(words: int, share: float, generator: np.random.Generator) -> list[int]:
    """Choose which words are masked: the share µ, at least one.

    Returns:
        Indices in increasing order.
    """
    if words == 0:
        return []
    count = min(words, max(1, round(share * words)))
    return sorted(generator.choice(words, count, replace=False).tolist())


def choose_switched(
    tokens: Sequence[str],
    dictionaries: Sequence[BilingualDictionary],
    ratio: float,
    generator: np.random.Generator,
) -> dict[int, tuple[str, str, str]]:
    """Choose which words are replaced: each word that has a translation, with chance r.

    Returns:
        Index → (translation, its phonemes, its language).
    """
    chances = generator.random(len(tokens))
    switched: dict[int, tuple[str, str, str]] = {}
    for place, token in enumerate(tokens):
        if chances[place] >= ratio:
            continue
        found = [
            (word, sound, dictionary.target)
            for dictionary in dictionaries
            for word, sound in dictionary.translations(token)
        ]
        if found:
            switched[place] = found[int(generator.integers(len(found)))]
    return switched
