"""Named settings: Table 5 of the paper, the rows of its ablations, the released code's choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from cjkv_phon_train.errors import SettingsError


def _table5(
    task: str, source: str, target: str, weights: tuple[float, float, float], mask: float, r: float
) -> dict[str, Any]:
    alpha, beta, gamma = weights
    return {
        "task": task, "source": (source,), "target": (target,), "alpha": alpha, "beta": beta,
        "gamma": gamma, "mask": mask, "switch": r, "output": f"runs/{task}-{source}-{target}",
    }  # fmt: skip


PRESETS: dict[str, dict[str, Any]] = {
    "panx-zh-vi": _table5("panx", "zh", "vi", (0.01, 0.01, 0.01), 0.20, 0.40),
    "panx-ja-ko": _table5("panx", "ja", "ko", (0.1, 0.001, 0.001), 0.25, 0.30),
    "udpos-zh-vi": _table5("udpos", "zh", "vi", (0.01, 0.001, 0.01), 0.10, 0.40),
    "udpos-ja-ko": _table5("udpos", "ja", "ko", (0.1, 0.01, 0.01), 0.05, 0.30),
}
"""Table 5: dataset and language pair → α β γ µ r. Common to all: the defaults of
`config.Settings` (lr 2e-5, no weight decay, linear decay, clip 1, length 128, 10 epochs)."""

BACKBONES: dict[str, dict[str, Any]] = {
    "mbert": {"batch_size": 32},
    "xlmr": {"batch_size": 16},
    "offline": {"batch_size": 16, "lr": 2e-4, "trim": True},
}
"""Table 5's batch sizes; the small offline encoder (hidden size 384) wants a larger step."""

HUB_NAMES = {"mbert": "bert-base-multilingual-cased", "xlmr": "xlm-roberta-base"}
"""Short name → name on the hub."""

_PLAIN = {"phonemic": "none", "language_embedding": False, "alpha": 0, "beta": 0, "gamma": 0}

VARIANTS: dict[str, dict[str, Any]] = {
    "subwords": _PLAIN | {"pooling": "subwords"},
    "baseline": _PLAIN,
    "pe": {"language_embedding": False, "alpha": 0, "beta": 0, "gamma": 0},
    "align": {"language_embedding": False, "beta": 0, "gamma": 0},
    "mlm": {"language_embedding": False, "alpha": 0, "gamma": 0},
    "xmlm": {"alpha": 0, "beta": 0},
    "full": {},
    "xmixup": _PLAIN | {"mixup": 0.25},
    "cosda": _PLAIN | {"switch_input": 1.0, "switch_words": 0.9},
}
"""Rows of the paper's ablations: what is taken away from the full model; and CoSDA-ML, the
baseline that needs only a dictionary, with the ratios its authors' code has for slot filling."""


class Choice(NamedTuple):
    """One choice of the released code: the value, and what it means."""

    value: Any
    meaning: str


COMPAT: dict[str, Choice] = {
    "head": Choice("softmax", "linear layer and softmax, argmax; the paper has a CRF"),
    "phonemic": Choice("xavier", "own [V, D] table, Xavier, not tied to anything"),
    "align_axis": Choice("sequence", "L_align normalises embeddings over the sequence axis"),
    "align_scale": Choice("raw", "temperature ln(1/.07) used as it is, not exponentiated"),
    "lm_heads": Choice("separate", "L_MLM and L_XMLM have a head each, decoders not tied"),
    "redraw": Choice(False, "masks and code-switches drawn once, not anew each epoch"),
    "keep": Choice("last", "the last checkpoint is kept, not the best on source dev"),
    "patience": Choice(0, "no early stopping"),
    "language_row": Choice("own", "the target row at test, trained or not"),
    "group_by_length": Choice(False, "sentences in random order"),
}
"""``--compat released``: choices taken over; the bugs are not (docs/training/compat.md)."""


def named(kind: str, name: str) -> Mapping[str, Any]:
    """Return a preset or a variant by name.

    Raises:
        SettingsError: If there is none; the message lists what there is.
    """
    table = PRESETS if kind == "preset" else VARIANTS
    if name not in table:
        raise SettingsError(f"there is no {kind} {name!r}; choose from: {', '.join(table)}")
    return table[name]
