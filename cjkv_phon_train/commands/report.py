"""``cjkv-phon-train report``: tables, tests and pictures of finished runs."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from cjkv_phon_train.experiments.records import MEASURES


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="DIR...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("md", "csv", "latex", "all")),
    default=None,
    help="What to print [default: md] or to write to --out [default: all].",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False),
    default=None,
    metavar="FOLDER",
    help="Write tables and plots there.",
)
@click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default="f1",
    show_default=True,
    help="Which score.",
)
@click.option("--against", default="", metavar="VARIANT", help="Compare with this variant.")
@click.option("--no-plots", is_flag=True, help="With --out: no pictures.")
@click.option("--summary", default="", metavar="FILE", help="Write all runs to one .json.gz file.")
def command(
    places: tuple[str, ...],
    form: str | None,
    out: str | None,
    measure: str,
    against: str,
    no_plots: bool,
    summary: str,
) -> None:
    """Make tables and plots of finished runs.

    DIR is what train --output or experiment --out wrote, a folder that holds such
    folders, or a summary file: --summary FILE puts all runs into one that needs
    neither weights nor data, and from which everything can be made again.

    \b
    cjkv-phon-train report runs/objectives
    cjkv-phon-train report runs/objectives --summary objectives.json.gz
    cjkv-phon-train report objectives.json.gz --out docs/objectives
    """  # noqa: D301
    from cjkv_phon_train.experiments import report
    from cjkv_phon_train.experiments.collect import gather
    from cjkv_phon_train.experiments.summary import save

    found = gather(places)
    if found.unfinished:
        click.echo(f"not finished, left out: {', '.join(found.unfinished)}", err=True)
    if summary:
        save(found, summary)
        click.echo(f"{len(found.runs)} runs in {summary}", err=True)
    made = report.tables(found, measure, against)
    for _, table in made:
        for note in table.notes:
            click.echo(f"note: {note}", err=True)
    typed = _typed(places, form, out or "", measure, against, no_plots)
    if not out:
        click.echo(report.text(made, form or "md", typed), nl=False)
        return
    for path in report.write(made, Path(out), form or "all", typed, not no_plots):
        click.echo(path)


def _typed(
    places: tuple[str, ...], form: str | None, out: str, measure: str, against: str, no_plots: bool
) -> str:
    """Return the command line that makes the same report, without folders of this machine."""
    words = ["cjkv-phon-train", "report", *map(_near, places)]
    for option, value, default in (
        ("--format", form or "", ""), ("--out", _near(out) if out else "", ""),
        ("--measure", measure, "f1"), ("--against", against, ""),
    ):  # fmt: skip
        if value != default:
            words += [option, value]
    return shlex.join([*words, "--no-plots"] if no_plots else words)


def _near(place: str) -> str:
    """Return a path below the working folder as it is, another one's last part."""
    path = Path(place)
    if not path.is_absolute():
        return place
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.name
