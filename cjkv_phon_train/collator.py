"""Sentences as a batch of tensors: the sentence itself, masked, and code-switched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import torch

from cjkv_phon_train.baselines.parallel import ParallelCorpus
from cjkv_phon_train.config import ObjectiveSettings
from cjkv_phon_train.data import Example
from cjkv_phon_train.layout import IGNORED, Layout, Row, stack
from cjkv_phon_train.switcher import Switcher
from cjkv_phon_train.switching import BilingualDictionary, Draws, choose_masked, choose_switched
from cjkv_phon_train.tokenization import Word, WordEncoder, chunks

MASKED, SWITCHED, HIDDEN, INPUT_SWITCHED, MIXED = 1, 2, 3, 4, 5

Labels = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or as much of a long one as the encoder takes.

    Attributes:
        number: Place in the dataset, which seeds the random draws.
        sentence: Which sentence it belongs to.
        example: The words of this piece.
        augment: Whether masked and switched views are wanted.
    """

    number: int
    sentence: int
    example: Example
    augment: bool


class TaggingDataset(torch.utils.data.Dataset[Piece]):
    """Examples cut to the length of the encoder; every word is in exactly one piece.

    Args:
        examples: Sentences.
        encoder: Needed to know how many positions a word takes.
        pooling: ``words`` (a position each) or ``subwords``.
        max_length: Encoder positions, the two special ones included.
        augment: Build the views of the language-model objectives (training).
        by_length: Long sentences first, so that batches taken in order hold little
            padding; a piece still knows which sentence it is of.
    """

    def __init__(
        self,
        examples: Sequence[Example],
        encoder: WordEncoder,
        pooling: str,
        max_length: int,
        augment: bool = False,
        by_length: bool = False,
    ) -> None:
        self.sentences = len(examples)
        self.pieces: list[Piece] = []
        self.lengths: list[int] = []
        order: Sequence[int] = range(len(examples))
        if by_length:
            order = sorted(order, key=lambda number: -len(examples[number].tokens))
        for sentence in order:
            e = examples[sentence]
            if pooling == "words":
                sizes = [1] * len(e.tokens)
            else:
                sizes = [min(len(encoder.ids[t]), max_length - 2) for t in e.tokens]
            for start, end in chunks(sizes, max_length - 2):
                part = e.part(start, end)
                self.pieces.append(Piece(len(self.pieces), sentence, part, augment))
                self.lengths.append(sum(sizes[start:end]) + 2)

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, index: int) -> Piece:
        return self.pieces[index]


class _Mixed(NamedTuple):
    """What X-MIXUP adds to a batch; see `baselines.xmixup.Pairs`."""

    rows: list[Row]
    triples: list[tuple[int, int, int]]
    links: list[list[int]]


@dataclass
class Collator:
    """Pieces → tensors.

    The rows of a batch are the sentences, then (β > 0) the sentences with words
    masked, then (γ > 0) the code-switched sentences with words masked, so that
    one pass through the encoder serves every objective.

    Attributes:
        encoder: Words to ids and sounds.
        languages: Language codes in the order of the language embedding.
        labels: Label to id.
        pooling: ``words`` or ``subwords``.
        max_length: Encoder positions.
        objectives: Which views are wanted, µ and r.
        dictionaries: For code-switching, by source language.
        draws: Source of randomness.
        parallel: Translations for X-MIXUP, by source language.
        switcher: Code-switches with core words; without it words are replaced by the
            dictionaries alone.
        multiple: Pad the sequence length to a multiple (8 suits tensor cores).
    """

    encoder: WordEncoder
    languages: Sequence[str]
    labels: dict[str, int]
    pooling: str
    max_length: int
    objectives: ObjectiveSettings
    draws: Draws
    dictionaries: dict[str, list[BilingualDictionary]] = field(default_factory=dict)
    parallel: dict[str, list[ParallelCorpus]] = field(default_factory=dict)
    switcher: Switcher | None = None
    multiple: int = 1

    def __call__(self, pieces: Sequence[Piece]) -> dict[str, torch.Tensor]:
        """Build a batch; see `modeling.PhoneXLForTokenClassification.forward` for its keys."""
        clean = [self._row(piece) for piece in pieces]
        inputs = [self._input_switched(p, row) for p, row in zip(pieces, clean, strict=True)]
        tagged, labels = [one[0] for one in inputs], [one[1] for one in inputs]
        rows = [self._hidden(piece, row) for piece, row in zip(pieces, tagged, strict=True)]
        if any(piece.augment for piece in pieces):
            if self.objectives.beta:
                rows += [self._masked(p, row) for p, row in zip(pieces, clean, strict=True)]
            if self.objectives.gamma:
                rows += [self._switched(piece) for piece in pieces]
        views = len(rows) - len(pieces)
        mixed: _Mixed | None = None
        if self.objectives.mixup and any(piece.augment for piece in pieces):
            mixed = self._mixed(pieces, clean, len(rows))
            rows += mixed.rows
        layout = Layout(self.encoder, self.pooling, self.max_length, self.multiple)
        batch = layout.inputs(rows, len(pieces), views)
        hidden = [row.masked for row in rows[: len(pieces)]]
        if self.objectives.spelling_dropout and any(hidden):
            shown = [[place not in masked for place in range(len(row.words))]
                     for row, masked in zip(rows, hidden, strict=False)]  # fmt: skip
            batch["spelled"] = stack(shown, 0, batch["word_mask"].shape[1]).bool()
        if mixed is not None:
            widest = batch["word_mask"].shape[1]
            batch["mix_rows"] = torch.tensor(mixed.triples, dtype=torch.long).view(-1, 3)
            batch["mix_links"] = stack(mixed.links, -1, widest).view(-1, widest)
        if all(one is not None for one in labels):
            batch["labels"] = self._labels(labels, batch["word_mask"].shape[1])
        return batch

    def _row(self, piece: Piece) -> Row:
        e = piece.example
        sounds: Sequence[str | None] = e.phonemes or [None] * len(e.tokens)
        words = [self.encoder(t, s) for t, s in zip(e.tokens, sounds, strict=True)]
        return Row(words, [self.languages.index(e.lang)] * len(words), [])

    def _hidden(self, piece: Piece, row: Row) -> Row:
        share = self.objectives.spelling_dropout
        if not piece.augment or not share:
            return row
        chances = self.draws.generator(piece.number, HIDDEN).random(len(row.words))
        return row._replace(masked=np.flatnonzero(chances < share).tolist())

    def _masked(self, piece: Piece, row: Row) -> Row:
        generator = self.draws.generator(piece.number, MASKED)
        chosen = choose_masked(len(row.words), self.objectives.mask, generator)
        return row._replace(masked=chosen)

    def _input_switched(self, piece: Piece, row: Row) -> tuple[Row, Labels]:
        """Code-switch what the tagger reads (CoSDA-ML); return it with its labels."""
        share, ratio = self.objectives.switch_input, self.objectives.switch_words
        labels = piece.example.labels
        if not piece.augment or not share:
            return row, labels
        generator = self.draws.generator(piece.number, INPUT_SWITCHED)
        if generator.random() >= share:
            return row, labels
        if self.switcher is None:
            return self._translated(piece, row, ratio, generator), labels
        example, langs = self.switcher.switched(piece.example, ratio, generator)
        new = self._row(replace(piece, example=example))
        if sum(map(self._size, new.words)) > self.max_length - 2:
            return row, labels
        return new._replace(langs=[self.languages.index(lang) for lang in langs]), example.labels

    def _switched(self, piece: Piece) -> Row:
        generator = self.draws.generator(piece.number, SWITCHED)
        row = self._translated(piece, self._row(piece), self.objectives.switch, generator)
        chosen = choose_masked(len(row.words), self.objectives.mask, generator)
        return row._replace(masked=chosen)

    def _translated(
        self, piece: Piece, row: Row, ratio: float, generator: np.random.Generator
    ) -> Row:
        """Replace words by translations with their sound and language, as far as there is room."""
        words, langs = list(row.words), list(row.langs)
        room = self.max_length - 2 - sum(self._size(word) for word in words)
        dictionaries = self.dictionaries.get(piece.example.lang, [])
        switched = choose_switched(piece.example.tokens, dictionaries, ratio, generator)
        for place, (token, sound, lang) in switched.items():
            new = self.encoder(token, sound)
            more = self._size(new) - self._size(words[place])
            if more > room:
                continue
            room -= more
            words[place], langs[place] = new, self.languages.index(lang)
        return row._replace(words=words, langs=langs)

    def _size(self, word: Word) -> int:
        """Return the encoder positions that a word takes."""
        return 1 if self.pooling == "words" else min(len(word.ids), self.max_length - 2)

    def _mixed(self, pieces: Sequence[Piece], clean: Sequence[Row], first: int) -> _Mixed:
        """Add translations, and copies of sentences whose translation has no alignment.

        With a word alignment the translation is mixed with the sentence and has its
        labels; without, the sentence is mixed with the translation.
        """
        mixed = _Mixed([], [], [])
        for number, piece in enumerate(pieces):
            tokens = piece.example.given_tokens
            found = [
                corpus.translations[tokens]
                for corpus in self.parallel.get(piece.example.lang, ())
                if tokens in corpus.translations
            ]
            if not found:
                continue
            generator = self.draws.generator(piece.number, MIXED)
            chosen = found[int(generator.integers(len(found)))]
            example = Example(chosen.tokens, None, chosen.phonemes, chosen.lang)
            row = self._row(Piece(piece.number, piece.sentence, example, False))
            if sum(map(self._size, row.words)) > self.max_length - 2:
                continue
            place = first + len(mixed.rows)
            mixed.rows.append(row)
            if chosen.links is not None:
                mixed.triples.append((place, number, number))
                mixed.links.append(list(chosen.links))
            else:
                mixed.rows.append(clean[number])
                mixed.triples.append((place + 1, place, number))
                mixed.links.append(list(range(len(tokens))))
        return mixed

    def _labels(self, labels: Sequence[Labels], width: int) -> torch.Tensor:
        return stack(
            [[self.labels[label] for label in one or ()] for one in labels], IGNORED, width
        )
