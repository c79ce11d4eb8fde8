"""Examples: tokens with labels and sounds, of known origin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cjkv_phon import FormatError, Sentence, Transcriber
from cjkv_phon_train.config import DataSettings
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.sources import ENDINGS, Record, hub_records, read_records

COLUMNS = "columns of the file"
"""Signature of phonemes that were read and not made."""

HUB_SPLITS = {"train": "train", "dev": "validation", "test": "test"}


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence.

    Attributes:
        tokens: Words.
        labels: One a word, or None for text without labels.
        phonemes: One string a word, IPA or romanization; None where the model
            reads none.
        lang: Language code.
    """

    tokens: tuple[str, ...]
    labels: tuple[str, ...] | None
    phonemes: tuple[str, ...] | None
    lang: str


class Source(NamedTuple):
    """A file (or ``hub``) in a language, and its part in the run."""

    role: str
    lang: str
    path: str


@dataclass(frozen=True)
class Corpus:
    """Examples of one source with what is known about them.

    Attributes:
        source: Where they come from.
        examples: The sentences.
        digest: SHA-256 of tokens, labels and phonemes.
        signature: What transcribed them, `COLUMNS` if the file held phonemes.
    """

    source: Source
    examples: tuple[Example, ...]
    digest: str
    signature: str


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
            elif role != "test" and lang in settings.source:
                place = settings.data or "the options"
                raise SettingsError(
                    f"no {role} data for {lang} in {place}: type --{role} {lang}:PATH, or put "
                    f"{role}-{lang}.tsv into the folder named by --data"
                )
        found.extend(named)
    return found


def load(source: Source, settings: DataSettings, phonemes: bool = True) -> Corpus:
    """Read one source, checked and with the phonemes that the settings ask for.

    Args:
        source: What to read.
        settings: Task, phonemes, scheme, limit.
        phonemes: Whether the model reads phonemes at all.

    Raises:
        FormatError: On a label that is not in the label set, columns that do not
            match, a missing phoneme column, an empty file.
    """
    records: Iterable[Record]
    if source.path == "hub":
        records = hub_records(settings.task, source.lang, HUB_SPLITS[source.role])
    else:
        records = read_records(source.path)
    if settings.limit and source.role == "train":
        records = islice(records, settings.limit)
    kind = settings.phonemes if phonemes else ""
    examples, signature = examples_of(
        list(records), source.lang, kind, settings.scheme, settings.task, source.path
    )
    if not examples:
        raise FormatError("holds no sentence", path=source.path)
    if any(example.labels is None for example in examples):
        raise FormatError(
            "has no labels; a column of labels (JSONL, Parquet: a list labels) is needed to "
            f"{'train' if source.role == 'train' else 'score'}",
            path=source.path,
        )
    return Corpus(source, examples, digest(examples), signature)


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
    return examples_of(list(read_records(path)), lang, phonemes, scheme, task, str(path))[0]


def examples_of(
    records: Sequence[Record], lang: str, kind: str, scheme: str, task: str, path: str
) -> tuple[tuple[Example, ...], str]:
    """Turn records into examples; return them and the signature of their phonemes."""
    known = frozenset(label_set(task)) if task else None
    for record in records if known is not None else ():
        for place, label in zip(record.place, record.labels or (), strict=bool(record.labels)):
            if known is not None and label not in known:
                raise FormatError(
                    f"label {label!r} is not one of {task}: {', '.join(label_set(task))} "
                    "(type --task, or repair the file)",
                    path=path,
                    line=place,
                )
    if not kind:
        sounds: Iterable[tuple[str, ...] | None] = (None for _ in records)
        signature = "none"
    elif scheme:
        transcriber = Transcriber(lang, scheme=scheme)
        sounds, signature = _transcribed(records, transcriber, kind), transcriber.signature
    else:
        sounds, signature = [_column(record, kind, path) for record in records], COLUMNS
    examples = tuple(
        Example(record.tokens, record.labels, sound, lang)
        for record, sound in zip(records, sounds, strict=True)
    )
    return examples, signature


def digest(examples: Iterable[Example]) -> str:
    """Return the SHA-256 of what the model sees, in order."""
    state = hashlib.sha256()
    for example in examples:
        for column in (example.tokens, example.labels or (), example.phonemes or ()):
            state.update("\t".join(column).encode() + b"\n")
    return state.hexdigest()


def _transcribed(
    records: Sequence[Record], transcriber: Transcriber, kind: str
) -> Iterator[tuple[str, ...]]:
    for result in transcriber.pipe(Sentence(r.tokens, r.spaces) for r in records):
        yield tuple(result.ipa if kind == "ipa" else result.romanization)


def _column(record: Record, kind: str, path: str) -> tuple[str, ...]:
    column = record.ipa if kind == "ipa" else record.romanization
    if column is None:
        raise FormatError(
            f"has no {kind} column. Type --scheme standard to transcribe on the fly, or add the "
            f"columns first: cjkv-phon transcribe {path} -l LANG -o OUT",
            path=path,
            line=record.place[0] if record.place else None,
        )
    return column


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
