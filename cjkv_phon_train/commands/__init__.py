"""The commands of ``cjkv-phon-train``, one module each."""

from __future__ import annotations

import os
import sys


def is_main_process() -> bool:
    """Say whether this is the process that talks, among those of torchrun."""
    return os.environ.get("RANK", "0") == "0"


def progress_on_terminals_only() -> None:
    """Switch the progress bars of transformers off where nobody watches."""
    if not sys.stderr.isatty():
        from transformers.utils import logging

        logging.disable_progress_bar()
