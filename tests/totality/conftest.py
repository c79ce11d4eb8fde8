"""Every (language, scheme) that can run here, built once."""

from __future__ import annotations

from functools import cache

import pytest

from cjkv_phon import MissingDependencyError, Transcriber
from cjkv_phon.schemes import BUILT_IN

CASES = [(lang, scheme) for scheme, lang in sorted(BUILT_IN)]


@cache
def build(lang: str, scheme: str, detail: str) -> Transcriber:
    return Transcriber(lang, scheme=scheme, detail=detail)


def get_transcriber(lang: str, scheme: str, detail: str = "broad") -> Transcriber:
    try:
        return build(lang, scheme, detail)
    except MissingDependencyError as error:
        pytest.skip(str(error))


@pytest.fixture(params=CASES, ids="-".join)
def transcriber(request: pytest.FixtureRequest) -> Transcriber:
    return get_transcriber(*request.param)


@pytest.fixture(params=["zh", "ja", "ko", "vi"])
def narrow(request: pytest.FixtureRequest) -> Transcriber:
    return get_transcriber(request.param, "standard", "narrow")
