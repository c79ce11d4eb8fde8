"""Japanese: pykakasi's Hepburn, then the Latin letters as if they were English.

Scheme ``phonexl`` keeps only the first segment that pykakasi finds in a token, as
the released dataset does (4月 → 4); scheme ``paper`` keeps them all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cjkv_phon.engine import Options
from cjkv_phon.phonexl.engine import TokenEngine, as_published, package_versions
from cjkv_phon.phonexl.english import ENGINES, Sound, latin_to_ipa, spoken
from cjkv_phon.phonexl.legacy import require_legacy
from cjkv_phon.types import TokenTranscription

Convert = Callable[[str], list[dict[str, str]]]


class JapaneseEngine(TokenEngine):
    """Scheme ``phonexl``: the first kakasi segment speaks for the whole token."""

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        self._convert = kakasi()
        super().__init__(options, versions)

    def read(self, token: str) -> TokenTranscription:
        """Transcribe one token."""
        first = self._convert(token)[0]
        romanization = first["hepburn"]
        if not romanization:
            return spoken(token, token, Sound(token, ()))
        sound = latin_to_ipa(romanization)
        # Silent for flite (DJ, '): the dataset copies the token, but for ’, of which
        # nothing is left when it is made ASCII for flite; there its IPA is empty.
        if not sound.ipa and romanization.strip("’"):
            sound = Sound(token, ())
        return spoken(token, romanization, sound, first["hira"])


def kakasi() -> Convert:
    """Return pykakasi's conversion into segments with ``orig``, ``hira`` and ``hepburn``."""
    converter: Any = require_legacy("pykakasi", extra="phonexl").Kakasi()
    convert: Convert = converter.convert
    return convert


def create(options: Options) -> JapaneseEngine:
    """Build Japanese of scheme ``phonexl``."""
    return JapaneseEngine(as_published(options, "hepburn"), versions())


def versions() -> tuple[str, ...]:
    """Return the names and versions of the engines of Japanese."""
    return (*package_versions("pykakasi"), *ENGINES)
