"""Arrow tables with our columns: for Ray, Spark, datasets, whatever speaks Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cjkv_phon.errors import FormatError, require
from cjkv_phon.io.base import Wanted, joined
from cjkv_phon.io.fields import SPACES, TEXT, TOKENS, FieldError, names, results_of, sentence_of
from cjkv_phon.io.parquet import _type as field_type
from cjkv_phon.transcriber import Transcriber


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
    name = _field(table.column_names, field)
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
    return _with_columns(table, rows, wanted, is_text)


def _field(there: Sequence[str], field: str | None) -> str:
    for name in (field,) if field is not None else (TOKENS, TEXT):
        if name in there:
            return name
    raise FormatError(
        f"there is no column {field or 'tokens or text'} (columns: {', '.join(there)}); "
        "name the column of the tokens or the text with --field",
        path="table",
    )


def _with_columns(table: Any, rows: list[dict[str, Any]], wanted: Wanted, is_text: bool) -> Any:
    pa = require("pyarrow", extra="parquet")
    for name in names(wanted):
        values = pa.array([row[name] for row in rows], field_type(name, is_text))
        place = table.schema.get_field_index(name)
        if place >= 0:
            table = table.set_column(place, name, values)
        else:
            table = table.append_column(name, values)
    return table
