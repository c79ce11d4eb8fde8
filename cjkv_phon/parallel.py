"""Work over several processes: ordered, lazy, bounded, and gone when it should be."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any, TypeVar

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import CjkvPhonError
from cjkv_phon.types import Transcription

if TYPE_CHECKING:
    from cjkv_phon.transcriber import Transcriber

Tag = TypeVar("Tag")
Job = TypeVar("Job")
Result = TypeVar("Result")

JOBS_AHEAD = 2
"""Jobs under way for each worker; what bounds the memory."""

_state: Any = None


class WorkerError(CjkvPhonError):
    """A worker process ended without being asked to."""


def pipe_in_processes(
    transcriber: Transcriber, sentences: Iterator[Sentence], batch_size: int, n_process: int
) -> Iterator[Transcription]:
    """Transcribe batches in worker processes and yield them in order.

    Each worker builds its engine once. At most two batches a worker are under
    way, so memory does not grow with the input.

    Raises:
        WorkerError: If a worker dies.
    """
    batches = iter(lambda: tuple(islice(sentences, batch_size)), ())
    jobs = ((None, batch) for batch in batches)
    for _, results in ordered_map(_transcribe, jobs, transcriber, n_process):
        yield from results or ()


def _transcribe(transcriber: Transcriber, batch: Sequence[Sentence]) -> list[Transcription]:
    return transcriber.transcribe_batch(batch)


def ordered_map(
    work: Callable[[Any, Job], Result],
    jobs: Iterator[tuple[Tag, Job | None]],
    state: Any,
    n_process: int,
    context: BaseContext | None = None,
) -> Generator[tuple[Tag, Result | None], None, None]:
    """Call ``work(state, job)`` for every job, in worker processes, in order.

    Args:
        work: A function of a module, so that it pickles.
        jobs: Each with a tag that stays here and comes back with the result. A
            job that is None is not worked on; its tag comes back in its turn.
        state: What every worker needs; sent once to each.
        n_process: Number of workers; 1 works in this process.
        context: How processes start; None for the default of the platform.

    Yields:
        Tags and results in the order of the jobs. An exception of the jobs or
        of the work is raised in its turn, after the results before it.

    Raises:
        WorkerError: If a worker dies.
    """
    if n_process == 1:
        for tag, job in jobs:
            yield tag, None if job is None else work(state, job)
        return
    executor = ProcessPoolExecutor(
        n_process, mp_context=context, initializer=_start, initargs=(state,)
    )
    pending: deque[tuple[Tag, Future[Result | None]]] = deque()
    finished = False
    try:
        failure: BaseException | None = None
        while failure is None:
            try:
                tag, job = next(jobs)
            except StopIteration:
                break
            except Exception as error:
                failure = error
                break
            pending.append((tag, _submit(executor, work, job)))
            if len(pending) > JOBS_AHEAD * n_process:
                tag, future = pending.popleft()
                yield tag, future.result()
        while pending:
            tag, future = pending.popleft()
            yield tag, future.result()
        finished = True
        if failure is not None:
            raise failure
    except BrokenProcessPool as error:
        raise WorkerError(
            "a worker process died (it was killed, or memory ran out); try again with fewer "
            "processes"
        ) from error
    finally:
        _stop(executor, finished)


def _submit(
    executor: ProcessPoolExecutor, work: Callable[[Any, Job], Result], job: Job | None
) -> Future[Result | None]:
    if job is None:
        nothing: Future[Result | None] = Future()
        nothing.set_result(None)
        return nothing
    with _interrupt_held():  # submitting is what starts the workers
        return executor.submit(_call, work, job)


def _call(work: Callable[[Any, Job], Result], job: Job) -> Result:
    return work(_state, job)


def _stop(executor: ProcessPoolExecutor, finished: bool) -> None:
    """End the workers: those that still work are not waited for."""
    workers = list((getattr(executor, "_processes", None) or {}).values())
    executor.shutdown(wait=finished, cancel_futures=True)
    if not finished:
        for worker in workers:
            worker.terminate()


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Hold back Ctrl-C, so that a new worker never sees it before `_start` ran."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(state: Any) -> None:
    """Prepare a worker: Ctrl-C is the parent's to handle, and no worker outlives it."""
    global _state
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _state = state


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
