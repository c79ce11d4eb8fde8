"""Words on encoder positions: rows of words become padded tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch

from cjkv_phon_train.tokenization import ARTICULATORY_SIZE, Word, WordEncoder

IGNORED = -100


class Row(NamedTuple):
    """One encoder input before padding."""

    words: list[Word]
    langs: list[int]
    masked: list[int]


class Layout(NamedTuple):
    """How words are laid out.

    Attributes:
        encoder: Words to ids and sounds.
        pooling: ``words`` (a position each) or ``subwords``.
        max_length: Encoder positions.
        multiple: The sequence length is padded to a multiple of this.
    """

    encoder: WordEncoder
    pooling: str
    max_length: int
    multiple: int

    def inputs(self, rows: Sequence[Row], clean: int, views: int) -> dict[str, torch.Tensor]:
        """Build the tensors that every batch has.

        Args:
            rows: Sentences, then masked and switched views, then others.
            clean: Number of sentences.
            views: Number of views, which have words to predict.
        """
        laid = [self._lay(row) for row in rows]
        widest = max(len(row.words) for row in rows)
        positions = _up(max(len(one["langs"]) for one in laid), self.multiple)
        batch = {
            # Padding is pooled into one position or word more than there are; it is cut off.
            "input_ids": stack([one["ids"] for one in laid], self.encoder.tokenizer.pad_token_id),
            "unit_index": stack([one["units"] for one in laid], positions),
            "attention_mask": stack([[1] * len(one["langs"]) for one in laid], 0, positions),
            "language_ids": stack([one["langs"] for one in laid], 0, positions),
            "position_words": stack([one["words"] for one in laid], widest, positions),
            "word_positions": stack([one["firsts"] for one in laid], 0, widest),
            "word_mask": stack([[1] * len(row.words) for row in rows], 0, widest).bool(),
        }
        # A special position is no word: −1 becomes the column that is cut off.
        batch["position_words"][batch["position_words"] < 0] = widest
        if self.encoder.phonemic != "none":
            batch["phonemes"], batch["phoneme_words"] = self._sounds(rows, widest)
        if views:
            seen = laid[clean : clean + views]
            batch["lm_positions"] = stack([one["lm_at"] for one in seen], 0)
            batch["lm_targets"] = stack([one["lm_to"] for one in seen], IGNORED)
        return batch

    def _lay(self, row: Row) -> dict[str, list[int]]:
        """Lay words out on encoder positions, [CLS] first and [SEP] last."""
        t = self.encoder.tokenizer
        base = row.langs[0] if row.langs else 0
        ids, units, langs, words = [t.cls_token_id], [0], [base], [-1]
        firsts: list[int] = []
        lm_at: list[int] = []
        lm_to: list[int] = []
        masked = set(row.masked)
        for place, word in enumerate(row.words):
            at = len(langs)
            firsts.append(at)
            pieces = word.ids
            if self.pooling == "subwords":
                pieces = pieces[: self.max_length - 2]
                where: Sequence[int] = range(at, at + len(pieces))
                shown = (t.mask_token_id,) * len(pieces) if place in masked else pieces
                ids.extend(shown)
                units.extend(where)
            else:
                where = [at] * len(pieces)
                shown = (t.mask_token_id,) if place in masked else pieces
                ids.extend(shown)
                units.extend([at] * len(shown))
            if place in masked:
                lm_at.extend(where)
                lm_to.extend(pieces)
            taken = where[-1] - at + 1
            langs.extend([row.langs[place]] * taken)
            words.extend([place] * taken)
        ids.append(t.sep_token_id)
        units.append(len(langs))
        langs.append(base)
        words.append(-1)
        return {"ids": ids, "units": units, "langs": langs, "words": words, "firsts": firsts,
                "lm_at": lm_at, "lm_to": lm_to}  # fmt: skip

    def _sounds(self, rows: Sequence[Row], widest: int) -> tuple[torch.Tensor, torch.Tensor]:
        index: list[list[int]] = []
        values: list[list[Any]] = []
        for row in rows:
            sounds = [word.sounds if word.sounds is not None else () for word in row.words]
            index.append([place for place, sound in enumerate(sounds) for _ in sound])
            values.append([item for sound in sounds for item in sound])
        width = max(1, *(len(one) for one in index)) if index else 1
        if self.encoder.phonemic == "articulatory":
            tensor = np.zeros((len(rows), width, ARTICULATORY_SIZE), dtype=np.float32)
            for number, items in enumerate(values):
                if items:
                    tensor[number, : len(items)] = items
            return torch.from_numpy(tensor), stack(index, widest, width)
        return stack(values, self.encoder.tokenizer.pad_token_id, width), stack(
            index, widest, width
        )


def stack(rows: Sequence[Sequence[int]], padding: int, width: int = 0) -> torch.Tensor:
    """Pad rows of numbers to one width, 0: that of the longest."""
    width = width or max(1, *(len(row) for row in rows), 1)
    matrix = np.full((len(rows), width), padding, dtype=np.int64)
    for number, row in enumerate(rows):
        matrix[number, : len(row)] = row
    return torch.from_numpy(matrix)


def _up(size: int, multiple: int) -> int:
    return -(-size // multiple) * multiple
