"""Work over several processes: ordered, lazy, bounded, and gone when it should be.

Each worker has a pipe of its own and one job at a time, and no thread stands
between: a worker that is killed in the middle of a message breaks its own pipe
and nothing else, so it is noticed at once and can block nobody.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import CjkvPhonError
from cjkv_phon.types import Transcription
from cjkv_phon.worker import Outcome, serve

if TYPE_CHECKING:
    from cjkv_phon.transcriber import Transcriber

Tag = TypeVar("Tag")
Job = TypeVar("Job")
Result = TypeVar("Result")

JOBS_AHEAD = 2
"""Jobs drawn for each worker before their turn; what bounds the memory."""


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
    pool = _Pool(work, state, n_process, context or multiprocessing.get_context())
    pending: deque[_Place[Tag, Result]] = deque()
    try:
        failure: Exception | None = None
        while True:
            while failure is None and len(pending) < JOBS_AHEAD * n_process:
                try:
                    tag, job = next(jobs)
                except StopIteration:
                    jobs = iter(())
                    break
                except Exception as error:
                    failure = error
                    break
                place: _Place[Tag, Result] = _Place(tag)
                pending.append(place)
                pool.give(place, job)
            if not pending:
                break
            pool.take(0)  # whoever has finished gets the next job before the consumer works
            place = pending.popleft()
            while place.outcome is None:
                pool.take()
            if place.outcome.error is not None:
                raise place.outcome.error
            yield place.tag, place.outcome.result
        if failure is not None:
            raise failure
    finally:
        pool.close()


class _Place(Generic[Tag, Result]):
    """Where a result belongs."""

    def __init__(self, tag: Tag) -> None:
        self.tag = tag
        self.outcome: Outcome | None = None


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection


class _Pool:
    """Workers that are started as they are needed, and the jobs that wait for one."""

    def __init__(
        self, work: Callable[[Any, Any], Any], state: Any, size: int, context: BaseContext
    ) -> None:
        self._work = work
        self._state = state
        self._size = size
        self._context = context
        self._workers: list[_Worker] = []
        self._free: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, _Place[Any, Any]]] = {}
        self._waiting: deque[tuple[_Place[Any, Any], Any]] = deque()

    def give(self, place: _Place[Any, Any], job: Any) -> None:
        """Hand a job to a free worker, or let it wait for one; None is done at once."""
        if job is None:
            place.outcome = Outcome(None, None)
            return
        self._waiting.append((place, job))
        if not self._free and len(self._workers) < self._size:
            self._free.append(self._start())
        self._dispatch()

    def take(self, seconds: float | None = None) -> None:
        """Wait for results (at most so long) and put them in their places."""
        for pipe in set(self._busy).intersection(wait(list(self._busy), seconds)):
            worker, place = self._busy.pop(pipe)
            try:
                place.outcome = worker.pipe.recv()
            except (EOFError, OSError):
                raise _died() from None
            self._free.append(worker)
        self._dispatch()

    def close(self) -> None:
        """End every worker at once, busy or not.

        They hold nothing that could be left half done; a milder signal is lost
        if it comes while a worker is just starting.
        """
        for worker in self._workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join()

    def _dispatch(self) -> None:
        while self._free and self._waiting:
            worker = self._free.pop()
            place, job = self._waiting.popleft()
            try:
                worker.pipe.send(job)
            except OSError:
                raise _died() from None
            self._busy[worker.pipe] = worker, place

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=serve, args=(theirs, self._work, self._state), daemon=True
        )
        with _interrupt_held():
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker


def _died() -> WorkerError:
    return WorkerError(
        "a worker process died (it was killed, or memory ran out); try again with fewer processes"
    )


@contextmanager
def _interrupt_held() -> Iterator[None]:
    """Hold back Ctrl-C, so that a new worker never sees it before `serve` runs."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
