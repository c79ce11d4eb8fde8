"""Where sound meets spelling: before the encoder, after it, or by attention."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from cjkv_phon_train.configuration import PhoneXLConfig

FIRST_GATE = -2.0
"""Bias of a new gate: it opens by sigmoid(−2) ≈ .12, so that sound comes in softly."""


class Fusion(nn.Module):
    """The sum before the encoder, as published.

    Args:
        scale: Length of a word's phonemic vector as a share of its orthographic
            one; 0: as long as it is learned.
    """

    def __init__(self, scale: float = 0.0) -> None:
        super().__init__()
        self.scale = scale

    def before(self, units: Tensor, sounds: Tensor) -> Tensor:
        """Return what the encoder reads.

        Args:
            units: (rows, positions, width) spelling.
            sounds: (rows, positions, width); zeros where no word is.
        """
        return units + self.scaled(sounds, units)

    def after(self, states: Tensor, sounds: Tensor, words: Tensor) -> Tensor:
        """Return what the heads read.

        Args:
            states: (rows, positions, width) output of the encoder.
            sounds: As for `before`.
            words: (rows, positions) bool: whether a word is there.
        """
        return states

    def scaled(self, sounds: Tensor, reference: Tensor) -> Tensor:
        """Give phonemic vectors a share of the length of others, where that is asked for."""
        if not self.scale:
            return sounds
        length = reference.detach().norm(dim=-1, keepdim=True)
        result: Tensor = nn.functional.normalize(sounds, dim=-1, eps=1e-6) * length * self.scale
        return result


class GatedFusion(Fusion):
    """The sum before the encoder, each dimension through a gate that reads both."""

    def __init__(self, width: int, scale: float = 0.0) -> None:
        super().__init__(scale)
        self.gate = nn.Linear(2 * width, width)

    def before(self, units: Tensor, sounds: Tensor) -> Tensor:
        """Return what the encoder reads; see `Fusion.before`."""
        sounds = self.scaled(sounds, units)
        opened = torch.sigmoid(self.gate(torch.cat([units, sounds], dim=-1)) + FIRST_GATE)
        result: Tensor = units + opened * sounds
        return result


class LateFusion(Fusion):
    """The encoder reads spelling alone; sound is added to its output."""

    def before(self, units: Tensor, sounds: Tensor) -> Tensor:
        """Return the spelling."""
        return units

    def after(self, states: Tensor, sounds: Tensor, words: Tensor) -> Tensor:
        """Return the sum of state and sound."""
        return states + self.scaled(sounds, states)


class SilentLinear(nn.Linear):
    """A linear layer that starts at zero."""

    def reset_parameters(self) -> None:
        """Start at zero."""
        nn.init.zeros_(self.weight)
        if self.bias is not None:
            nn.init.zeros_(self.bias)


class AttentionFusion(Fusion):
    """The encoder reads spelling alone; its output attends to the sounds of all words.

    Both projections into the output start at zero: at first nothing is heard.
    """

    def __init__(self, width: int, heads: int, scale: float = 0.0) -> None:
        super().__init__(scale)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.attention.out_proj = SilentLinear(width, width)  # type: ignore[assignment]
        self.own = SilentLinear(width, width, bias=False)

    def before(self, units: Tensor, sounds: Tensor) -> Tensor:
        """Return the spelling."""
        return units

    def after(self, states: Tensor, sounds: Tensor, words: Tensor) -> Tensor:
        """Return state + what it hears in the sentence + its own sound, projected."""
        sounds = self.scaled(sounds, states)
        silent = ~words
        # A row without any word would have nothing to attend to.
        silent = silent & words.any(dim=1, keepdim=True)
        heard, _ = self.attention(
            states + sounds, sounds, sounds, key_padding_mask=silent, need_weights=False
        )
        result: Tensor = states + heard + self.own(sounds)
        return result


def build_fusion(config: PhoneXLConfig) -> Fusion:
    """Build the fusion that a configuration names."""
    if config.fusion == "gated":
        return GatedFusion(config.hidden_size, config.sound_scale)
    if config.fusion == "late":
        return LateFusion(config.sound_scale)
    if config.fusion == "attention":
        heads = int(getattr(config.backbone_config, "num_attention_heads", 4))
        return AttentionFusion(config.hidden_size, heads, config.sound_scale)
    return Fusion(config.sound_scale)
