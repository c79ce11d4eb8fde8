"""``cjkv-phon-train``: a click group that imports a command only when it is used."""

from __future__ import annotations

from typing import NoReturn

import click

from cjkv_phon.cli import LazyGroup
from cjkv_phon.version import __version__

COMMANDS: dict[str, tuple[str, str]] = {
    "train": ("cjkv_phon_train.commands.train", "Train a tagger."),
    "evaluate": ("cjkv_phon_train.commands.evaluate", "Score a tagger on labelled files."),
    "predict": ("cjkv_phon_train.commands.predict", "Tag files or raw text."),
    "report": ("cjkv_phon_train.commands.report", "Make tables and plots of finished runs."),
    "backbone": ("cjkv_phon_train.commands.backbone", "Import or trim a pretrained encoder."),
    "experiment": ("cjkv_phon_train.commands.experiment", "Run a suite of experiments, or tune."),
}


class TrainGroup(LazyGroup):
    """The group of ``cjkv-phon-train``."""

    table = COMMANDS


@click.command(cls=TrainGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="cjkv-phon-train")
def group() -> None:
    """Train PhoneXL taggers: zero-shot transfer by spelling and sound."""


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line; errors of ours become one line and exit code 1 or 2."""
    from cjkv_phon.cli.failure import run

    run(group, args, "cjkv-phon-train")
