"""Vectors of words: pooled subwords, sounds, language."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from cjkv_phon_train.configuration import PhoneXLConfig


def pool(values: Tensor, index: Tensor, size: int) -> Tensor:
    """Average the rows that share an index.

    Args:
        values: (batch, items, width).
        index: (batch, items), 0 to ``size``; rows at ``size`` are padding.
        size: Number of slots.

    Returns:
        (batch, size, width); zeros where a slot is empty.
    """
    batch, items, width = values.shape
    slots = size + 1
    flat = (index + torch.arange(batch, device=index.device).unsqueeze(1) * slots).reshape(-1)
    total = values.new_zeros(batch * slots, width)
    total = total.index_add(0, flat, values.reshape(batch * items, width))
    count = total.new_zeros(batch * slots).index_add(0, flat, total.new_ones(batch * items))
    mean = total / count.clamp(min=1).unsqueeze(1)
    return mean.view(batch, slots, width)[:, :size]


def take(values: Tensor, index: Tensor) -> Tensor:
    """Pick rows: (batch, items, width) by (batch, chosen) → (batch, chosen, width)."""
    return values.gather(1, index.unsqueeze(-1).expand(-1, -1, values.shape[-1]))


class PhonemeTable(nn.Embedding):
    """An own table, one row a subword id, untied from the orthographic one.

    Rows: Xavier, a copy of the orthographic table (`copy_rows`), or zeros.
    """

    def __init__(self, rows: int, width: int, kind: str) -> None:
        self.kind = kind
        super().__init__(rows, width)

    def reset_parameters(self) -> None:
        """Initialise the rows."""
        if self.kind == "zero":
            nn.init.zeros_(self.weight)
        else:
            nn.init.xavier_uniform_(self.weight)

    @torch.no_grad()
    def copy_rows(self, weight: Tensor) -> None:
        """Start from the rows of another table."""
        self.weight.copy_(weight)

    @torch.no_grad()
    def resized(self, rows: int) -> PhonemeTable:
        """Return a table with more or fewer rows; those that are kept are kept."""
        table = PhonemeTable(rows, self.embedding_dim, self.kind).to(self.weight)
        kept = min(rows, self.num_embeddings)
        table.weight[:kept] = self.weight[:kept]
        return table


class FeatureLayer(nn.Linear):
    """First layer over features, few of which are not 0: it starts larger than others."""

    def reset_parameters(self) -> None:
        """Initialise so that about eight active features give a variance of one."""
        nn.init.normal_(self.weight, std=1 / math.sqrt(8))
        nn.init.zeros_(self.bias)


class SoftLayer(nn.Linear):
    """Last layer before the sum with spelling: sound starts softly, as it does from a table.

    A row of a Xavier table of 30,000 × 384 has length .16 (√384 · √(2 / 30,384)), the
    backbone's own rows one to two. Sound as loud as spelling from the start costs the
    encoder what it knows.
    """

    LENGTH = 0.15
    RMS = 0.65
    """Root mean square of gelu(x) for x of variance one."""

    def reset_parameters(self) -> None:
        """Initialise so that the output has length `LENGTH`."""
        size = self.RMS * math.sqrt(self.in_features * self.out_features)
        nn.init.normal_(self.weight, std=self.LENGTH / size)
        if self.bias is not None:
            nn.init.zeros_(self.bias)


class LanguageTable(nn.Embedding):
    """A row a language; all start equal, so that none is strange to the encoder."""

    def reset_parameters(self) -> None:
        """Initialise with zeros."""
        nn.init.zeros_(self.weight)


class ArticulatoryEmbedding(nn.Module):
    """Segments by their articulatory features and their place in the word.

    A segment that no training sentence had is near the segments that are
    articulated like it. The hidden layer makes the sum over a word depend on
    which segment stands where.

    Args:
        features: Size of a segment's vector.
        width: Width of the encoder.
        context: Neighbouring segments on each side, of this and other words, that a
            segment is convolved with; where a word is one character, its sound says
            little without them. 0: none.
    """

    def __init__(self, features: int, width: int, context: int = 0) -> None:
        super().__init__()
        self.hidden = FeatureLayer(features, width)
        self.neighbours = (
            nn.Conv1d(width, width, 2 * context + 1, padding=context, groups=1) if context else None
        )
        self.projection = SoftLayer(width, width, bias=False)

    def forward(self, phonemes: Tensor) -> Tensor:
        """Project features, (batch, segments, features) → (batch, segments, width)."""
        states = nn.functional.gelu(self.hidden(phonemes))
        if self.neighbours is not None:
            mixed = self.neighbours(states.transpose(1, 2)).transpose(1, 2)
            states = states + nn.functional.gelu(mixed)
        projected: Tensor = self.projection(states)
        return projected


def build_phonemic(config: PhoneXLConfig) -> PhonemeTable | ArticulatoryEmbedding | None:
    """Build the phonemic embedding that a configuration names."""
    if config.phonemic == "none":
        return None
    if config.phonemic == "articulatory":
        return ArticulatoryEmbedding(
            config.articulatory_size, config.hidden_size, config.sound_context
        )
    return PhonemeTable(config.vocab_size, config.hidden_size, config.phonemic)


class WordVectors(nn.Module):
    """Everything that is added up before the encoder, but positions and segments.

    Args:
        config: See `PhoneXLConfig`.
    """

    def __init__(self, config: PhoneXLConfig) -> None:
        super().__init__()
        self.phonemic = build_phonemic(config)
        self.language = (
            LanguageTable(len(config.languages), config.hidden_size)
            if config.language_embedding
            else None
        )
        self.rows_at_test = config.language_rows()

    def sounds(self, phonemes: Tensor, phoneme_words: Tensor, words: int) -> Tensor | None:
        """Return the phonemic vector of each word, (batch, words, width)."""
        if self.phonemic is None:
            return None
        return pool(self.phonemic(phonemes), phoneme_words, words)

    def languages(self, language_ids: Tensor) -> Tensor | None:
        """Return the language vector of each position; at test by `language_rows`."""
        if self.language is None:
            return None
        if not self.training:
            rows = torch.tensor(self.rows_at_test, device=language_ids.device)
            language_ids = rows[language_ids]
        vectors: Tensor = self.language(language_ids)
        return vectors
