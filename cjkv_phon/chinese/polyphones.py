"""Which reading does a polyphone have in this sentence? A network that has read many.

The network is g2pM's (Park & Lee, *g2pM: A Neural Grapheme-to-Phoneme Conversion
Package for Mandarin Chinese*, Interspeech 2020; weights under Apache-2.0, see
``data/NOTICE.md``): character embeddings, one bidirectional LSTM layer, two
dense layers over all readings. The code is ours: sentences go through in
batches of like length, and only polyphones reach the dense layers.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cjkv_phon.chinese.tables import read_bytes

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# Memory of a batch is bounded by its characters.
_BATCH_CELLS = 16_384

# OpenBLAS spreads a product over threads from 2^18 multiplications on, which costs
# more than it gains at this size, ten times as much on a busy machine. Products of
# 64 rows by 32 columns with the 128 and fewer terms that occur here stay at or below it.
_ROWS = 64
_COLUMNS = 32
_BATCH_SENTENCES = _ROWS


_LONGEST_TEXT = 2_048
_WINDOW = 512
_OVERLAP = 64
"""A text of more than so many characters goes through in windows of so many, with so many
of those around them: no reading hangs on what stands further off, a batch of windows is as
fast as one of sentences, and needs no more memory."""


class _Window(NamedTuple):
    """A sentence, or a part of a very long one.

    Attributes:
        sentence: Number of the sentence.
        start: Offset in it of the first character.
        text: The characters.
        places: Offsets in the text of the characters to read.
    """

    sentence: int
    start: int
    text: str
    places: Sequence[int]


def _windows(texts: Sequence[str], places: Sequence[Sequence[int]]) -> Iterator[_Window]:
    """Yield the sentences in which something is asked, very long ones in parts."""
    for number, (text, wanted) in enumerate(zip(texts, places, strict=True)):
        if not wanted:
            continue
        if len(text) <= _LONGEST_TEXT:
            yield _Window(number, 0, text, wanted)
            continue
        first = 0
        for begin in range(0, len(text), _WINDOW):
            last = bisect_left(wanted, begin + _WINDOW, first)
            start = max(begin - _OVERLAP, 0)
            if last > first:
                part = text[start : begin + _WINDOW + _OVERLAP]
                yield _Window(number, start, part, [one - start for one in wanted[first:last]])
            first = last


class PolyphoneModel:
    """Scores of every reading for a character in its sentence.

    Args:
        arrays: Weights under PyTorch's names with ``_`` for ``.``, gates in the
            order input, forget, cell, output; ``characters`` (index to
            character), ``specials`` (indices of unknown, begin, end),
            ``classes`` (index to reading), ``targets`` (what it can read).

    Attributes:
        classes: Readings, in the order of the scores.
        index: Reading to its place in ``classes``.
        targets: The polyphones it was trained to read.
        known: Every character that it has an embedding for.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        self.classes: tuple[str, ...] = tuple(map(str, arrays["classes"]))
        self.index = {reading: place for place, reading in enumerate(self.classes)}
        self.targets = frozenset(map(str, arrays["targets"]))
        self._ids = {str(char): place for place, char in enumerate(arrays["characters"]) if char}
        self.known = frozenset(self._ids)
        self._unknown, self._begin, self._end = map(int, arrays["specials"])
        self._hidden = arrays["lstm_weight_hh_l0"].shape[1]
        self._inputs = np.stack([_input_table(arrays, suffix) for suffix in ("", "_reverse")])
        self._recurrent = np.stack([_recurrent(arrays, suffix) for suffix in ("", "_reverse")])
        self._dense = _Dense(arrays["logit_layer_0_weight"], arrays["logit_layer_0_bias"])
        self._scores = _Dense(arrays["logit_layer_2_weight"], arrays["logit_layer_2_bias"])

    def scores(
        self, texts: Sequence[str], places: Sequence[Sequence[int]]
    ) -> Iterator[tuple[Ints, Floats]]:
        """Score every reading at the places asked for.

        Args:
            texts: Sentences.
            places: For each, offsets of the characters to read, in order.

        Yields:
            Batches: an array of shape (n, 2) with the sentence and the offset
            of each row, and the scores, shape (n, classes); what is largest is
            what g2pM predicts, and differences are log odds.
        """
        windows = list(_windows(texts, places))
        order = sorted(range(len(windows)), key=lambda i: len(windows[i].text))
        start = 0
        while start < len(order):
            stop = start + 1
            while (
                stop < len(order)
                and stop - start < _BATCH_SENTENCES
                and (stop - start + 1) * (len(windows[order[stop]].text) + 2) <= _BATCH_CELLS
            ):
                stop += 1
            yield self._batch([windows[i] for i in order[start:stop][::-1]])
            start = stop

    def _batch(self, batch: Sequence[_Window]) -> tuple[Ints, Floats]:
        lengths = np.array([len(one.text) + 2 for one in batch])
        ids = np.zeros((2, lengths[0], len(batch)), np.int64)
        get = self._ids.get
        for column, one in enumerate(batch):
            row = [self._begin, *[get(char, self._unknown) for char in one.text], self._end]
            ids[0, : len(row), column] = row
            ids[1, : len(row), column] = row[::-1]
        hidden = self._run(ids, lengths)
        counts = [len(one.places) for one in batch]
        columns = np.repeat(np.arange(len(batch)), counts)
        offsets = np.concatenate([np.asarray(one.places, np.int64) for one in batch])
        # The begin mark shifts offsets by one; the reverse direction counts from the end mark.
        steps = offsets + 1
        forward = hidden[0, steps, columns]
        backward = hidden[1, lengths[columns] - 1 - steps, columns]
        inner = np.maximum(self._dense(np.concatenate([forward, backward], 1)), 0)
        sentences = np.array([one.sentence for one in batch], np.int64)[columns]
        starts = np.array([one.start for one in batch], np.int64)[columns]
        return np.stack([sentences, offsets + starts], 1), self._scores(inner)

    def _run(self, ids: Ints, lengths: Ints) -> Floats:
        """Run both directions at once; columns are sorted by length, longest first."""
        size = self._hidden
        steps, columns = ids.shape[1:]
        hidden = np.zeros((2, steps, columns, size), np.float32)
        state = np.zeros((2, columns, size), np.float32)
        cell = np.zeros((2, columns, size), np.float32)
        directions = np.arange(2)[:, None]
        alive = (lengths[None, :] > np.arange(steps)[:, None]).sum(1)
        for step in range(steps):
            n = int(alive[step])
            gates = self._inputs[directions, ids[:, step, :n]]
            gates += state[:, :n] @ self._recurrent
            # Every gate is a logistic function; the cell's weights are doubled,
            # since tanh(x) = 2 logistic(2x) - 1.
            np.negative(gates, gates)
            np.exp(gates, gates)
            gates += 1
            np.reciprocal(gates, gates)
            entry, keep = gates[..., :size], gates[..., size : 2 * size]
            new, out = gates[..., 2 * size : 3 * size], gates[..., 3 * size :]
            cell = keep * cell[:, :n] + entry * (2 * new - 1)
            state = out * np.tanh(cell)
            hidden[:, step, :n] = state
        return hidden


class _Dense:
    """A dense layer whose products are too small for BLAS to spread over threads.

    Args:
        weight: Shape (outputs, inputs).
        bias: Shape (outputs,).
    """

    def __init__(self, weight: npt.NDArray[Any], bias: npt.NDArray[Any]) -> None:
        self._bias = bias.astype(np.float32)
        blocks = -(-len(bias) // _COLUMNS)
        padded = np.zeros((blocks * _COLUMNS, weight.shape[1]), np.float32)
        padded[: len(bias)] = weight
        blocked = padded.reshape(blocks, _COLUMNS, -1)
        self._blocks = np.ascontiguousarray(blocked.swapaxes(1, 2))

    def __call__(self, rows: Floats) -> Floats:
        """Return one row of outputs a row of inputs."""
        blocks, _, columns = self._blocks.shape
        result = np.empty((len(rows), blocks, columns), np.float32)
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS] @ self._blocks
            result[start : start + _ROWS] = part.swapaxes(0, 1)
        return result.reshape(len(rows), -1)[:, : len(self._bias)] + self._bias


def _double_cell_gate(gates: npt.NDArray[Any]) -> Floats:
    size = gates.shape[-1] // 4
    result: Floats = gates.astype(np.float32)
    result[..., 2 * size : 3 * size] *= 2
    return result


def _input_table(arrays: Mapping[str, npt.NDArray[Any]], suffix: str) -> Floats:
    """Return what each character adds to the gates: its embedding through the input weights."""
    bias = arrays[f"lstm_bias_ih_l0{suffix}"] + arrays[f"lstm_bias_hh_l0{suffix}"]
    layer = _Dense(arrays[f"lstm_weight_ih_l0{suffix}"], bias)
    return _double_cell_gate(layer(arrays["embedding_weight"].astype(np.float32)))


def _recurrent(arrays: Mapping[str, npt.NDArray[Any]], suffix: str) -> Floats:
    return _double_cell_gate(arrays[f"lstm_weight_hh_l0{suffix}"].T)


@lru_cache(maxsize=1)
def polyphone_model() -> PolyphoneModel:
    """Return the model that ships with the package."""
    with np.load(io.BytesIO(read_bytes("polyphones.npz")), allow_pickle=False) as arrays:
        return PolyphoneModel(dict(arrays.items()))
