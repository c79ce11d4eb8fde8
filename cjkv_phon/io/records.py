"""Labelled sentences: tokens with the labels, IPA and romanization that a file holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cjkv_phon.engine import Sentence, cut_words
from cjkv_phon.errors import FormatError, require
from cjkv_phon.io.base import Chunk, Layout, LineFormat, Segment, body, decoded_lines
from cjkv_phon.io.base import Record as IoRecord
from cjkv_phon.io.conll import Conll, cut_columns
from cjkv_phon.io.conllu import IPA_KEY, ROMANIZATION_KEY
from cjkv_phon.io.detection import AUTO, detect
from cjkv_phon.io.fields import TEXT
from cjkv_phon.io.source import Source

TOKEN_COLUMNS = ("tokens", "words")
LABEL_COLUMNS = ("labels", "tags", "ner_tags", "pos_tags", "upos")
"""Where JSON Lines, Parquet and datasets keep tokens and labels, the first one that is there."""

UPOS = frozenset(
    {"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
     "PUNCT", "SCONJ", "SYM", "VERB", "X", "_"}
)  # fmt: skip
"""The universal parts of speech, and ``_`` for words left untagged."""

_ENTITY = re.compile(r"O|[BIESLU]-\S+")


class Record(NamedTuple):
    """One sentence as a file has it; None for a column that is not there."""

    tokens: tuple[str, ...]
    labels: tuple[str, ...] | None
    ipa: tuple[str, ...] | None
    romanization: tuple[str, ...] | None
    spaces: tuple[bool, ...] | None
    place: tuple[int, ...]
    """Line of each token, for error messages."""


def read_records(
    path: str | Path,
    segment: Segment = cut_words,
    *,
    format: str = AUTO,
    layout: Layout | None = None,
) -> Iterator[Record]:
    """Read a file in any format of `cjkv_phon.io`, with its labels and phonemes.

    In columns the label is the last column that holds labels; two columns behind
    it are IPA and romanization (the PhoneXL layout, and what ``cjkv-phon
    transcribe`` writes). CoNLL-U has them in column 4 and in MISC; JSONL and
    Parquet in ``labels`` (or ``ner_tags``, ``pos_tags`` …), ``ipa``, ``romanization``.

    Args:
        path: The file; compressed or not.
        segment: Cuts raw text.
        format: One of `cjkv_phon.io.NAMES`, or ``auto``.
        layout: Where the tokens are, where that is not plain.

    Raises:
        FormatError: With file and line, if the file is not what it should be.
    """
    name = str(path)
    with Source(name) as source:
        found = detect(source, format, layout or Layout())
        if not isinstance(found, LineFormat):
            yield from _parquet(Path(path), layout.field if layout else None, segment)
            return
        label: int | None = None
        for chunk in found.chunks(source):
            lines, _ = decoded_lines(chunk)
            parsed = list(found.parse(lines, chunk, segment))
            if found.name == "jsonl":
                for record in parsed:
                    row = {**json.loads(lines[record.slots[0]]), "tokens": record.sentence.tokens}
                    yield row_record(
                        name, chunk.line + record.slots[0], row, record.sentence.spaces
                    )
            elif found.name == "text":
                for record in parsed:
                    tokens, spaces = record.sentence
                    yield Record(tokens, None, None, None, spaces, (chunk.line,) * len(tokens))
            else:
                delimiter, token = "\t", 0
                if isinstance(found, Conll):
                    delimiter, token = found.delimiter, found.column
                tables = [_table(record, lines, chunk, delimiter) for record in parsed]
                if label is None:
                    label = _label_column([row for _, rows in tables for row in rows], token)
                for record, (place, rows) in zip(parsed, tables, strict=True):
                    if found.name == "conllu":
                        yield _conllu(record.sentence, place, rows)
                    else:
                        yield _columns(record.sentence, place, rows, token, label)


def is_label(cell: str) -> bool:
    """Say whether a cell looks like a part of speech or the label of an entity.

    Example:
        >>> is_label("B-LOC"), is_label("NOUN"), is_label("seuga")
        (True, True, False)
    """
    return cell in UPOS or _ENTITY.fullmatch(cell) is not None


def first_column(names: Sequence[str], wanted: Sequence[str], where: str) -> str:
    """Return the first wanted column that is there.

    Raises:
        FormatError: If none is, with ``where`` as its path.
    """
    for name in wanted:
        if name in names:
            return name
    raise FormatError(f"has none of the columns {', '.join(wanted)}", path=where)


Rows = list[list[str]]


def _table(
    record: IoRecord, lines: Sequence[str], chunk: Chunk, delimiter: str
) -> tuple[tuple[int, ...], Rows]:
    """Return the line numbers and the cells of a sentence."""
    indices = [slot[0] if isinstance(slot, tuple) else slot for slot in record.slots]
    rows = [cut_columns(body(lines[index]), delimiter) for index in indices]
    for index, row in zip(indices, rows, strict=True):
        if len(row) != len(rows[0]):
            raise FormatError(
                f"{len(row)} columns where the sentence began with {len(rows[0])}; every line "
                "of a sentence needs the same columns (an empty cell keeps its tab)",
                path=chunk.path,
                line=chunk.line + index,
            )
    return tuple(chunk.line + index for index in indices), rows


def _label_column(rows: Rows, token: int) -> int:
    """Return the last column behind the tokens' that mostly holds labels; theirs for none."""
    width = len(rows[0]) if rows else 1
    for column in range(width - 1, token, -1):
        cells = [row[column] for row in rows if len(row) > column]
        if 2 * sum(map(is_label, cells)) >= max(len(cells), 1):
            return column
    return token + 1 if width - token in (2, 4) else width - 1


def _columns(
    sentence: Sentence, place: tuple[int, ...], rows: Rows, token: int, label: int
) -> Record:
    columns = list(zip(*rows, strict=True))
    behind = columns[label + 1 :]
    ipa, romanization = behind if len(behind) == 2 else (None, None)
    labels = columns[label] if token < label < len(columns) else None
    return Record(sentence.tokens, labels, ipa, romanization, sentence.spaces, place)


def _conllu(sentence: Sentence, place: tuple[int, ...], rows: Rows) -> Record:
    misc = [dict(_pairs(row[9])) for row in rows]
    ipa, romanization = (
        tuple(m[key] for m in misc) if all(key in m for m in misc) else None
        for key in (IPA_KEY, ROMANIZATION_KEY)
    )
    labels = tuple(row[3] for row in rows)
    return Record(sentence.tokens, labels, ipa, romanization, sentence.spaces, place)


def _pairs(misc: str) -> Iterator[tuple[str, str]]:
    for item in misc.split("|"):
        key, _, value = item.partition("=")
        yield key, value


def _parquet(path: Path, field: str | None, segment: Segment) -> Iterator[Record]:
    parquet = require("pyarrow.parquet", extra="parquet", package="pyarrow")
    wanted = (*TOKEN_COLUMNS, TEXT) if field is None else (field,)
    number = 0
    with parquet.ParquetFile(path) as file:
        name = first_column(file.schema_arrow.names, wanted, str(path))
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                number += 1
                tokens, spaces = row[name], None
                if isinstance(tokens, str):
                    tokens, spaces = segment(tokens)
                yield row_record(str(path), number, {**row, "tokens": tokens}, spaces)


def row_record(
    name: str, number: int, row: Mapping[str, Any], spaces: Sequence[bool] | None = None
) -> Record:
    """Return a row of JSON Lines, Parquet or a dataset as a record.

    Args:
        name: Where it is from, for messages.
        number: Its line or row, from 1.
        row: Columns by name.
        spaces: What is known of white space, if not what the row says.

    Raises:
        FormatError: If it has no tokens, or a column has another number of entries.
    """
    tokens = _texts(row, first_column(list(row), TOKEN_COLUMNS, f"{name}:{number}"), name, number)

    def column(*names: str) -> tuple[str, ...] | None:
        key = next((key for key in names if row.get(key) is not None), None)
        return None if key is None else _texts(row, key, name, number, len(tokens))

    known = spaces if spaces is not None else _listed(row, "spaces", name, number, len(tokens))
    return Record(
        tokens,
        column(*LABEL_COLUMNS),
        column("ipa"),
        column("romanization"),
        tuple(known) if known is not None else None,
        (number,) * len(tokens),
    )


def _listed(
    row: Mapping[str, Any], key: str, name: str, number: int, count: int | None = None
) -> Sequence[Any] | None:
    """Return a column that has to be a list, of as many entries as there are tokens."""
    values = row.get(key)
    if values is None:
        return None
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Sequence):
        raise FormatError(f"{key} is no list, one entry a token", path=name, line=number)
    if count is not None and len(values) != count:
        raise FormatError(
            f"{key} has {len(values)} entries for {count} tokens", path=name, line=number
        )
    return values


def _texts(
    row: Mapping[str, Any], key: str, name: str, number: int, count: int | None = None
) -> tuple[str, ...]:
    """Return a column as texts; the numbers of a label become digits, nothing becomes ""."""
    values = _listed(row, key, name, number, count)
    return tuple("" if value is None else str(value) for value in values or ())
