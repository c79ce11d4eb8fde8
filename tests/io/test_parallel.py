from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.errors import FormatError, InvalidTextError
from cjkv_phon.parallel import JOBS_AHEAD, WorkerError, ordered_map


def add(state, job):
    return state + job


def die(state, job):
    if job == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return job


def fail(state, job):
    if job == 3:
        raise FormatError("bad", path="file", line=job)
    return job


def process_of(state, job):
    return os.getpid()


CONTEXTS = [name for name in ("fork", "spawn") if name in multiprocessing.get_all_start_methods()]


@pytest.mark.parametrize("method", CONTEXTS)
def test_results_come_in_order_under_every_start_method(method):
    context = multiprocessing.get_context(method)
    jobs = ((f"tag{n}", None if n % 3 == 0 else n) for n in range(20))
    results = list(ordered_map(add, jobs, 100, 2, context))
    assert results == [(f"tag{n}", None if n % 3 == 0 else 100 + n) for n in range(20)]


def test_one_process_is_this_one():
    assert list(ordered_map(process_of, iter([(0, 1)]), None, 1)) == [(0, os.getpid())]


def test_work_is_done_elsewhere_and_no_more_of_it_than_the_bound():
    drawn = []

    def jobs():
        for n in range(100):
            drawn.append(n)
            yield n, n

    results = ordered_map(process_of, jobs(), None, 2)
    assert next(results)[1] != os.getpid()
    assert len(drawn) <= 2 * JOBS_AHEAD + 1
    results.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_killed_worker_is_one_clear_error():
    with pytest.raises(WorkerError, match="fewer processes"):
        list(ordered_map(die, ((n, n) for n in range(50)), None, 2))


def test_an_error_in_a_worker_comes_in_its_turn_with_its_place():
    results = ordered_map(fail, ((n, n) for n in range(50)), None, 2)
    assert [next(results)[0] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(FormatError) as caught:
        next(results)
    assert (caught.value.path, caught.value.line) == ("file", 3)


def test_an_error_of_the_input_comes_after_the_results_before_it():
    def jobs():
        yield from ((n, n) for n in range(3))
        raise FormatError("bad", path="file")

    results = ordered_map(add, jobs(), 0, 2)
    assert [next(results)[1] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(FormatError):
        next(results)


def test_closing_early_ends_the_workers():
    before = set(multiprocessing.active_children())
    results = ordered_map(process_of, ((n, n) for n in range(1000)), None, 2)
    next(results)
    workers = set(multiprocessing.active_children()) - before
    assert workers
    results.close()
    for worker in workers:
        worker.join(10)
        assert worker.exitcode is not None


def test_pipe_gives_the_same_with_processes_as_without():
    transcriber = Transcriber("en", "phonexl")
    sentences = [[f"word{n}", "and"] for n in range(50)]
    alone = list(transcriber.pipe(sentences, batch_size=7))
    assert list(transcriber.pipe(sentences, batch_size=7, n_process=2)) == alone


def test_pipe_refuses_a_surrogate_in_its_turn():
    transcriber = Transcriber("en", "phonexl")
    results = transcriber.pipe([["a"], ["b"], ["\ud800"]], batch_size=1, n_process=2)
    assert [next(results).text for _ in range(2)] == [["a"], ["b"]]
    with pytest.raises(InvalidTextError):
        next(results)
