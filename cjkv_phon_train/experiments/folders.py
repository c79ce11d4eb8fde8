"""PlannedRun directories as the runner sees them: done, half done, claimed, failed, cleaned up."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from cjkv_phon_train.config import Settings
from cjkv_phon_train.errors import CheckpointError, SettingsError
from cjkv_phon_train.experiments.plan import PlannedRun
from cjkv_phon_train.run_directory import RESULTS, SETTINGS, differences, read_json, write_json

fcntl: ModuleType | None
try:
    import fcntl
except ModuleNotFoundError:  # Windows: one process an output folder there.
    fcntl = None

FAILED, LOG, LOCK = "failed.json", "log.txt", "run.lock"

WEIGHTS = (
    "*.safetensors", "*.bin", "*.pt", "tokenizer.json", "tokenizer_config.json", "vocab.txt",
    "special_tokens_map.json", "added_tokens.json", "sentencepiece.bpe.model",
)  # fmt: skip
_CHECKPOINT = re.compile(r"checkpoint-(\d+)\Z")
_COMPLETE = "trainer_state.json"
"""The Trainer writes it last."""


class State(Enum):
    """How far a run is."""

    NEW = "new"
    HALF = "half done"
    DONE = "done"


def state(run: PlannedRun) -> State:
    """Say how far a run is.

    Raises:
        CheckpointError: If its folder holds a run of other settings, with what differs.
    """
    if not (run.folder / SETTINGS).is_file():
        return State.NEW
    found = differs(run)
    if found:
        raise CheckpointError(
            f"{run.folder} holds a run of other settings ({'; '.join(found)}): type the same "
            "options, another --out, or --redo to throw such runs away"
        )
    if _readable(run.folder / RESULTS):
        return State.DONE
    return State.HALF if checkpoints(run.folder) else State.NEW


def differs(run: PlannedRun) -> list[str]:
    """List the options in which a folder differs from what is planned for it."""
    try:
        there = Settings.from_dict(read_json(run.folder / SETTINGS))
    except SettingsError as error:
        return [str(error)]
    except (ValueError, AttributeError):
        return []  # Killed while it was written: nothing was trained yet.
    return differences(there, run.settings)


def conflicts(runs: Iterable[PlannedRun]) -> list[PlannedRun]:
    """Return the runs whose folders hold other settings."""
    return [run for run in runs if (run.folder / SETTINGS).is_file() and differs(run)]


def checkpoints(folder: Path) -> list[Path]:
    """Return the complete checkpoints of a run, oldest first."""
    found = []
    for path in folder.glob("checkpoint-*"):
        match = _CHECKPOINT.match(path.name)
        if match and _readable(path / _COMPLETE):
            found.append((int(match[1]), path))
    return [path for _, path in sorted(found)]


def make_ready(run: PlannedRun) -> Settings:
    """Clear what cannot be gone on with, and return the settings to start with."""
    (run.folder / FAILED).unlink(missing_ok=True)
    if state(run) is State.HALF:
        whole = checkpoints(run.folder)
        for path in run.folder.glob("checkpoint-*"):
            if path not in whole:
                shutil.rmtree(path, ignore_errors=True)
        settings = run.settings.with_values({"resume": True})
        # What is there may be cut off, or know fewer options; training compares.
        write_json(run.folder / SETTINGS, settings.as_dict())
        return settings
    wipe(run.folder)
    return run.settings.with_values({"resume": False})


def wipe(folder: Path) -> None:
    """Empty a run directory, except for the lock that says whose it is."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()


def shrink(folder: Path) -> None:
    """Delete checkpoints, weights and tokenizer; scores, settings and the log stay."""
    for path in folder.glob("checkpoint-*"):
        shutil.rmtree(path, ignore_errors=True)
    for pattern in WEIGHTS:
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


def note_failure(run: PlannedRun, code: int, seconds: float) -> str:
    """Write ``failed.json`` and return the line that says most."""
    lines = tail(run.folder / LOG)
    reason = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
    said = next((line for line in reversed(lines) if line.strip()), "")
    write_json(
        run.folder / FAILED,
        {"reason": reason, "code": code, "seconds": round(seconds, 1), "log": lines},
    )
    return reason if code < 0 or not said else f"{reason}: {said.strip()}"


def tail(path: Path, lines: int = 20, size: int = 16_384) -> list[str]:
    """Return the last lines of a log."""
    if not path.is_file():
        return []
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - size))
        text = file.read().decode("utf-8", errors="replace")
    return text.rstrip("\n").split("\n")[-lines:]


class Claim:
    """The right to work on a run: a lock on a file in its folder.

    The kernel gives the lock back when the last process that holds the file is
    gone, so there are no stale ones; the child holds it as well, so that nobody
    starts a run whose runner was killed while its child still ends. The file
    names the runner's process for people.

    Attributes:
        files: Descriptors that the child inherits.
    """

    def __init__(self, folder: Path, file: int) -> None:
        self.path = folder / LOCK
        self.files = (file,) if fcntl else ()
        self._file = file

    @classmethod
    def take(cls, folder: Path) -> Claim | None:
        """Claim a run; None if somebody else has it.

        Raises:
            OSError: If the folder cannot be written to, or its file system has no locks.
        """
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / LOCK
        while True:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            if fcntl is None:
                return cls(folder, file)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # Its last owner may have deleted the file since it was opened.
                if path.exists() and path.stat().st_ino == os.fstat(file).st_ino:
                    os.ftruncate(file, 0)
                    os.write(file, f"{os.getpid()}\n".encode())
                    return cls(folder, file)
            except FileNotFoundError:
                pass
            except BlockingIOError:
                os.close(file)
                return None
            except OSError:
                os.close(file)
                raise
            os.close(file)

    def release(self) -> None:
        """Give the run back."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        os.close(self._file)


def _readable(path: Path) -> bool:
    try:
        value: Any = read_json(path)
    except (OSError, ValueError):
        return False
    return isinstance(value, dict)
