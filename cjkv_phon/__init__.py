"""Chinese, Japanese, Korean and Vietnamese text as sound.

`Transcriber` turns tokens into romanization and IPA; `transcribe` does the same
for raw text. Everything in ``__all__`` is public and stable; nothing heavy is
imported until it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cjkv_phon.version import __version__

if TYPE_CHECKING:
    from cjkv_phon.alignment import Alignment, align_subwords
    from cjkv_phon.engine import Engine, Options, Sentence
    from cjkv_phon.errors import (
        AlignmentError,
        CjkvPhonError,
        FormatError,
        InvalidTextError,
        MissingDependencyError,
        UnsupportedLanguageError,
        UnsupportedOptionError,
    )
    from cjkv_phon.transcriber import Transcriber, transcribe
    from cjkv_phon.types import TokenTranscription, Transcription, Unit

_WHERE = {
    "Alignment": "alignment",
    "AlignmentError": "errors",
    "CjkvPhonError": "errors",
    "Engine": "engine",
    "FormatError": "errors",
    "InvalidTextError": "errors",
    "MissingDependencyError": "errors",
    "Options": "engine",
    "Sentence": "engine",
    "TokenTranscription": "types",
    "Transcriber": "transcriber",
    "Transcription": "types",
    "Unit": "types",
    "UnsupportedLanguageError": "errors",
    "UnsupportedOptionError": "errors",
    "align_subwords": "alignment",
    "transcribe": "transcriber",
}

__all__ = [
    "Alignment",
    "AlignmentError",
    "CjkvPhonError",
    "Engine",
    "FormatError",
    "InvalidTextError",
    "MissingDependencyError",
    "Options",
    "Sentence",
    "TokenTranscription",
    "Transcriber",
    "Transcription",
    "Unit",
    "UnsupportedLanguageError",
    "UnsupportedOptionError",
    "__version__",
    "align_subwords",
    "transcribe",
]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        value = getattr(import_module(f"cjkv_phon.{_WHERE[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'cjkv_phon' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
