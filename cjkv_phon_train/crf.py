"""The two tagging heads: a linear-chain CRF, and softmax."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torchcrf import CRF

IGNORED = -100


class CrfHead(nn.Module):
    """Linear-chain CRF over word states (pytorch-crf), computed in fp32.

    Words stand at the left of each row without holes, so the mask has none
    either; −100 never reaches the CRF.
    """

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.crf = CRF(labels, batch_first=True)

    def total(self, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Return the summed negative log-likelihood of all sentences.

        Args:
            emissions: (batch, words, labels) scores.
            labels: (batch, words) ids; −100 where there is no word.
            mask: (batch, words) bool, true where there is a word.
        """
        kept = mask.any(1)  # The CRF wants a first word in every row.
        if not bool(kept.all()):
            emissions, labels, mask = emissions[kept], labels[kept], mask[kept]
        if not len(emissions):
            return emissions.sum() * 0
        with torch.autocast(emissions.device.type, enabled=False):
            likelihood: Tensor = self.crf(
                emissions.float(), labels.clamp(min=0), mask=mask, reduction="sum"
            )
        return -likelihood

    @torch.no_grad()
    def decode(self, emissions: Tensor, mask: Tensor) -> Tensor:
        """Return the best labels (Viterbi), (batch, words), −100 where there is no word."""
        best = torch.full(mask.shape, IGNORED, dtype=torch.long, device=mask.device)
        rows = mask.any(1).nonzero().flatten()
        if len(rows):
            paths = self.crf.decode(emissions[rows].float(), mask=mask[rows])
            for row, path in zip(rows.tolist(), paths, strict=True):
                best[row, : len(path)] = torch.tensor(path, device=mask.device)
        return best


class SoftmaxHead(nn.Module):
    """Each word by itself."""

    def total(self, emissions: Tensor, labels: Tensor, mask: Tensor) -> Tensor:
        """Return the summed cross-entropy; arguments as in `CrfHead.total`."""
        return nn.functional.cross_entropy(
            emissions.float().flatten(0, 1),
            labels.masked_fill(~mask, IGNORED).flatten(),
            ignore_index=IGNORED,
            reduction="sum",
        )

    def decode(self, emissions: Tensor, mask: Tensor) -> Tensor:
        """Return the most likely label of each word, −100 where there is none."""
        return emissions.argmax(-1).masked_fill(~mask, IGNORED)


def build_head(kind: str, labels: int) -> CrfHead | SoftmaxHead:
    """Build a head by name."""
    return CrfHead(labels) if kind == "crf" else SoftmaxHead()
