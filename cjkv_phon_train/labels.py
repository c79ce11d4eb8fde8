"""The label sets of the two tasks."""

from __future__ import annotations

from cjkv_phon.io.records import UPOS
from cjkv_phon_train.errors import SettingsError

LABELS: dict[str, tuple[str, ...]] = {
    "udpos": tuple(sorted(UPOS)),
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
