"""``cjkv-phon align``: which subwords of a tokenizer each token and its sound belong to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from cjkv_phon.alignment.aligner import WRITTEN, SubwordAligner
from cjkv_phon.alignment.loading import load_tokenizer
from cjkv_phon.alignment.records import Row, parquet_schema, row
from cjkv_phon.cli.options import joined_option, layout_options, transcriber_options
from cjkv_phon.cli.writing import refuse_overwriting, writing
from cjkv_phon.errors import require
from cjkv_phon.io import Layout, read_sentences
from cjkv_phon.io.base import joined as without_spaces
from cjkv_phon.io.output import STDOUT

_ROWS = 500


@click.command()
@click.argument("file", metavar="FILE")
@transcriber_options
@click.option(
    "--tokenizer", required=True, metavar="NAME_OR_DIR",
    help="Folder of a saved tokenizer, a tokenizer.json, or a name on the Hugging Face hub.",
)  # fmt: skip
@click.option(
    "--phonemes", type=click.Choice(WRITTEN), default=WRITTEN[0], show_default=True,
    help="What the sound is written in.",
)  # fmt: skip
@click.option(
    "--max-length", type=click.IntRange(1), metavar="N",
    help="Most subwords of a row, special tokens included; default: what the tokenizer says.",
)  # fmt: skip
@joined_option
@layout_options
@click.option(
    "-o", "--output", default=STDOUT, metavar="OUT",
    help="JSON Lines, or Parquet where the name ends in .parquet. Default: standard output.",
)  # fmt: skip
def command(
    file: str,
    tokenizer: str,
    phonemes: str,
    max_length: int | None,
    joined: bool,
    format_name: str,
    column: int | None,
    delimiter: str | None,
    field: str | None,
    output: str,
    **options: Any,
) -> None:
    """Align the tokens of FILE and their sound with a tokenizer's subwords.

    One row a sentence, and more where it is longer than the model takes: it is
    split between tokens. Special tokens are not included. The rows are read by
    datasets.load_dataset("json" or "parquet", data_files=OUT).

    \b
    cjkv-phon align corpus.conll -l ko --tokenizer ./xlm-roberta -o aligned.parquet
    """  # noqa: D301 - click reads the backspace
    from cjkv_phon.transcriber import Transcriber

    refuse_overwriting(output, file)
    transcriber = Transcriber(**options)
    aligner = SubwordAligner(load_tokenizer(tokenizer), phonemes, max_length)  # type: ignore[arg-type]
    layout = Layout(column, delimiter, field)
    sentences = read_sentences(file, format_name, layout=layout, segment=transcriber.segment)
    if joined:
        sentences = map(without_spaces, sentences)
    report = _Report()
    finish = _to_parquet if output.lower().endswith(".parquet") else None
    with writing(output, finish) as write:
        for rows in _batches(report.rows(aligner.pipe(transcriber.pipe(sentences)))):
            write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    for line in report.lines():
        click.echo(f"cjkv-phon: {line}", err=True)


class _Report:
    """Counts what a user should hear of."""

    def __init__(self) -> None:
        self.split = self.overlong = self.empty = 0

    def rows(self, alignments: Iterable[Any]) -> Iterator[Row]:
        for number, alignment in enumerate(alignments):
            windows = alignment.windows()
            self.split += len(windows) > 1
            self.overlong += len(alignment.overlong)
            self.empty += len({*alignment.orthography.empty, *alignment.phonemes.empty})
            for window in windows:
                yield row(window, number)

    def lines(self) -> list[str]:
        said = [
            (self.split, "sentences are longer than the model takes and were split into rows"),
            (self.overlong, "tokens alone are longer than the model takes; each has its own row"),
            (self.empty, "tokens left the tokenizer nothing and became its unknown token"),
        ]
        return [f"{count} {text}" for count, text in said if count]


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _ROWS)):
        yield batch


def _to_parquet(rows: Path, target: Path) -> None:
    """Make a Parquet file of JSON lines."""
    pa = require("pyarrow", extra="parquet")
    pq = require("pyarrow.parquet", extra="parquet", package="pyarrow")
    schema = parquet_schema()
    with (
        open(rows, encoding="utf-8", newline="\n") as lines,
        pq.ParquetWriter(target, schema) as writer,
    ):
        for batch in _batches(map(json.loads, lines)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
