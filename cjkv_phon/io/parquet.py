"""Parquet: columns are added row group by row group; the others are copied as they are.

The file of a Parquet run ends with an index, so it cannot grow chunk by chunk.
What the chunks give is therefore one JSON line a row; in the end these rows and
the input are put together. Other columns, their order, the row groups, the
compression and the metadata of the schema stay.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import FormatError, require
from cjkv_phon.io.arrow import field_type, token_column, with_columns
from cjkv_phon.io.base import Chunk, Converted, Format, Segment, Wanted, joined
from cjkv_phon.io.fields import SPACES, FieldError, names, results_of, sentence_of
from cjkv_phon.io.output import Finish
from cjkv_phon.io.source import Source
from cjkv_phon.transcriber import Transcriber

ROWS_PER_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Parquet(Format):
    """A column of lists of tokens, or of text, gains ``ipa`` and ``romanization``.

    Attributes:
        field: Column to read; None for ``tokens``, or else ``text``.
    """

    name: ClassVar[str] = "parquet"
    takes_units: ClassVar[bool] = True

    field: str | None = None

    def chunks(self, source: Source) -> Iterator[Chunk]:
        """Read the column 2,000 rows at a time; a chunk is an Arrow stream of them."""
        if not source.head:
            return
        pa = require("pyarrow", extra="parquet")
        with _open(source.path, source) as file:
            column = token_column(file.schema_arrow.names, self.field, source.path)
            columns = [column] + [SPACES] * (file.schema_arrow.names.count(SPACES) == 1)
            row = 1
            for batch in file.iter_batches(ROWS_PER_CHUNK, columns=columns):
                batch = batch.select([column, *columns[1:]])
                sink = io.BytesIO()
                with pa.ipc.new_stream(sink, batch.schema) as writer:
                    writer.write_batch(batch)
                row += batch.num_rows
                source.share_read = (row - 1) / max(1, file.metadata.num_rows)
                yield Chunk(source.path, row - batch.num_rows, sink.getvalue())

    def convert(self, chunk: Chunk, transcriber: Transcriber, wanted: Wanted) -> Converted:
        """Return one JSON line a row."""
        rows = list(_sentences(chunk, transcriber.segment))
        sentences = [sentence for _, sentence in rows if sentence is not None]
        if wanted.joined:
            sentences = [joined(sentence) for sentence in sentences]
        results = iter(transcriber.transcribe_batch(sentences))
        lines: list[str] = []
        count = 0
        for value, sentence in rows:
            tokens = next(results).tokens if sentence is not None else ()
            count += len(tokens)
            fields = results_of(value, tokens, wanted)
            lines.append(json.dumps(list(fields.values()), ensure_ascii=False))
        data = "".join(line + "\n" for line in lines).encode("utf-8")
        return Converted(data, len(sentences), count)

    def sentences(self, chunk: Chunk, segment: Segment) -> Iterator[Sentence]:
        """Return the sentences of a chunk; rows without a value have none."""
        for _, sentence in _sentences(chunk, segment):
            if sentence is not None:
                yield sentence

    def finisher(self, source: str, wanted: Wanted) -> Finish:
        """Return what puts the rows and the input together."""
        return partial(self._finish, source, wanted)

    def _finish(self, source: str, wanted: Wanted, rows: Path, target: Path) -> None:
        pq = require("pyarrow.parquet", extra="parquet", package="pyarrow")
        if not Path(source).stat().st_size:
            target.write_bytes(b"")
            return
        with _open(source, None) as file, open(rows, encoding="utf-8", newline="\n") as lines:
            schema = file.schema_arrow
            column = token_column(schema.names, self.field, source)
            is_text = not _is_list(schema.field(column).type)
            fields = {name: field_type(name, is_text) for name in names(wanted)}
            schema = _with_fields(schema, fields)
            groups = file.metadata.num_row_groups
            codec = file.metadata.row_group(0).column(0).compression if groups else "SNAPPY"
            codec = "NONE" if codec == "UNCOMPRESSED" else codec
            with pq.ParquetWriter(target, schema, compression=codec) as writer:
                for group in range(groups):
                    table = _with_results(file.read_row_group(group), fields, lines)
                    writer.write_table(table.cast(schema), row_group_size=max(1, len(table)))


def _open(path: str, source: Source | None) -> Any:
    pa = require("pyarrow", extra="parquet")
    pq = require("pyarrow.parquet", extra="parquet", package="pyarrow")
    if source is not None and not source.is_plain_file:
        raise FormatError(
            "Parquet is read from a plain file, not from a pipe or a compressed one; write it to "
            "a file first",
            path=path,
        )
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        raise FormatError(f"this is no readable Parquet file: {reason}", path=path) from None


def _sentences(chunk: Chunk, segment: Segment) -> Iterator[tuple[object, Sentence | None]]:
    pa = require("pyarrow", extra="parquet")
    with pa.ipc.open_stream(chunk.data) as reader:
        table = reader.read_all()
    try:
        values = table.column(0).to_pylist()
    except UnicodeDecodeError as error:
        raise FormatError(
            f"column {table.column_names[0]!r} holds text that is not UTF-8 ({error.reason}) in "
            f"one of {table.num_rows} rows from here; repair it where the file was made",
            path=chunk.path, line=chunk.line,
        ) from None  # fmt: skip
    spaces = table.column(1).to_pylist() if table.num_columns > 1 else [None] * len(values)
    for row, (value, known) in enumerate(zip(values, spaces, strict=True)):
        try:
            yield value, sentence_of(value, known, segment)
        except FieldError as error:
            raise FormatError(
                f"row {chunk.line + row}, column {table.column_names[0]!r}: {error}",
                path=chunk.path, line=chunk.line + row,
            ) from None  # fmt: skip


def _is_list(kind: Any) -> bool:
    types = require("pyarrow.types", extra="parquet", package="pyarrow")
    return bool(types.is_nested(kind)) and hasattr(kind, "value_type")  # a list of any kind


def _with_fields(schema: Any, fields: dict[str, Any]) -> Any:
    pa = require("pyarrow", extra="parquet")
    for name, kind in fields.items():
        field = pa.field(name, kind)
        place = schema.get_field_index(name)
        schema = schema.set(place, field) if place >= 0 else schema.append(field)
    return schema


def _with_results(table: Any, fields: dict[str, Any], lines: Iterator[str]) -> Any:
    pa = require("pyarrow", extra="parquet")
    rows = [json.loads(next(lines)) for _ in range(len(table))]
    columns = {
        name: pa.array([row[place] for row in rows], kind)
        for place, (name, kind) in enumerate(fields.items())
    }
    return with_columns(table, columns)
