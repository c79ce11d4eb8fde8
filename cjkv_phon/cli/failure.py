"""Errors as a user of the command line sees them: one line, the right exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from cjkv_phon.errors import CjkvPhonError, UnsupportedLanguageError, UnsupportedOptionError

DATA = 1
USAGE = 2
INTERRUPTED = 130


def run(command: click.Command, args: list[str] | None, program: str = "cjkv-phon") -> NoReturn:
    """Run a click command and leave, turning our errors into a line on stderr.

    Exit codes: 2 for what was typed (options, languages, schemes), 1 for what
    was read, written or is not installed, 130 for Ctrl-C, 143 for SIGTERM,
    129 for SIGHUP.
    """
    try:
        with _terminated_as_an_exception():
            code: Any = command.main(args=args, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("stopped", INTERRUPTED, program)
    except (UnsupportedLanguageError, UnsupportedOptionError) as error:
        fail(str(error), USAGE, program)
    except CjkvPhonError as error:
        fail(str(error), DATA, program)
    except BrokenPipeError:
        # The reader (head, less) went away: nothing to say, and no traceback at exit.
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DATA)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        fail(f"{where}{error.strerror or error}", DATA, program)
    except MemoryError:
        fail("there is not enough memory", DATA, program)
    sys.exit(code if isinstance(code, int) else 0)


def fail(message: str, code: int, program: str = "cjkv-phon") -> NoReturn:
    """Print one line on stderr and leave."""
    click.echo(f"{program}: {' '.join(message.splitlines())}", err=True)
    sys.exit(code)


@contextmanager
def _terminated_as_an_exception() -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise, so that temporary files are removed and processes ended.

    SIGHUP (a terminal that was closed) stays ignored where it was, as under nohup.
    """
    if threading.current_thread() is not threading.main_thread():  # which has the signals
        yield
        return
    numbers = [signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    before = [(number, signal.signal(number, _terminate)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler or signal.SIG_DFL)


def _terminate(number: int, frame: object) -> NoReturn:
    sys.exit(128 + number)
