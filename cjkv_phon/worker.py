"""A worker process of `cjkv_phon.parallel`, from inside: jobs in, outcomes out."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from cjkv_phon.errors import CjkvPhonError


class Outcome(NamedTuple):
    """What became of a job: its result, or the error that it raised."""

    result: Any
    error: Exception | None


def serve(pipe: Connection, work: Callable[[Any, Any], Any], state: Any) -> None:
    """Do what comes through the pipe until the parent ends this process.

    Ctrl-C is the parent's to handle, and no worker outlives it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            outcome = Outcome(work(state, job), None)
        except Exception as error:
            outcome = Outcome(None, _portable(error))
        try:
            pipe.send(outcome)
        except OSError:  # the parent has stopped listening
            return


def _portable(error: Exception) -> Exception:
    """Return an exception that arrives on the other side of a pipe."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return CjkvPhonError(f"{type(error).__name__}: {error}")
    return error


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
