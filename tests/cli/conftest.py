"""Running the command line, in this process and in one of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from cjkv_phon.cli import main


class Outcome(NamedTuple):
    """What a command gave: exit code, standard output and standard error."""

    code: int
    out: bytes
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def cli(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return a function that runs ``cjkv-phon ARGS…`` in this process."""

    def run(*args: object) -> Outcome:
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as caught:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        code = caught.value.code
        assert isinstance(code, int)
        return Outcome(code, out, err.decode())

    return run


@pytest.fixture
def start() -> Callable[..., subprocess.Popen[bytes]]:
    """Return a function that starts ``cjkv-phon ARGS…`` in a session of its own."""

    def run(
        *args: object, output: Any = subprocess.PIPE, **options: Any
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "cjkv_phon", *map(str, args)],
            stdout=output, stderr=subprocess.PIPE, start_new_session=True, **options,
        )  # fmt: skip

    return run
