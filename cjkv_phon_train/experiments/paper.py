"""Numbers of the paper, to stand beside ours.

Source: PhoneXL, Findings of ACL 2023 (https://aclanthology.org/2023.findings-acl.583/),
Tables 3 and 6: F1 on the target language's test set, in percent, mean over seeds 111, 222
and 333. A suite says which row a variant repeats: ``paper = "Table 3: w L_align"``.
Numbers that the paper has and that are not here are not shown.
"""

from __future__ import annotations

from collections.abc import Mapping

Key = tuple[str, str, str]

_PANX_VI, _PANX_KO = ("panx", "zh", "vi"), ("panx", "ja", "ko")
_UDPOS_VI, _UDPOS_KO = ("udpos", "zh", "vi"), ("udpos", "ja", "ko")


def _row(*values: float) -> dict[Key, float]:
    return dict(zip((_PANX_VI, _PANX_KO, _UDPOS_VI, _UDPOS_KO), values, strict=True))


def _pos(vi: float, ko: float) -> dict[Key, float]:
    return {_UDPOS_VI: vi, _UDPOS_KO: ko}


NUMBERS: dict[str, dict[str, dict[Key, float]]] = {
    "mbert": {
        "Table 3: mBERT": _row(49.94, 26.64, 48.62, 43.63),
        "Table 3: full": _row(52.28, 29.25, 50.71, 46.75),
        "Table 3: w L_align": _row(51.09, 28.23, 50.29, 45.96),
        "Table 3: w L_MLM": _row(50.23, 27.90, 50.49, 45.94),
        "Table 3: w L_XMLM": _row(50.83, 28.85, 50.20, 45.25),
        "Table 6: no PE, no extension": _pos(48.62, 43.63),
        "Table 6: PE": _pos(48.95, 43.85),
        "Table 6: PE + extension": _pos(49.14, 44.42),
        "Table 6: full without language embedding": _pos(49.74, 45.84),
        "Table 6: romanized full": _pos(49.78, 45.18),
        "Table 6: IPA full": _pos(50.71, 46.75),
    },
    "xlmr": {
        "Table 3: mBERT": _row(35.68, 14.80, 50.40, 46.16),
        "Table 3: full": _row(38.88, 16.39, 52.73, 48.82),
    },
}
"""Backbone → row → (task, source, target) → F1. The first row of Table 3 is the backbone alone,
whichever it is. Table 4 names the same two systems among the baselines."""

SAME = {"Table 4: mBERT": "Table 3: mBERT", "Table 4: PhoneXL": "Table 3: full"}
"""Rows that repeat a row of another table."""

ROWS: Mapping[str, str] = {
    "baseline": "Table 3: mBERT",
    "pe": "Table 6: PE + extension",
    "align": "Table 3: w L_align",
    "mlm": "Table 3: w L_MLM",
    "xmlm": "Table 3: w L_XMLM",
    "full": "Table 3: full",
}
"""Variant of `presets.VARIANTS` → row, for runs that no suite describes."""


def number(row: str, task: str, source: str, target: str, backbone: str = "mbert") -> float | None:
    """Return the paper's F1 on the target language, None where there is none.

    Args:
        row: Table and row, such as ``Table 3: w L_align``.
        task: ``udpos`` or ``panx``.
        source: Language with labels.
        target: Language without.
        backbone: ``xlmr`` or a name with ``xlm-roberta`` in it; all others have mBERT
            beside them.

    Example:
        >>> number("Table 3: full", "udpos", "ja", "ko")
        46.75
        >>> number("Table 6: PE", "panx", "ja", "ko") is None
        True
    """
    tables = NUMBERS["xlmr" if backbone == "xlmr" or "xlm-roberta" in backbone else "mbert"]
    return tables.get(SAME.get(row, row), {}).get((task, source, target))
