"""``cjkv-phon view``: a page of sentences with their sound."""

from __future__ import annotations

from itertools import islice
from typing import Any

import click

from cjkv_phon.cli.options import joined_option, layout_options, transcriber_options
from cjkv_phon.cli.writing import refuse_overwriting, writing
from cjkv_phon.io.base import Layout
from cjkv_phon.io.output import STDOUT


@click.command()
@click.argument("file", metavar="FILE")
@transcriber_options
@joined_option
@layout_options
@click.option("-o", "--output", default=STDOUT, metavar="OUT", help="Page to write.")
@click.option("--title", help="Title of the page; default: the name of the file.")
@click.option(
    "-n", "--limit", type=click.IntRange(1), default=200, show_default=True, metavar="N",
    help="Most sentences shown.",
)  # fmt: skip
def command(
    file: str, joined: bool, format_name: str, column: int | None, delimiter: str | None,
    field: str | None, output: str, title: str | None, limit: int, **options: Any,
) -> None:  # fmt: skip
    """Make one HTML file of FILE: readings over the characters, IPA under them.

    Labels of FILE (parts of speech, entities) become colours. The page needs
    nothing else, no network and no script.

    \b
    cjkv-phon view corpus.conllu -l ja -o page.html
    """  # noqa: D301 - click reads the backspace
    from cjkv_phon.engine import Sentence
    from cjkv_phon.io.base import joined as without_spaces
    from cjkv_phon.io.records import read_records
    from cjkv_phon.render import page
    from cjkv_phon.transcriber import Transcriber

    refuse_overwriting(output, file)
    transcriber = Transcriber(**options)
    layout = Layout(column, delimiter, field)
    records = read_records(file, transcriber.segment, format=format_name, layout=layout)
    shown = list(islice(records, limit))
    is_cut = next(records, None) is not None
    sentences = [Sentence(record.tokens, record.spaces) for record in shown]
    if joined:
        sentences = [without_spaces(sentence) for sentence in sentences]
    note = f"The first {limit} sentences; --limit shows more." if is_cut else ""
    markup = page(
        transcriber.pipe(sentences),
        title=title if title is not None else file,
        tags=[record.labels for record in shown],
        note=note,
    )
    with writing(output) as write:
        write(markup)
    if is_cut:
        click.echo(f"cjkv-phon: {note}", err=True)
