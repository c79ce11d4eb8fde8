"""Errors as a user of the command line sees them: one line, the right exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from cjkv_phon.errors import (
    CjkvPhonError,
    MissingDependencyError,
    UnsupportedLanguageError,
    UnsupportedOptionError,
)

USAGE = 2
DATA = 1


def run(command: click.Command, args: list[str] | None) -> Any:
    """Run a click command, turning our errors into a line on stderr.

    Exit codes: 2 for what was typed (options, languages, schemes), 1 for what
    was read, written or is not installed, 130 for Ctrl-C.
    """
    try:
        return command.main(args=args, standalone_mode=True)
    except (UnsupportedLanguageError, UnsupportedOptionError) as error:
        fail(str(error), USAGE)
    except (MissingDependencyError, CjkvPhonError) as error:
        fail(str(error), DATA)
    except BrokenPipeError:
        # The reader (head, less) went away: nothing to say, and no traceback at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DATA)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fail(f"{where}{error.strerror or error}", DATA)


def fail(message: str, code: int) -> None:
    """Print one line on stderr and leave."""
    click.echo(f"cjkv-phon: {message}", err=True)
    sys.exit(code)
