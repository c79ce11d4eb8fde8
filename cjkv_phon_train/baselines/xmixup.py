"""X-MIXUP: the hidden states of a sentence and of its translation are mixed inside the encoder.

Yang, Chen, Zhou & Li (2022), "Enhancing Cross-lingual Transfer by Manifold Mixup",
ICLR; what the paper leaves open follows the released code of its authors (Apache-2.0;
facts only). In one layer, after self-attention, the states a of the one sentence attend
to those of the other through the layer's own attention parameters, and

    a ← λ · attention(a, other) + (1 − λ) · a,   λ = λ₀ · sigmoid(w · H + b),

where H is the entropy of that attention, forth and back, and λ₀ = .5. The layers above
go on with the mixed states. The loss has three parts: labels of the mixed sentence,
the squared distance between the mean states of the sentence and its mixed counterpart,
and the divergence of the label distributions of words that belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.objectives import Batch, Encoded, Objective

UNSEEN = -1e4
"""Score of a position that is padding; finite, or the entropy would have no gradient."""


class Pairs(NamedTuple):
    """Which rows of a batch are mixed.

    Attributes:
        query: (pairs,) row that is mixed.
        key: (pairs,) row that is mixed into it.
        clean: (pairs,) row of the labelled source sentence.
        links: (pairs, words) for each word of the mixed row the word of the source
            sentence whose label it has, −1 for none.
    """

    query: Tensor
    key: Tensor
    clean: Tensor
    links: Tensor

    @classmethod
    def of(cls, batch: Batch) -> Pairs | None:
        """Return the pairs of a batch, None if it was built without any (evaluation)."""
        if "mix_rows" not in batch:
            return None
        query, key, clean = batch["mix_rows"].unbind(1)
        return cls(query, key, clean, batch["mix_links"])


class MixupObjective(Objective):
    """What mixed sentences teach; an item is a word with a label.

    Args:
        weight: Of this objective; the task itself has 1.
        ratio: λ₀, the largest share of the other sentence.
    """

    def __init__(self, weight: float, ratio: float = 0.5) -> None:
        super().__init__(weight)
        self.ratio = ratio
        # Vectors of one number: FSDP shards no scalars.
        self.slope = nn.Parameter(torch.ones(1))
        self.offset = nn.Parameter(torch.zeros(1))

    def applies(self, batch: Batch) -> bool:
        """Say whether the batch was built for mixing."""
        return "labels" in batch and "mix_rows" in batch

    def count(self, batch: Batch) -> Tensor:
        """Return the number of words of mixed sentences that have a label."""
        return (batch["mix_links"] >= 0).sum()

    def share(self, entropy: Tensor) -> Tensor:
        """Return λ for the entropies of attention, (pairs,)."""
        return self.ratio * torch.sigmoid(self.slope * entropy + self.offset)

    def forward(self, encoded: Encoded, batch: Batch) -> Tensor:
        """Return the summed loss."""
        pairs = Pairs.of(batch)
        # Without any pair the parameters still are part of the graph: DDP waits for each.
        nothing = (self.slope + self.offset).sum() * 0
        if pairs is None or encoded.mixed is None or not len(pairs.query):
            return nothing
        linked = pairs.links >= 0
        words = pairs.links.clamp(min=0)
        labels = batch["labels"][pairs.clean].gather(1, words)[linked]
        mixed = encoded.mixed[linked].float().log_softmax(1)
        clean = encoded.logits[pairs.clean]
        clean = clean.gather(1, words.unsqueeze(2).expand(-1, -1, clean.shape[2]))
        clean = clean[linked].float().log_softmax(1)
        task = nn.functional.nll_loss(mixed, labels, reduction="sum")
        divergence = nn.functional.kl_div(mixed, clean, log_target=True, reduction="sum")
        distance = self._distance(encoded.states, batch["attention_mask"], pairs)
        # A distance a sentence, in the scale of the others: a sum over words.
        return nothing + task + divergence + (distance * linked.sum(1)).sum()

    @staticmethod
    def _distance(states: Tensor, attention_mask: Tensor, pairs: Pairs) -> Tensor:
        mask = attention_mask.unsqueeze(2)
        means = (states * mask).float().sum(1) / mask.sum(1).clamp(min=1)
        return (means[pairs.query] - means[pairs.clean]).square().mean(1)


class Attention(NamedTuple):
    """The parts of a layer's self-attention that mixing uses again.

    Attributes:
        module: What returns the attended states first.
        query: Linear layer.
        key: Linear layer.
        value: Linear layer.
        output: Projection, dropout, residual sum and norm.
        heads: Number of heads.
    """

    module: nn.Module
    query: nn.Module
    key: nn.Module
    value: nn.Module
    output: Callable[[Tensor, Tensor], Tensor]
    heads: int


def attention_of(encoder: Any, layer: int) -> Attention:
    """Return the attention of a layer, counted from 0.

    Raises:
        SettingsError: If the encoder is not built like BERT, or has no such layer.
    """
    try:
        layers = encoder.encoder.layer
        parts = [
            Attention(
                one.attention,
                one.attention.self.query,
                one.attention.self.key,
                one.attention.self.value,
                one.attention.output,
                one.attention.self.num_attention_heads,
            )
            for one in layers
        ]
    except AttributeError:
        raise SettingsError(
            f"X-MIXUP needs an encoder built like BERT (encoder.layer[i].attention.self), which "
            f"{type(encoder).__name__} is not: type --mixup 0, or --backbone mbert, xlmr or offline"
        ) from None
    if not 0 <= layer < len(layers):
        raise SettingsError(
            f"mixup_layer={layer}, but the encoder has the layers 0 to {len(layers) - 1}: type "
            f"--mixup-layer {min(3, len(layers) - 1)}"
        )
    return parts[layer]


@contextmanager
def mixing(
    encoder: Any, layer: int, pairs: Pairs | None, attention_mask: Tensor, objective: MixupObjective
) -> Iterator[None]:
    """Mix rows of whatever passes through a layer of the encoder inside this context.

    Args:
        encoder: Built like BERT.
        layer: Counted from 0.
        pairs: Rows to mix; None or none of them: nothing happens.
        attention_mask: (rows, positions).
        objective: Knows λ.
    """
    if pairs is None or not len(pairs.query):
        yield
        return
    attention = attention_of(encoder, layer)

    def mix(_module: nn.Module, _arguments: Any, result: Any) -> Any:
        states = result[0] if isinstance(result, tuple) else result
        rows = mixed_rows(attention, states, attention_mask, pairs, objective)
        states = states.index_copy(0, pairs.query, rows.to(states.dtype))
        return (states, *result[1:]) if isinstance(result, tuple) else states

    handle = attention.module.register_forward_hook(mix)
    try:
        yield
    finally:
        handle.remove()


def mixed_rows(
    attention: Attention,
    states: Tensor,
    attention_mask: Tensor,
    pairs: Pairs,
    objective: MixupObjective,
) -> Tensor:
    """Return the mixed states of the rows that are mixed, (pairs, positions, width)."""
    own, other = states[pairs.query], states[pairs.key]
    here, there = attention_mask[pairs.query].bool(), attention_mask[pairs.key].bool()
    queries, keys, values = (
        _by_head(layer(given), attention.heads)
        for layer, given in (
            (attention.query, own), (attention.key, other), (attention.value, other)
        )
    )  # fmt: skip
    scores = (queries @ keys.transpose(2, 3)).float() * queries.shape[3] ** -0.5
    forth = _log_weights(scores, there)
    back = _log_weights(scores.transpose(2, 3), here)
    context = (forth.exp().to(values.dtype) @ values).transpose(1, 2).flatten(2)
    attended = attention.output(context, own)
    entropy = _entropy(forth, here) + _entropy(back, there)
    share = objective.share(entropy).view(-1, 1, 1)
    return share * attended + (1 - share) * own


def _by_head(states: Tensor, heads: int) -> Tensor:
    rows, positions, width = states.shape
    return states.view(rows, positions, heads, width // heads).transpose(1, 2)


def _log_weights(scores: Tensor, mask: Tensor) -> Tensor:
    return scores.masked_fill(~mask[:, None, None, :], UNSEEN).log_softmax(3)


def _entropy(log_weights: Tensor, mask: Tensor) -> Tensor:
    """Average the entropy of attention over heads and the positions that exist, (pairs,)."""
    each = -(log_weights.exp() * log_weights).sum(3).mean(1)
    return (each * mask).sum(1) / mask.sum(1).clamp(min=1)
