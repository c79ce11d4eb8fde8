"""The label sets of the two tasks."""

from __future__ import annotations

import re

from cjkv_phon_train.errors import SettingsError

UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip

LABELS: dict[str, tuple[str, ...]] = {
    "udpos": (*UPOS, "_"),
    "panx": ("O", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-PER", "I-PER"),
}
"""Task → labels. UDPOS has the 17 universal tags and ``_`` for words left untagged."""


def label_set(task: str) -> tuple[str, ...]:
    """Return the labels of a task.

    Raises:
        SettingsError: If there is no such task.

    Example:
        >>> len(label_set("panx")), len(label_set("udpos"))
        (7, 18)
    """
    if task not in LABELS:
        raise SettingsError(f"task={task!r}; choose from: {', '.join(LABELS)}")
    return LABELS[task]


_ENTITY = re.compile(r"O|[BIESLU]-\S+")


def is_label(cell: str) -> bool:
    """Say whether a cell looks like a label of either task.

    Example:
        >>> is_label("B-LOC"), is_label("NOUN"), is_label("seuga")
        (True, True, False)
    """
    return cell in LABELS["udpos"] or _ENTITY.fullmatch(cell) is not None
