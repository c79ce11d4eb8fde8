"""Words as a backbone's subword ids, and their sounds as ids or articulatory features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cjkv_phon.memo import Memo
from cjkv_phon.phones import FEATURES, TONE_FEATURES, features, segments

Sounds = npt.NDArray[np.int64] | npt.NDArray[np.float32]
"""A word's phonemes: ids of shape (pieces,), or features of shape (segments, F)."""

POSITION_FEATURES = 3
ARTICULATORY_SIZE = len(FEATURES) + len(TONE_FEATURES) + 1 + POSITION_FEATURES
"""PanPhon's features, three of tone, one for what is not IPA, three of position."""


class Word(NamedTuple):
    """What the model reads of one word.

    Attributes:
        ids: Subword ids of the spelling, at least one.
        sounds: Phonemes, None where the model reads none.
    """

    ids: tuple[int, ...]
    sounds: Sounds | None


class WordEncoder:
    """Encode words one by one, as a backbone's tokenizer would in a list of words.

    Args:
        tokenizer: Fast or slow tokenizer of the backbone.
        phonemic: Kind of the phonemic embedding, see `config.ModelSettings`.
    """

    def __init__(self, tokenizer: Any, phonemic: str) -> None:
        self.tokenizer = tokenizer
        self.phonemic = phonemic
        self.ids: Memo[str, tuple[int, ...]] = Memo(self._ids)
        self._sounds: Memo[str, Sounds] = Memo(
            articulation if phonemic == "articulatory" else self._phoneme_ids
        )

    def __call__(self, token: str, phonemes: str | None) -> Word:
        """Encode one word."""
        if self.phonemic == "none" or phonemes is None:
            return Word(self.ids[token], None)
        return Word(self.ids[token], self._sounds[phonemes])

    def _ids(self, token: str) -> tuple[int, ...]:
        ids = self.tokenizer(token, add_special_tokens=False)["input_ids"]
        # Control characters and the like leave nothing: the word must stay.
        return tuple(ids) or (self.tokenizer.unk_token_id,)

    def _phoneme_ids(self, phonemes: str) -> npt.NDArray[np.int64]:
        ids = self.ids[phonemes] if phonemes.strip() else ()
        return np.asarray(ids, dtype=np.int64)


def articulation(phonemes: str) -> npt.NDArray[np.float32]:
    """Return the features of a word's segments, where each stands in the word included.

    Position is the distance from the start and from the end in units of eight
    segments, and the place on a scale from −1 to 1, so that the order of
    segments outlives the mean over them.

    Args:
        phonemes: IPA of one word.

    Returns:
        An array of shape (segments, `ARTICULATORY_SIZE`).

    Example:
        >>> articulation("tɕən˧˥").shape
        (4, 31)
    """
    cut = segments(phonemes)
    matrix = np.zeros((len(cut), ARTICULATORY_SIZE), dtype=np.float32)
    known = len(FEATURES) + len(TONE_FEATURES)
    for row, segment in enumerate(cut):
        vector = features(segment)
        if vector is None:
            matrix[row, known] = 1.0
        else:
            matrix[row, :known] = vector
    place = np.arange(len(cut), dtype=np.float32)
    if len(cut):
        last = len(cut) - 1
        matrix[:, known + 1] = place / 8
        matrix[:, known + 2] = (last - place) / 8
        matrix[:, known + 3] = 2 * place / max(last, 1) - 1
    return matrix


def missing_symbols(tokenizer: Any, phonemes: Iterable[str]) -> list[str]:
    """Return the characters of phonemes that a vocabulary cannot spell, sorted.

    Only those: adding a letter that the vocabulary has would cut ``apple``
    into a, p, p, l, e.
    """
    characters = sorted({character for text in phonemes for character in text})
    unknown = tokenizer.unk_token_id
    return [
        character
        for character in characters
        if not character.isspace()
        and unknown in tokenizer("a" + character, add_special_tokens=False)["input_ids"]
    ]


def extend(tokenizer: Any, phonemes: Iterable[str]) -> list[str]:
    """Add the missing symbols of phonemes to a tokenizer and return them."""
    missing = missing_symbols(tokenizer, phonemes)
    if missing:
        tokenizer.add_tokens(missing)
    return missing


def load_tokenizer(folder: str | Path) -> Any:
    """Load a backbone's tokenizer.

    Raises:
        TrainingError: If it cannot be found, with what to type.
    """
    from transformers import AutoTokenizer

    from cjkv_phon_train.backbones import cannot_load

    try:
        return AutoTokenizer.from_pretrained(folder)
    except (OSError, ValueError) as error:
        raise cannot_load(str(folder), error) from error


def chunks(lengths: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Cut a sentence into as few, equally long pieces as fit the encoder.

    Args:
        lengths: Encoder positions that each word takes.
        limit: Most positions a piece may take; a longer word is a piece alone.

    Returns:
        Half-open ranges of words that tile the sentence.

    Example:
        >>> chunks([1] * 10, 4)
        [(0, 4), (4, 8), (8, 10)]
    """
    total = sum(lengths)
    if total <= limit:
        return [(0, len(lengths))] if lengths else []
    pieces = -(-total // limit)
    goal = min(limit, -(-total // pieces))
    ranges: list[tuple[int, int]] = []
    start, size = 0, 0
    for place, length in enumerate(lengths):
        if place > start and (size + length > limit or size >= goal):
            ranges.append((start, place))
            start, size = place, 0
        size += length
    return [*ranges, (start, len(lengths))]
