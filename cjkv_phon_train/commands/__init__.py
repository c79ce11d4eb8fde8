"""The commands of ``cjkv-phon-train``, one module each."""

from __future__ import annotations

import sys


def progress_on_terminals_only() -> None:
    """Switch the progress bars of transformers off where nobody watches."""
    if not sys.stderr.isatty():
        from transformers.utils import logging

        logging.disable_progress_bar()
