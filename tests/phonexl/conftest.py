"""Engines of the extra ``[phonexl]``: built once, skipped where they are not installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from cjkv_phon import MissingDependencyError, Transcriber

Get = Callable[..., Transcriber]


@cache
def build(lang: str, scheme: str, tones: str) -> Transcriber:
    return Transcriber(lang, scheme=scheme, tones=tones)


@pytest.fixture
def get() -> Get:
    def transcriber(lang: str, scheme: str = "phonexl", tones: str = "letters") -> Transcriber:
        try:
            return build(lang, scheme, tones)
        except MissingDependencyError as error:
            pytest.skip(str(error))

    return transcriber
