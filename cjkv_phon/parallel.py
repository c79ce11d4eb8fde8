"""`Transcriber.pipe` over several processes: ordered, lazy, bounded."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TYPE_CHECKING

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import CjkvPhonError
from cjkv_phon.types import Transcription

if TYPE_CHECKING:
    from cjkv_phon.transcriber import Transcriber

_worker: Transcriber | None = None


def pipe_in_processes(
    transcriber: Transcriber, sentences: Iterator[Sentence], batch_size: int, n_process: int
) -> Iterator[Transcription]:
    """Transcribe batches in worker processes and yield them in order.

    Each worker builds its engine once. At most two batches a worker are under
    way, so memory does not grow with the input.

    Raises:
        CjkvPhonError: If a worker dies.
    """
    executor = ProcessPoolExecutor(n_process, initializer=_start, initargs=(transcriber,))
    pending: deque[Future[list[Transcription]]] = deque()
    try:
        while batch := tuple(islice(sentences, batch_size)):
            pending.append(executor.submit(_work, batch))
            if len(pending) > 2 * n_process:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool as error:
        raise CjkvPhonError(
            "a worker process died (killed, or out of memory); try fewer processes or a "
            "smaller batch_size"
        ) from error
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _start(transcriber: Transcriber) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle.
    _worker = transcriber


def _work(batch: Sequence[Sentence]) -> list[Transcription]:
    if _worker is None:
        raise CjkvPhonError("worker process was not started through pipe()")
    return _worker.transcribe_batch(batch)
