"""Shared fixtures: a small scheme of our own, registered the way a third party's is."""

from __future__ import annotations

import signal
import sys
import threading
import types
from collections.abc import Sequence

import pytest

from cjkv_phon import schemes
from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.types import TokenTranscription, Unit

# A job in the background of a shell starts with SIGINT ignored, and so would every process
# that the tests interrupt.
if (
    threading.current_thread() is threading.main_thread()
    and signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):
    signal.signal(signal.SIGINT, signal.default_int_handler)


class UpperEngine(Engine):
    """Reads every token as its upper case: enough to see tokens travel."""

    versions = ("upper-1.0",)

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        return [tuple(self._token(token) for token in s.tokens) for s in sentences]

    def _token(self, text: str) -> TokenTranscription:
        loud = text.upper()
        units = (Unit(0, len(text), loud, loud),) if text else ()
        return TokenTranscription(text, units, loud, loud)


def create_upper(options: Options) -> UpperEngine:
    return UpperEngine(options.resolve(varieties=("plain", "fancy"), romanizations=("caps",)))


@pytest.fixture
def upper_module(monkeypatch: pytest.MonkeyPatch) -> str:
    """Put the factory of `UpperEngine` into an importable module; return its name."""
    module = types.ModuleType("upper_scheme_module")
    module.create = create_upper  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module.__name__


@pytest.fixture
def upper_scheme(monkeypatch: pytest.MonkeyPatch, upper_module: str) -> str:
    """Register scheme ``upper`` for Korean; return its name."""
    table = {**schemes.BUILT_IN, ("upper", "ko"): f"{upper_module}:create"}
    monkeypatch.setattr(schemes, "registry", lambda: table)
    return "upper"
