"""Runs as child processes: in parallel, resumable, each claimed before it is worked on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from cjkv_phon_train.experiments.folders import (
    LOG,
    Claim,
    State,
    make_ready,
    note_failure,
    shrink,
    state,
)
from cjkv_phon_train.experiments.plan import PlannedRun
from cjkv_phon_train.run_directory import RESULTS, read_json

WORKER = (sys.executable, "-m", "cjkv_phon_train.experiments.worker")
PAUSE = 0.1
"""Seconds between looks at the children."""
GRACE = 10.0
"""Seconds that a child has to end before it is killed."""


@dataclass
class Outcome:
    """What came of the runs.

    Attributes:
        done: Finished now.
        skipped: Were finished already.
        failed: With the reason, also in ``failed.json`` of their folders.
        elsewhere: Claimed by another process.
        left: Not begun because time was up.
    """

    done: list[PlannedRun] = field(default_factory=list)
    skipped: list[PlannedRun] = field(default_factory=list)
    failed: list[tuple[PlannedRun, str]] = field(default_factory=list)
    elsewhere: list[PlannedRun] = field(default_factory=list)
    left: list[PlannedRun] = field(default_factory=list)


@dataclass
class _Child:
    run: PlannedRun
    claim: Claim
    process: subprocess.Popen[bytes]
    slot: int
    began: float


@dataclass
class Runner:
    """Works off runs.

    Attributes:
        jobs: Runs at the same time.
        devices: Names for ``CUDA_VISIBLE_DEVICES``, dealt out in turn; empty for CPU.
        keep_models: Whether weights and checkpoints stay.
        say: Called with a line a finished run.
        seconds: No run is begun later than this after the runner was made; 0: no limit.
        worker: Command that reads settings on standard input and trains.
    """

    jobs: int = 1
    devices: Sequence[str] = ()
    keep_models: bool = False
    say: Callable[[str], None] = lambda line: None
    seconds: float = 0.0
    worker: Sequence[str] = WORKER
    _made: float = field(default_factory=time.monotonic, repr=False)

    def work(self, runs: Sequence[PlannedRun]) -> Outcome:
        """Do what is not done yet; a run that fails does not stop the others.

        Whatever ends this call (Ctrl-C included) ends the children, too; their
        checkpoints stay, and the next call goes on from them.

        Raises:
            CheckpointError: If a folder holds a run of other settings.
        """
        for run in runs:
            state(run)
        began = time.monotonic()
        waiting, outcome = deque(runs), Outcome()
        children: list[_Child] = []
        try:
            while waiting or children:
                while waiting and len(children) < max(1, self.jobs):
                    if self.seconds and time.monotonic() - self._made > self.seconds:
                        outcome.left += waiting
                        waiting.clear()
                        break
                    self._begin(waiting.popleft(), children, outcome)
                for child in [one for one in children if one.process.poll() is not None]:
                    children.remove(child)
                    seen = len(runs) - len(waiting) - len(children)
                    line = self._end(child, outcome)
                    pace = (time.monotonic() - began) / (len(outcome.done) + len(outcome.failed))
                    ahead = pace * (len(waiting) + len(children))
                    self.say(f"[{seen}/{len(runs)}] {line}; {duration(ahead)} left")
                if children:
                    time.sleep(PAUSE)
        finally:
            _stop(children)
        return outcome

    def _begin(self, run: PlannedRun, children: list[_Child], outcome: Outcome) -> None:
        claim = Claim.take(run.folder)
        if claim is None:
            outcome.elsewhere.append(run)
            return
        try:
            if state(run) is State.DONE:
                if not self.keep_models:
                    shrink(run.folder)
                claim.release()
                outcome.skipped.append(run)
                return
            settings = make_ready(run)
            slot = min(set(range(max(1, self.jobs))) - {child.slot for child in children})
            with (run.folder / LOG).open("ab") as log:
                process = subprocess.Popen(
                    self.worker,
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env=child_environment(os.environ, self.devices, slot),
                    pass_fds=claim.files,
                    # Ctrl-C is for the runner, which then ends its children in order.
                    start_new_session=True,
                )
        except BaseException:
            claim.release()
            raise
        children.append(_Child(run, claim, process, slot, time.monotonic()))
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(settings.as_dict()).encode() + b"\n")
                process.stdin.flush()

    def _end(self, child: _Child, outcome: Outcome) -> str:
        """Tidy up behind a child that ended, and return the line about it."""
        seconds = time.monotonic() - child.began
        run, code = child.run, child.process.returncode
        _close(child)
        if code == 0 and state(run) is State.DONE:
            if not self.keep_models:
                shrink(run.folder)
            line = f"{run}  {scores_line(run)}  {duration(seconds)}"
            outcome.done.append(run)
        else:
            reason = note_failure(run, code, seconds)
            line = f"{run}  FAILED ({reason})"
            outcome.failed.append((run, reason))
        child.claim.release()
        return line


def _close(child: _Child) -> None:
    if child.process.stdin is not None:
        with suppress(BrokenPipeError):
            child.process.stdin.close()


def _stop(children: Sequence[_Child]) -> None:
    """End children and what they started, kindly first."""
    for number in (signal.SIGTERM, getattr(signal, "SIGKILL", signal.SIGTERM)):
        for child in children:
            if child.process.poll() is None:
                with suppress(ProcessLookupError):
                    if hasattr(os, "killpg"):
                        os.killpg(child.process.pid, number)
                    else:
                        child.process.send_signal(number)
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(GRACE)
    for child in children:
        _close(child)
        child.claim.release()


def child_environment(
    environ: Mapping[str, str], devices: Sequence[str], slot: int
) -> dict[str, str]:
    """Return the environment of the child in a slot.

    One OpenMP thread, unless told otherwise: several processes with many threads
    each slow one another down far more than they gain.

    Example:
        >>> child_environment({}, ["0", "1"], 3)["CUDA_VISIBLE_DEVICES"]
        '1'
    """
    own = {
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        **environ,
        "PYTHONUNBUFFERED": "1",
    }
    if devices:
        own["CUDA_VISIBLE_DEVICES"] = devices[slot % len(devices)]
    return own


def devices(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the GPUs, as ``CUDA_VISIBLE_DEVICES`` names them; without loading torch."""
    named = environ.get("CUDA_VISIBLE_DEVICES")
    if named is not None:
        return [name.strip() for name in named.split(",") if name.strip() not in ("", "-1")]
    program = shutil.which("nvidia-smi")
    if program is None:
        return []
    with suppress(OSError, subprocess.TimeoutExpired):
        said = subprocess.run(
            [program, "-L"], capture_output=True, text=True, timeout=60, check=False
        ).stdout
        found = [line for line in said.split("\n") if line.startswith("GPU ")]
        return [str(number) for number in range(len(found))]
    return []


def scores_line(run: PlannedRun) -> str:
    """Return the F1 scores of a finished run, source first: ``dev-ja 96.12  dev-ko 41.82``."""
    scores = read_json(run.folder / RESULTS)["scores"]
    source = run.settings.data.source
    names = sorted(scores, key=lambda name: name.partition("-")[2] not in source)
    return "  ".join(f"{name} {scores[name]['f1']:.2f}" for name in names)


def duration(seconds: float) -> str:
    """Write a time span.

    Example:
        >>> duration(42), duration(600), duration(9000)
        ('42 s', '10 min', '2.5 h')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
