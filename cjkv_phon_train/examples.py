"""Records as examples: words with labels and sounds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cjkv_phon import FormatError, Sentence, Transcriber
from cjkv_phon_train.config import DataSettings
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.merging import Cutter, dealt_out, joined_spaces, merged, word_sizes
from cjkv_phon_train.sources import Record

COLUMNS = "columns of the file"
"""Signature of phonemes that were read and not made."""


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence.

    Attributes:
        tokens: Words.
        labels: One a word, or None for text without labels.
        phonemes: One string a word, IPA or romanization; None where the model
            reads none.
        lang: Language code.
        merged: What the words were merged from; None where they are the file's tokens.
    """

    tokens: tuple[str, ...]
    labels: tuple[str, ...] | None
    phonemes: tuple[str, ...] | None
    lang: str
    merged: Merged | None = None

    @property
    def given_tokens(self) -> tuple[str, ...]:
        """Tokens as the file has them."""
        return self.tokens if self.merged is None else self.merged.tokens

    @property
    def given_labels(self) -> tuple[str, ...] | None:
        """Labels as the file has them: what is scored."""
        return self.labels if self.merged is None else self.merged.labels

    def dealt(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Give labels of words to the file's tokens."""
        return tuple(labels) if self.merged is None else dealt_out(labels, self.merged.sizes)

    def part(self, start: int, end: int) -> Example:
        """Return the words from start to end as an example of their own."""
        return Example(
            self.tokens[start:end],
            self.labels[start:end] if self.labels is not None else None,
            self.phonemes[start:end] if self.phonemes is not None else None,
            self.lang,
            self.merged.part(start, end) if self.merged is not None else None,
        )


class Merged(NamedTuple):
    """What words were merged from (`merging`).

    Attributes:
        sizes: Tokens of each word.
        tokens: Tokens as the file has them.
        labels: Their labels.
    """

    sizes: tuple[int, ...]
    tokens: tuple[str, ...]
    labels: tuple[str, ...] | None

    def part(self, start: int, end: int) -> Merged:
        """Return what belongs to the words from start to end."""
        first, last = sum(self.sizes[:start]), sum(self.sizes[:end])
        labels = self.labels[first:last] if self.labels is not None else None
        return Merged(self.sizes[start:end], self.tokens[first:last], labels)


class Reading(NamedTuple):
    """How records become examples.

    Attributes:
        phonemes: ``ipa``, ``romanization``, or empty for none.
        scheme: Transcribe with this scheme; empty: read the columns.
        joined: Transcribe what was cut into characters in its context.
        merge: ``words``: merge characters to words; empty: leave tokens alone.
    """

    phonemes: str = "ipa"
    scheme: str = ""
    joined: bool = False
    merge: str = ""

    @classmethod
    def of(cls, settings: DataSettings, phonemes: bool = True) -> Reading:
        """Return what settings ask for; ``phonemes``: whether the model reads any."""
        kind = settings.phonemes if phonemes else ""
        return cls(kind, settings.scheme, settings.joined, settings.merge)


def examples_of(
    records: Sequence[Record],
    lang: str,
    reading: Reading,
    task: str,
    path: str,
    cutter: Cutter | None = None,
    training: bool = False,
) -> tuple[tuple[Example, ...], str]:
    """Turn records into examples; return them and the signature of their phonemes.

    Args:
        records: Sentences.
        lang: Language code.
        reading: Phonemes, scheme, context, merging.
        task: Check the labels against this task; empty: do not.
        path: For messages.
        cutter: Finds words in runs of characters, where they are to be merged.
        training: Whether words may be cut by labels, so that each has one.
    """
    check_labels(records, task, path)
    if reading.joined:
        records = [record._replace(spaces=joined_spaces(record)) for record in records]
    origins: Sequence[Merged | None] = [None] * len(records)
    if reading.merge and cutter is not None:
        sizes = [tuple(word_sizes(record, cutter, training)) for record in records]
        origins = [
            Merged(size, record.tokens, record.labels)
            for record, size in zip(records, sizes, strict=True)
        ]
        records = [merged(record, size) for record, size in zip(records, sizes, strict=True)]
    if not reading.phonemes:
        sounds: Iterable[tuple[str, ...] | None] = (None for _ in records)
        signature = "none"
    elif reading.scheme:
        transcriber = Transcriber(lang, scheme=reading.scheme)
        sounds = _transcribed(records, transcriber, reading.phonemes)
        signature = transcriber.signature
    else:
        sounds = [_column(record, reading.phonemes, path) for record in records]
        signature = COLUMNS
    examples = tuple(
        Example(record.tokens, record.labels, sound, lang, origin)
        for record, sound, origin in zip(records, sounds, origins, strict=True)
    )
    return examples, signature


def check_labels(records: Iterable[Record], task: str, path: str) -> None:
    """Refuse labels that a task does not have.

    Raises:
        FormatError: With the line.
    """
    if not task:
        return
    known = frozenset(label_set(task))
    for record in records:
        for place, label in zip(record.place, record.labels or (), strict=bool(record.labels)):
            if label not in known:
                raise FormatError(
                    f"label {label!r} is not one of {task}: {', '.join(label_set(task))} "
                    "(type --task, or repair the file)",
                    path=path,
                    line=place,
                )


def digest(examples: Iterable[Example]) -> str:
    """Return the SHA-256 of what the model sees, in order."""
    state = hashlib.sha256()
    for example in examples:
        columns = [example.tokens, example.labels or (), example.phonemes or ()]
        if example.merged is not None:
            columns += [example.merged.tokens, example.merged.labels or ()]
        for column in columns:
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
