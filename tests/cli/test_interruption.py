"""Kills, full disks and Ctrl-C, with real processes and signals."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from cjkv_phon.cli.failure import run
from cjkv_phon.cli.writing import writing

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")

ENGLISH = ("-l", "en", "--scheme", "phonexl")
DEADLINE = 120


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Half a dozen chunks of words never seen before, so that each takes a while."""
    path = tmp_path_factory.mktemp("corpus") / "in.conll"
    chance = random.Random(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    with open(path, "w", encoding="utf-8") as file:
        for number in range(70_000):
            file.write("".join(chance.choices(letters, k=9)) + "\tX-LONG-TAG\n")
            if number % 15 == 0:
                file.write("\n")
    return path


@pytest.fixture(scope="module")
def expected(corpus):
    target = corpus.with_name("expected.conll")
    args = [sys.executable, "-m", "cjkv_phon", "transcribe", corpus, *ENGLISH, "-o", target]
    subprocess.run(args, check=True)
    return target.read_bytes()


def wait_for_chunks(process: subprocess.Popen[bytes], target: Path, chunks: int) -> None:
    """Wait until the journal of a run holds so many chunks, or the run ends."""
    journal = target.with_name(target.name + ".journal")
    end = time.monotonic() + DEADLINE
    while process.poll() is None and time.monotonic() < end:
        if journal.exists() and journal.read_bytes().count(b"\n") > chunks:
            return
        time.sleep(0.01)
    assert process.poll() is not None, "no chunk was finished in time"


def group_is_gone(process: subprocess.Popen[bytes]) -> bool:
    """Whether every process of a session has ended, waiting for it a little."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_and_resumed_the_result_is_the_same(start, corpus, expected, tmp_path, jobs):
    target = tmp_path / "out.conll"
    args = ("transcribe", corpus, *ENGLISH, "-o", target, "--resume", "-j", jobs)
    for chunks in (1, 2, 3):
        process = start(*args)
        wait_for_chunks(process, target, chunks)
        process.kill()
        process.communicate()
        assert not target.exists()
        assert group_is_gone(process), "a worker outlived its parent"
    process = start(*args)
    assert process.communicate() == (b"", b"")
    assert process.returncode == 0
    assert target.read_bytes() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["out.conll"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_is_one_line_and_leaves_no_process(start, corpus, tmp_path, jobs):
    target = tmp_path / "out.conll"
    process = start("transcribe", corpus, *ENGLISH, "-o", target, "--resume", "-j", jobs)
    wait_for_chunks(process, target, 1)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    assert err.decode().strip() == (
        "cjkv-phon: stopped; to go on, type the same command with --resume"
    )
    assert group_is_gone(process)


HANGUP_IGNORED = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN  # under nohup, and inherited
STOPS = [signal.SIGINT, signal.SIGTERM, *([] if HANGUP_IGNORED else [signal.SIGHUP])]


@pytest.mark.parametrize("signal_number", STOPS)
@pytest.mark.parametrize("jobs", [1, 2])
def test_stopped_without_a_journal_nothing_is_left(start, corpus, tmp_path, signal_number, jobs):
    target = tmp_path / "out.conll"
    process = start("transcribe", corpus, *ENGLISH, "-o", target, "-j", jobs)
    end = time.monotonic() + DEADLINE
    while not any(path.stat().st_size for path in tmp_path.iterdir()):
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal_number)
    process.communicate()
    assert process.returncode == 128 + signal_number
    assert list(tmp_path.iterdir()) == []
    assert group_is_gone(process)


def test_sigterm_removes_the_part_of_any_command_and_its_handler_stays_inside(tmp_path):
    @click.command()
    def command():
        with writing(str(tmp_path / "out.txt")) as write:
            write("half")
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(DEADLINE)

    before = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or a failure ends pytest
    try:
        with pytest.raises(SystemExit) as caught:
            run(command, [])
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)
    assert caught.value.code == 143
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_a_killed_worker_is_one_line_and_the_run_resumes(start, corpus, expected, tmp_path):
    target = tmp_path / "out.conll"
    args = ("transcribe", corpus, *ENGLISH, "-o", target, "--resume", "-j", 2)
    process = start(*args)
    wait_for_chunks(process, target, 1)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[-1]), signal.SIGKILL)
    _, err = process.communicate()
    assert process.returncode == 1
    assert err.decode().count("\n") == 1
    assert "a worker process died" in err.decode()
    assert start(*args).communicate() == (b"", b"")
    assert target.read_bytes() == expected


@pytest.mark.parametrize("resume", [False, True])
def test_a_full_disk_is_one_line_and_no_output(start, corpus, expected, tmp_path, resume):
    import resource

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))

    target = tmp_path / "out.conll"
    args = ["transcribe", corpus, *ENGLISH, "-o", target, *(["--resume"] if resume else [])]
    process = start(*args, preexec_fn=limit)
    _, err = process.communicate()
    assert process.returncode == 1
    assert err.decode().startswith(f"cjkv-phon: {target}: File too large")
    assert err.decode().count("\n") == 1
    assert not target.exists()
    if not resume:
        assert list(tmp_path.iterdir()) == []
        return
    assert start(*args).communicate() == (b"", b"")
    assert target.read_bytes() == expected


def test_a_reader_that_goes_away_is_no_traceback(start, corpus):
    process = start("transcribe", corpus, *ENGLISH)
    process.stdout.read(1000)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1
