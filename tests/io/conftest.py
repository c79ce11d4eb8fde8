"""A scheme whose output is easy to foresee, and a way to convert bytes with it."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cjkv_phon import schemes
from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.io.base import Layout, Wanted
from cjkv_phon.io.pipeline import Request, Task, transcribe_files
from cjkv_phon.transcriber import Transcriber
from cjkv_phon.types import TokenTranscription, Unit


class MirrorEngine(Engine):
    """IPA is the token backwards, romanization the token in upper case.

    A token that white space is known not to follow has a ``+`` at the end of
    its IPA. Tokens without a letter pass through; ``null`` is read as nothing.
    """

    versions = ("mirror-1",)

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        return [
            tuple(map(_token, s.tokens, s.spaces or (True,) * len(s.tokens))) for s in sentences
        ]


def _token(text: str, space: bool) -> TokenTranscription:
    if not any(character.isalpha() for character in text):
        units = (Unit(0, len(text), text, text, (), "", "passthrough"),) if text else ()
        return TokenTranscription(text, units, text, text, "passthrough")
    ipa = "" if text == "null" else text[::-1] + ("" if space else "+")
    romanization = "" if text == "null" else text.upper()
    unit = Unit(0, len(text), romanization, ipa, tuple(text), text)
    return TokenTranscription(text, (unit,), ipa, romanization)


def create(options: Options) -> MirrorEngine:
    return MirrorEngine(options.resolve(varieties=("plain",), romanizations=("caps",)))


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Transcriber:
    """Return a Transcriber of the scheme ``mirror``, which is registered for Korean."""
    module = types.ModuleType("mirror_scheme_module")
    module.create = create  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    table = {**schemes.BUILT_IN, ("mirror", "ko"): "mirror_scheme_module:create"}
    monkeypatch.setattr(schemes, "registry", lambda: table)
    return Transcriber("ko", "mirror")


Convert = Callable[..., bytes]


@pytest.fixture
def convert(mirror: Transcriber, tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Return a function from input bytes to output bytes, through files."""

    def run(
        data: bytes,
        format: str = "auto",
        *,
        name: str = "input",
        column: int | None = None,
        delimiter: str | None = None,
        field: str | None = None,
        jobs: int = 1,
        **wanted: bool,
    ) -> bytes:
        folder: Path = tmp_path_factory.mktemp("convert")
        source, target = folder / name, folder / "output"
        source.write_bytes(data)
        request = Request(format, Wanted(**wanted), Layout(column, delimiter, field), jobs)
        transcribe_files([Task(str(source), str(target))], mirror, request)
        assert sorted(path.name for path in folder.iterdir()) == sorted([name, "output"])
        return target.read_bytes()

    return run
