"""Arrow tables with our columns: for Ray, Spark, datasets, whatever speaks Arrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cjkv_phon.errors import FormatError, require
from cjkv_phon.io.base import Wanted, joined
from cjkv_phon.io.fields import SPACES, TEXT, TOKENS, FieldError, names, results_of, sentence_of
from cjkv_phon.transcriber import Transcriber
from cjkv_phon.types import Unit


def transcribed_table(
    table: Any, transcriber: Transcriber, wanted: Wanted, field: str | None = None
) -> Any:
    """Return a table with our columns added, or replaced where they are there.

    Args:
        table: A ``pyarrow.Table`` with a column of lists of tokens (and perhaps
            one of ``spaces``) or of text.
        transcriber: What transcribes.
        wanted: Which columns to add.
        field: Name of the column; None for ``tokens``, else ``text``.

    Raises:
        FormatError: If the column is missing or holds neither tokens nor text.
        MissingDependencyError: If pyarrow is not installed.
    """
    name = token_column(table.column_names, field, "table")
    values = table.column(name).to_pylist()
    there = SPACES in table.column_names
    spaces = table.column(SPACES).to_pylist() if there else [None] * len(values)
    sentences = []
    for row, (value, known) in enumerate(zip(values, spaces, strict=True)):
        try:
            sentences.append(sentence_of(value, known, transcriber.segment))
        except FieldError as error:
            reason = f"row {row + 1} of the table, column {name!r}: {error}"
            raise FormatError(reason, path="table") from None
    full = [sentence for sentence in sentences if sentence is not None]
    if wanted.joined:
        full = [joined(sentence) for sentence in full]
    results = iter(transcriber.transcribe_batch(full))
    rows = [
        results_of(value, () if sentence is None else next(results).tokens, wanted)
        for value, sentence in zip(values, sentences, strict=True)
    ]
    is_text = any(isinstance(value, str) for value in values)
    pa = require("pyarrow", extra="parquet")
    columns = {
        name: pa.array([row[name] for row in rows], field_type(name, is_text))
        for name in names(wanted)
    }
    return with_columns(table, columns)


def token_column(there: Sequence[str], field: str | None, path: str) -> str:
    """Return the name of the column to read.

    Args:
        there: The columns of the table.
        field: The one asked for; None for ``tokens``, or else ``text``.
        path: Name of the table, for the message.

    Raises:
        FormatError: If it is not there, or not alone of its name.
    """
    for name in (field,) if field is not None else (TOKENS, TEXT):
        if name in there:
            if there.count(name) > 1:
                raise FormatError(f"several columns are named {name!r}; rename them", path=path)
            return name
    raise FormatError(
        f"there is no column {field or 'tokens or text'} (columns: {', '.join(there)}); "
        "name the column of the tokens or the text with --field",
        path=path,
    )


def field_type(name: str, is_text: bool) -> Any:
    """Return the Arrow type of one of our columns.

    Args:
        name: ``ipa``, ``romanization`` or ``units``.
        is_text: Whether the rows are texts, not lists of tokens.
    """
    pa = require("pyarrow", extra="parquet")
    if name != "units":
        return pa.string() if is_text else pa.list_(pa.string())
    whole = {"start": pa.int64(), "end": pa.int64(), "segments": pa.list_(pa.string())}
    unit = pa.struct([(key, whole.get(key, pa.string())) for key in Unit._fields])
    return pa.list_(pa.list_(unit))


def with_columns(table: Any, columns: Mapping[str, Any]) -> Any:
    """Return a table with columns (name to array) added, or replaced where they are there."""
    pa = require("pyarrow", extra="parquet")
    for name, values in columns.items():
        field = pa.field(name, values.type)
        place = table.schema.get_field_index(name)
        if place >= 0:
            table = table.set_column(place, field, values)
        else:
            table = table.append_column(field, values)
    return table
