"""``cjkv-phon-train predict``: tag files or raw text."""

from __future__ import annotations

import click

from cjkv_phon.cli.writing import refuse_overwriting, writing
from cjkv_phon_train.commands import language_row, progress_on_terminals_only


@click.command()
@click.argument("run")
@click.argument("file", default="-")
@click.option("-l", "--lang", required=True, help="Language of the file: zh, ja, ko or vi.")
@click.option(
    "--scheme", default="", help="Transcribe with this scheme instead of reading columns."
)
@language_row
@click.option("--device", default="", help="Such as cuda:1 or cpu.")
@click.option(
    "-o", "--output", default="-", help="Written whole or not at all; .gz and .zst compress."
)
def command(
    run: str, file: str, lang: str, scheme: str, language_row: str | None, device: str, output: str
) -> None:
    """Tag files or raw text.

    RUN is what train --output wrote; FILE holds columns, JSONL, Parquet or raw
    text, - is stdin. Writes token⇥label lines with a blank line between sentences. A model that
    was trained on phonemes from columns needs them here as well, or --scheme.
    """
    from cjkv_phon_train.errors import heavy

    with heavy():
        from cjkv_phon_train.prediction import Tagger
    progress_on_terminals_only()
    refuse_overwriting(output, file)
    tagger = Tagger.from_pretrained(run, device, language_row or "")
    with writing(output) as write:
        for example, tags in tagger.tag_file(file, lang, scheme):
            pairs = zip(example.given_tokens, tags, strict=True)
            write("".join(f"{token}\t{tag}\n" for token, tag in pairs) + "\n")
