"""A corpus in numbers: how long its sentences are, in tokens and in subwords."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cjkv_phon.alignment.tokenizers import word_subwords


class Sample(NamedTuple):
    """One sentence.

    Attributes:
        tokens: Its tokens.
        phonemes: Their sound, one string a token.
        labels: Their labels, None where there are none.
    """

    tokens: Sequence[str]
    phonemes: Sequence[str]
    labels: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """Table 2 of the PhoneXL paper for one file and one tokenizer.

    Attributes:
        samples: Sentences.
        labels: Different labels, None where the file has none.
        tokens: Tokens in all.
        orthography: Subwords of the orthography in all, special tokens not counted.
        phonemes: Subwords of the phonemes in all.
        unknown_orthography: How many of the subwords are the unknown token.
        unknown_phonemes: The same of the phonemes.
    """

    samples: int
    labels: int | None
    tokens: int
    orthography: int
    phonemes: int
    unknown_orthography: int
    unknown_phonemes: int

    @property
    def mean_tokens(self) -> float:
        """Tokens a sentence."""
        return self.tokens / max(self.samples, 1)

    @property
    def mean_orthography(self) -> float:
        """Subwords of the orthography a sentence."""
        return self.orthography / max(self.samples, 1)

    @property
    def mean_phonemes(self) -> float:
        """Subwords of the phonemes a sentence."""
        return self.phonemes / max(self.samples, 1)

    def as_dict(self) -> dict[str, Any]:
        """Return the columns of the table and the shares of unknown subwords."""
        return {
            "samples": self.samples,
            "labels": self.labels,
            "mean_tokens": self.mean_tokens,
            "mean_orthography": self.mean_orthography,
            "mean_phonemes": self.mean_phonemes,
            "unknown_orthography": self.unknown_orthography / max(self.orthography, 1),
            "unknown_phonemes": self.unknown_phonemes / max(self.phonemes, 1),
        }


def corpus_statistics(samples: Iterable[Sample], tokenizer: Any) -> CorpusStatistics:
    """Count a corpus.

    Args:
        samples: The sentences.
        tokenizer: See `align_subwords`.
    """
    count = 0
    labels: set[str] | None = None
    tokens: Counter[str] = Counter()
    phonemes: Counter[str] = Counter()
    for sample in samples:
        count += 1
        tokens.update(sample.tokens)
        phonemes.update(sample.phonemes)
        if sample.labels is not None:
            labels = labels or set()
            labels.update(sample.labels)
    orthography, unknown_orthography = _subwords(tokens, tokenizer)
    sounds, unknown_sounds = _subwords(phonemes, tokenizer)
    return CorpusStatistics(
        count,
        None if labels is None else len(labels),
        tokens.total(),
        orthography,
        sounds,
        unknown_orthography,
        unknown_sounds,
    )


def _subwords(words: Counter[str], tokenizer: Any) -> tuple[int, int]:
    """Subwords of all words, and how many of them are unknown."""
    asked = word_subwords(tokenizer)
    cut = list(zip(asked.cut(list(words)), words.values(), strict=True))
    unknown = asked.unknown_id
    return (
        sum(len(piece.ids) * times for piece, times in cut),
        sum(piece.ids.count(unknown) * times for piece, times in cut),
    )
