"""Where spelling and sound of frequent words lie, and how alike they are."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import torch

from cjkv_phon_train.collator import Piece
from cjkv_phon_train.data import Corpus, Example
from cjkv_phon_train.embeddings import pool
from cjkv_phon_train.preparation import Prepared

WORDS = 150
"""Most words of a language."""

Array = np.ndarray[Any, Any]


@torch.inference_mode()
def project(prepared: Prepared, model: Any, words: int = WORDS) -> dict[str, Any] | None:
    """Project the orthographic (OE) and phonemic (PE) vectors of frequent words to a plane.

    Both are those before the encoder, averaged over a word's subwords or segments;
    one principal component analysis for all of them, so that distances compare.

    Args:
        prepared: Of the run; the words are the most frequent ones of dev.
        model: After training.
        words: Most words of a language.

    Returns:
        ``words``, ``langs``, ``oe`` and ``pe`` (x, y each), ``explained`` (share
        of variance on x and y), and the mean cosine of PE and OE of the ``same``
        word and of ``other`` words of the language; None without phonemes, and
        with weights that are no numbers.
    """
    if model.config.phonemic == "none":
        return None
    chosen = [
        (word, sound, corpus.source.lang)
        for corpus in prepared.corpora_of("dev")
        for word, sound in frequent(corpus, words)
    ]
    if len(chosen) < 2:
        return None
    examples = [Example((w,), None, (s,), lang) for w, s, lang in chosen]
    pieces = [Piece(i, i, example, augment=False) for i, example in enumerate(examples)]
    batch = {key: value.to(model.device) for key, value in prepared.collator(pieces).items()}
    width = batch["word_mask"].shape[1]
    units = pool(
        model.get_input_embeddings()(batch["input_ids"]),
        batch["unit_index"],
        batch["attention_mask"].shape[1],
    )
    spelling = pool(units, batch["position_words"], width)[:, 0].float().cpu().numpy()
    sounds = model.vectors.sounds(batch["phonemes"], batch["phoneme_words"], width)
    sound = sounds[:, 0].float().cpu().numpy()
    if not (np.isfinite(spelling).all() and np.isfinite(sound).all()):
        return None  # Training diverged.
    langs = [lang for _, _, lang in chosen]
    places, explained = plane(np.concatenate([spelling, sound]))
    return {
        "words": [word for word, _, _ in chosen],
        "langs": langs,
        "oe": places[: len(chosen)].round(3).tolist(),
        "pe": places[len(chosen) :].round(3).tolist(),
        "explained": [round(share, 4) for share in explained],
        "cosine": {
            lang: cosines(spelling[at], sound[at])
            for lang in dict.fromkeys(langs)
            for at in [[i for i, one in enumerate(langs) if one == lang]]
        },
    }


def frequent(corpus: Corpus, most: int) -> list[tuple[str, str]]:
    """Return the most frequent words with their commonest sound; ties by the word."""
    counts: Counter[str] = Counter()
    heard: dict[str, Counter[str]] = {}
    for example in corpus.examples:
        for word, sound in zip(example.tokens, example.phonemes or (), strict=False):
            counts[word] += 1
            heard.setdefault(word, Counter())[sound] += 1
    ranked = sorted((-number, word) for word, number in counts.items() if word in heard)
    return [(word, heard[word].most_common(1)[0][0]) for _, word in ranked[:most]]


def plane(vectors: Array) -> tuple[Array, list[float]]:
    """Project onto the first two principal components, signs fixed.

    Returns:
        (rows, 2), and the share of the variance on each.
    """
    centred = vectors.astype(np.float64) - vectors.mean(0)
    _, sizes, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes[:2]
    largest = axes[np.arange(len(axes)), np.abs(axes).argmax(1)]
    axes = axes * np.where(largest < 0, -1, 1)[:, None]
    total = float((sizes**2).sum()) or 1.0
    return centred @ axes.T, [float(size**2 / total) for size in sizes[:2]]


def cosines(spelling: Array, sound: Array) -> dict[str, float]:
    """Return the mean cosine of the same word's vectors, and of other words' vectors."""
    table = _unit(spelling) @ _unit(sound).T
    size = len(table)
    same = float(np.trace(table)) / size
    other = (float(table.sum()) - float(np.trace(table))) / max(size * (size - 1), 1)
    return {"same": round(same, 4), "other": round(other, 4)}


def _unit(vectors: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Array = vectors / np.where(lengths, lengths, 1)
    return unit
