"""The commands of ``cjkv-phon-train``, one module each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from cjkv_phon_train.config import OPTIONS


def language_row(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option of the commands that load a model."""
    rows = click.Choice(OPTIONS["language_row"][1].metadata["choices"])
    text = "Language row at test, instead of the model's own choice."
    return click.option("--language-row", type=rows, help=text)(command)


def is_main_process() -> bool:
    """Say whether this is the process that talks, among those of torchrun."""
    return os.environ.get("RANK", "0") == "0"


def progress_on_terminals_only() -> None:
    """Switch the progress bars of transformers off where nobody watches."""
    if not sys.stderr.isatty():
        from transformers.utils import logging

        logging.disable_progress_bar()
