"""``cjkv-phon-train evaluate``: score a trained model on labelled files."""

from __future__ import annotations

import json

import click

from cjkv_phon_train.commands import language_row, progress_on_terminals_only


@click.command()
@click.argument("run")
@click.argument("files", nargs=-1, required=True, metavar="LANG:FILE...")
@click.option(
    "--scheme", default="", help="Transcribe with this scheme instead of reading columns."
)
@language_row
@click.option("--device", default="", help="Such as cuda:1 or cpu.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    run: str,
    files: tuple[str, ...],
    scheme: str,
    language_row: str | None,
    device: str,
    as_json: bool,
) -> None:
    """Score a tagger on labelled files.

    RUN is what train --output wrote; files are written LANG:FILE, such as
    ja:dev-ja.tsv ko:dev-ko.tsv. seqeval F1 is what the paper reports, for POS as
    well; accuracy and macro-F1 say more there.
    """
    from cjkv_phon_train.errors import SettingsError, heavy

    with heavy():
        from cjkv_phon_train.prediction import Tagger
    progress_on_terminals_only()
    tagger = Tagger.from_pretrained(run, device, language_row or "")
    found = {}
    for item in files:
        lang, colon, path = item.partition(":")
        if not colon:
            raise SettingsError(f"{item}: write LANG:FILE, such as ko:{item}")
        found[item] = tagger.evaluate(path, lang, scheme)
    if as_json:
        click.echo(json.dumps({k: s.as_dict() for k, s in found.items()}, ensure_ascii=False))
        return
    for item, scores in found.items():
        click.echo(
            f"{item}\tF1 {scores.f1:.2f}\taccuracy {scores.accuracy:.2f}\t"
            f"macro-F1 {scores.macro_f1:.2f}\twords {scores.words}"
        )
        for label, one in scores.labels.items():
            click.echo(
                f"  {label}\tP {one.precision:.2f}\tR {one.recall:.2f}\tF1 {one.f1:.2f}\t"
                f"support {one.support}"
            )
