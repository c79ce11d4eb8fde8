"""Labelled sentences from files and from the hub, whatever their layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from cjkv_phon.errors import require
from cjkv_phon.io import numbered_lines
from cjkv_phon.io.records import (
    LABEL_COLUMNS,
    TOKEN_COLUMNS,
    Record,
    first_column,
    read_records,
    row_record,
)
from cjkv_phon_train.errors import SettingsError, TrainingError

__all__ = [
    "PairFile",
    "Record",
    "dataset_records",
    "hub_records",
    "pair_file",
    "read_records",
    "text_lines",
]

ENDINGS = (".tsv", ".conll", ".conllu", ".jsonl", ".parquet", ".txt", ".iob2")
"""File endings that are read, each with ``.gz`` or ``.zst`` behind it or not."""

HUB_PATH = "google/xtreme"
HUB_LANGUAGES = {"zh": "Chinese", "ja": "Japanese", "ko": "Korean", "vi": "Vietnamese"}


def hub_records(task: str, lang: str, split: str, path: str = HUB_PATH) -> Iterator[Record]:
    """Read UDPOS or PANX of XTREME through `datasets`.

    Args:
        task: ``udpos`` or ``panx``.
        lang: Language code.
        split: ``train``, ``validation`` or ``test``.
        path: Hub repository, or a local folder laid out like it.

    Raises:
        TrainingError: If it cannot be had, with what to type instead.
    """
    datasets = require("datasets", extra="train")
    config = f"udpos.{HUB_LANGUAGES.get(lang, lang)}" if task == "udpos" else f"PAN-X.{lang}"
    try:
        rows = datasets.load_dataset(path, config, split=split)
    except Exception as error:
        raise TrainingError(
            f"{path} ({config}, {split}) cannot be loaded: {error}. Without a network name files: "
            "--data FOLDER, or --train LANG:PATH --dev LANG:PATH"
        ) from error
    yield from dataset_records(rows)


def dataset_records(rows: Any) -> Iterator[Record]:
    """Read a `datasets.Dataset` with ``tokens`` and ``pos_tags`` or ``ner_tags``."""
    tokens = first_column(rows.column_names, TOKEN_COLUMNS, HUB_PATH)
    labels = first_column(rows.column_names, LABEL_COLUMNS, HUB_PATH)
    feature = rows.features[labels]
    names = getattr(getattr(feature, "feature", feature), "names", None)
    for number, row in enumerate(rows, 1):
        tags = [names[tag] if names else str(tag) for tag in row[labels]]
        yield row_record("hub", number, {**row, "tokens": row[tokens], "labels": tags})


class PairFile(NamedTuple):
    """A file of a language pair.

    Attributes:
        source: Language code.
        target: Language code.
        path: Where it lies.
    """

    source: str
    target: str
    path: str


def pair_file(option: str, text: str, forms: str) -> PairFile:
    """Read what an option says of a language pair, such as ``ja-ko:PATH``.

    Args:
        option: Name of the option.
        text: What was typed.
        forms: What may be typed, for the error.

    Raises:
        SettingsError: If it is written otherwise.
    """
    pair, colon, path = text.partition(":")
    source, dash, target = pair.partition("-")
    if not (colon and dash and source and target and path):
        raise SettingsError(f"--{option} {text}: write {forms}")
    return PairFile(source, target, path)


def text_lines(path: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text file that are not blank, with their numbers; compressed or not.

    Raises:
        FormatError: If it does not exist or is not UTF-8.
    """
    for number, line in numbered_lines(path):
        if line.strip():
            yield number, line
