"""Corpora: examples of known origin, from the files that a run names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cjkv_phon import FormatError
from cjkv_phon_train.config import DataSettings
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.examples import (
    COLUMNS,
    Example,
    Merged,
    Reading,
    digest,
    examples_of,
)
from cjkv_phon_train.merging import cutter_of
from cjkv_phon_train.sampling import Portion, Source, check_labelled, portions
from cjkv_phon_train.sources import ENDINGS, Record, hub_records, read_records

__all__ = [
    "COLUMNS", "Corpus", "Example", "Merged", "Reading", "Source", "digest", "examples_of",
    "load", "load_all", "read_examples", "sources",
]  # fmt: skip

HUB_SPLITS = {"train": "train", "dev": "validation", "test": "test"}


@dataclass(frozen=True)
class Corpus:
    """Examples of one source with what is known about them.

    Attributes:
        source: Where they come from.
        examples: The sentences.
        digest: SHA-256 of tokens, labels and phonemes.
        signature: What transcribed them, `COLUMNS` if the file held phonemes.
        selection: Which of the source's sentences they are; empty for all.
    """

    source: Source
    examples: tuple[Example, ...]
    digest: str
    signature: str
    selection: str = ""


def sources(settings: DataSettings) -> list[Source]:
    """List what a run reads, from ``train dev test`` and the folder ``data``.

    Raises:
        SettingsError: If a language is written wrongly or training data is missing.
    """
    found: list[Source] = []
    hub = not settings.data and all(item.startswith("hub:") for item in settings.train)
    for role in ("train", "dev", "test"):
        named = [_named(role, item) for item in getattr(settings, role)]
        have = {source.lang for source in named}
        wanted = settings.source if role == "train" else (*settings.source, *settings.target)
        for lang in wanted:
            if lang in have:
                continue
            path = _in_folder(settings.data, role, lang)
            if path or hub:
                named.append(Source(role, lang, path or "hub"))
            elif role == "dev" and settings.hold_out:
                continue
            elif role != "test" and lang in settings.source:
                place = settings.data or "the options"
                raise SettingsError(
                    f"no {role} data for {lang} in {place}: type --{role} {lang}:PATH, or put "
                    f"{role}-{lang}.tsv into the folder named by --data"
                )
        found.extend(named)
    return found


def load(
    source: Source,
    settings: DataSettings,
    phonemes: bool = True,
    seed: int = 0,
    tokenizer: Any = None,
) -> Corpus:
    """Read one source, checked and with the phonemes that the settings ask for.

    See `load_all`; a source alone has nothing to share sentences with.
    """
    alone = portions([source], settings, seed, _records_of(settings))
    of_role = next(portion for portion in alone if portion.source.role == source.role)
    return _corpus(of_role, settings, phonemes, tokenizer)


def load_all(
    settings: DataSettings, phonemes: bool = True, seed: int = 0, tokenizer: Any = None
) -> list[Corpus]:
    """Read everything a run asks for; no sentence is trained on and scored.

    Args:
        settings: Files, task, phonemes, scheme, and which sentences play which part.
        phonemes: Whether the model reads phonemes at all.
        seed: Of the run; chooses the few target sentences.
        tokenizer: Of the backbone, for ``merge`` where words cannot be told otherwise.

    Raises:
        FormatError: On a label that is not in the label set, columns that do not
            match, a missing phoneme column, an empty file.
        SettingsError: If files are missing or a share cannot be had.
    """
    found = sources(settings)
    check_labelled(found, settings)
    dealt = portions(found, settings, seed, _records_of(settings))
    return [_corpus(portion, settings, phonemes, tokenizer) for portion in dealt]


def _records_of(settings: DataSettings) -> Callable[[Source], list[Record]]:
    def read(source: Source) -> list[Record]:
        if source.path == "hub":
            return list(hub_records(settings.task, source.lang, HUB_SPLITS[source.role]))
        return list(read_records(source.path))

    return read


def _corpus(portion: Portion, settings: DataSettings, phonemes: bool, tokenizer: Any) -> Corpus:
    source = portion.source
    examples, signature = examples_of(
        portion.records,
        source.lang,
        Reading.of(settings, phonemes),
        settings.task,
        source.path,
        cutter_of(source.lang, tokenizer) if settings.merge else None,
        training=source.role == "train",
    )
    if any(example.labels is None for example in examples):
        raise FormatError(
            "has no labels; a column of labels (JSONL, Parquet: a list labels) is needed to "
            f"{'train' if source.role == 'train' else 'score'}",
            path=source.path,
        )
    return Corpus(source, examples, digest(examples), signature, portion.selection)


def read_examples(
    path: str | Path, lang: str, task: str, phonemes: str = "ipa", scheme: str = ""
) -> tuple[Example, ...]:
    """Read a file of labelled sentences.

    Args:
        path: PhoneXL TSV, CoNLL, CoNLL-U, JSONL or Parquet.
        lang: Language code.
        task: ``udpos`` or ``panx``.
        phonemes: ``ipa``, ``romanization``, or empty for none.
        scheme: Transcribe with this scheme instead of reading columns.

    Raises:
        FormatError: See `load`.
    """
    return examples_of(list(read_records(path)), lang, Reading(phonemes, scheme), task, str(path))[
        0
    ]


def _named(role: str, item: str) -> Source:
    lang, colon, path = item.partition(":")
    if not colon or not path:
        raise SettingsError(f"--{role} {item}: write LANG:PATH, such as ja:train-ja.tsv")
    return Source(role, path, lang) if lang == "hub" else Source(role, lang, path)


def _in_folder(folder: str, role: str, lang: str) -> str:
    for ending in ENDINGS if folder else ():
        for packed in ("", ".gz", ".zst"):
            path = Path(folder) / f"{role}-{lang}{ending}{packed}"
            if path.is_file():
                return str(path)
    return ""
