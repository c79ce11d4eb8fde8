"""Shared fixtures: a small scheme of our own, registered the way a third party's is."""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence

import pytest

from cjkv_phon import schemes
from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.types import TokenTranscription, Unit


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
