"""L = L_task + α·L_align + β·L_MLM + γ·L_XMLM, one small object an objective.

Each returns the sum over its items and not their mean: the Trainer divides by
the number of items of the whole step, over all processes and accumulated
batches, so neither of them changes the result.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from cjkv_phon_train.configuration import PhoneXLConfig
from cjkv_phon_train.crf import CrfHead, SoftmaxHead

FIRST_TEMPERATURE = math.log(1 / 0.07)
LARGEST_TEMPERATURE = math.log(100)
"""τ at the start, and its bound, as in CLIP."""

SHORTEST = 0.01
"""Vectors shorter than this are not stretched to length 1: a phonemic embedding that
starts at zero has no direction yet, and its gradient would be without bound."""

Batch = Mapping[str, Tensor]


@dataclass(frozen=True)
class Encoded:
    """What the objectives see of one pass through the encoder.

    Attributes:
        sentences: Number of clean rows; masked, then switched rows follow.
        orthographic: (rows, words, width) averaged subword embeddings.
        phonemic: (rows, words, width) averaged phonemic embeddings, or None.
        states: (rows, positions, width) output of the encoder.
        logits: (sentences, words, labels) emissions.
        table: (V, width) orthographic embedding, the decoder of the LM head.
        mixed: (pairs, words, labels) emissions of sentences mixed with their
            translations (`baselines.xmixup`), None without any.
    """

    sentences: int
    orthographic: Tensor
    phonemic: Tensor | None
    states: Tensor
    logits: Tensor
    table: Tensor
    mixed: Tensor | None = None


class Objective(nn.Module):
    """One term of the loss.

    Args:
        weight: Its factor.
    """

    def __init__(self, weight: float) -> None:
        super().__init__()
        self.weight = weight

    def applies(self, batch: Batch) -> bool:
        """Say whether a batch holds what this objective needs."""
        return "labels" in batch

    def count(self, batch: Batch) -> Tensor:
        """Return the number of items that `forward` sums over."""
        raise NotImplementedError

    def forward(self, encoded: Encoded, batch: Batch) -> Tensor:
        """Return the sum of the losses of all items."""
        raise NotImplementedError


class TaskObjective(Objective):
    """L_task: how likely the right labels are; an item is a word."""

    def __init__(self, head: CrfHead | SoftmaxHead) -> None:
        super().__init__(1.0)
        self.head = head

    def count(self, batch: Batch) -> Tensor:
        """Return the number of labelled words."""
        return (batch["labels"] != -100).sum()

    def forward(self, encoded: Encoded, batch: Batch) -> Tensor:
        """Return the negative log-likelihood of the batch."""
        labels = batch["labels"]
        return self.head.total(encoded.logits, labels, labels != -100)


class AlignmentObjective(Objective):
    """L_align, eq. 4–6: the sound of a word finds its spelling among the sentence's words.

    Cosine similarity of every phonemic with every orthographic word vector of
    the sentence times a learnable temperature; cross-entropy both ways,
    averaged. An item is a word.

    Args:
        weight: α.
        axis: ``hidden``: cosine; ``sequence``: as the released code normalises.
        scale: ``exp``: the factor is exp(τ), at most 100; ``raw``: τ.
    """

    def __init__(self, weight: float, axis: str = "hidden", scale: str = "exp") -> None:
        super().__init__(weight)
        self.axis = 2 if axis == "hidden" else 1
        self.scale = scale
        # One number, not a scalar: FSDP shards no scalars.
        self.temperature = nn.Parameter(torch.full((1,), FIRST_TEMPERATURE))

    def count(self, batch: Batch) -> Tensor:
        """Return the number of words of the clean rows whose spelling is shown."""
        return self._words(batch).sum()

    def forward(self, encoded: Encoded, batch: Batch) -> Tensor:
        """Return the summed contrastive loss."""
        if encoded.phonemic is None:
            raise ValueError("L_align needs phonemes")
        rows = encoded.sentences
        mask = self._words(batch)
        with torch.autocast(mask.device.type, enabled=False):
            sound = nn.functional.normalize(
                encoded.phonemic[:rows].float(), dim=self.axis, eps=SHORTEST
            )
            spelling = nn.functional.normalize(
                encoded.orthographic[:rows].float(), dim=self.axis, eps=SHORTEST
            )
            tau = self.temperature.float()
            factor = tau.clamp(max=LARGEST_TEMPERATURE).exp() if self.scale == "exp" else tau
            scores = factor * sound @ spelling.transpose(1, 2)
            own = scores.diagonal(dim1=1, dim2=2)
            forth = scores.masked_fill(~mask.unsqueeze(1), -math.inf).logsumexp(2) - own
            back = scores.masked_fill(~mask.unsqueeze(2), -math.inf).logsumexp(1) - own
            return ((forth + back) / 2)[mask].sum()

    @staticmethod
    def _words(batch: Batch) -> Tensor:
        mask = batch["word_mask"][: len(batch["labels"])]
        return mask & batch["spelled"] if "spelled" in batch else mask


class LanguageModelHead(nn.Module):
    """State of a masked word → scores of the vocabulary; decoder tied to the embeddings.

    Args:
        width: Width of the encoder.
        vocabulary: Rows of the orthographic embedding.
        tied: Use that embedding as decoder; else an own one.
    """

    def __init__(self, width: int, vocabulary: int, tied: bool = True) -> None:
        super().__init__()
        self.dense = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.decoder = None if tied else nn.Parameter(torch.empty(vocabulary, width))

    def forward(self, states: Tensor, table: Tensor) -> Tensor:
        """Return scores, (masked words, vocabulary)."""
        hidden = self.norm(nn.functional.gelu(self.dense(states)))
        decoder = table if self.decoder is None else self.decoder
        return nn.functional.linear(hidden, decoder, self.bias)


class LanguageModelObjective(Objective):
    """L_MLM (eq. 7) or L_XMLM (eq. 8): every subword of a masked word from its state.

    An item is a subword of a masked word. Scores are computed at masked words only.

    Args:
        weight: β or γ.
        view: Which rows of the batch after the clean ones: 0, 1 …
        head: The LM head.
        owner: Whether the head's parameters are this objective's; a shared head
            has one owner.
    """

    def __init__(
        self, weight: float, view: int, head: LanguageModelHead, owner: bool = True
    ) -> None:
        super().__init__(weight)
        self.view = view
        if owner:
            self.own_head = head
        # In a tuple, a module is referred to without being owned.
        self._head = (head,)

    @property
    def head(self) -> LanguageModelHead:
        """The LM head, shared or own."""
        return self._head[0]

    def applies(self, batch: Batch) -> bool:
        """Say whether the batch has masked rows (evaluation has none)."""
        return "labels" in batch and "lm_targets" in batch

    def count(self, batch: Batch) -> Tensor:
        """Return the number of subwords to predict."""
        return (self._rows(batch, "lm_targets") != -100).sum()

    def forward(self, encoded: Encoded, batch: Batch) -> Tensor:
        """Return the summed cross-entropy."""
        positions, targets = self._rows(batch, "lm_positions"), self._rows(batch, "lm_targets")
        start = encoded.sentences * (1 + self.view)
        states = encoded.states[start : start + encoded.sentences]
        row, column = (targets != -100).nonzero(as_tuple=True)
        place = row * states.shape[1] + positions[row, column]
        words, which = torch.unique(place, return_inverse=True)
        scores = self.head(states.flatten(0, 1)[words], encoded.table).float()
        right = scores[which, targets[row, column]]
        total: Tensor = (scores.logsumexp(1)[which] - right).sum()
        return total

    def _rows(self, batch: Batch, key: str) -> Tensor:
        sentences = len(batch["labels"])
        return batch[key][self.view * sentences : (self.view + 1) * sentences]


def build_objectives(config: PhoneXLConfig, head: CrfHead | SoftmaxHead) -> nn.ModuleDict:
    """Build what a configuration switches on; what is off has no parameters.

    Raises:
        ValueError: If L_align is on without phonemes.
    """
    weights = config.weights
    objectives: dict[str, Objective] = {"task": TaskObjective(head)}
    if "align" in weights:
        if config.phonemic == "none":
            raise ValueError("alpha is not 0 but phonemic is none: type --alpha 0")
        objectives["align"] = AlignmentObjective(
            weights["align"], config.align_axis, config.align_scale
        )
    shared: LanguageModelHead | None = None
    for view, name in enumerate(name for name in ("mlm", "xmlm") if name in weights):
        tied = config.lm_heads == "shared"
        owner = shared is None or not tied
        if shared is None or owner:
            shared = LanguageModelHead(config.hidden_size, config.vocab_size, tied)
        objectives[name] = LanguageModelObjective(weights[name], view, shared, owner)
    if "mixup" in weights:
        from cjkv_phon_train.baselines.xmixup import MixupObjective

        objectives["mixup"] = MixupObjective(weights["mixup"], config.mixup_ratio)
    return nn.ModuleDict(objectives)
