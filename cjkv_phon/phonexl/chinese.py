"""Chinese: pypinyin and dragonmapper.

Scheme ``phonexl`` is the released dataset: pypinyin's pinyin, run together, from
which dragonmapper makes IPA; scheme ``paper`` is dragonmapper alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec, module_from_spec
from typing import Any

from cjkv_phon.engine import Options
from cjkv_phon.errors import require
from cjkv_phon.phonexl.engine import TokenEngine, as_published, package_versions
from cjkv_phon.phonexl.english import Sound, spoken
from cjkv_phon.phonexl.segments import segments
from cjkv_phon.types import TokenTranscription

# Syllables that dragonmapper 0.2.6 lacks, with the IPA that the dataset has for them.
_MORE_SYLLABLES = {"o": "ó", "yo": "iɔ"}


class ChineseEngine(TokenEngine):
    """Scheme ``phonexl``."""

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        pypinyin: Any = require("pypinyin", extra="phonexl")
        self._lazy_pinyin, self._style = pypinyin.lazy_pinyin, pypinyin.Style.TONE
        self._hanzi: Any = require("dragonmapper.hanzi", extra="phonexl")
        self._transcriptions = _transcriptions_with(_MORE_SYLLABLES)
        super().__init__(options, versions)

    def read(self, token: str) -> TokenTranscription:
        """Transcribe one token."""
        romanization = "".join(self.pinyin(token))
        ipa = self.ipa(token, romanization)
        cut = () if ipa == token else segments(ipa)
        return spoken(token, romanization, Sound(ipa, cut))

    def pinyin(self, text: str) -> list[str]:
        """Return pypinyin's pieces: a syllable a Han character, other text as it is."""
        pieces: list[str] = self._lazy_pinyin(text, style=self._style)
        return pieces

    def ipa(self, text: str, pinyin: str) -> str:
        """Transcribe run-together pinyin, falling back as the dataset shows.

        Args:
            text: What the pinyin was made from.
            pinyin: Accented pinyin, in which other text may stand.
        """
        for attempt in self._attempts(text, pinyin):
            try:
                return attempt()
            except ValueError:  # dragonmapper found a syllable that is none
                continue
        return text

    def _attempts(self, text: str, pinyin: str) -> Iterator[Callable[[], str]]:
        to_ipa = self._transcriptions.pinyin_to_ipa
        yield lambda: to_ipa(pinyin)
        yield lambda: to_ipa(self._hanzi.to_pinyin(text, accented=False))
        yield lambda: to_ipa(self._transcriptions.accented_to_numbered(pinyin))


def _transcriptions_with(syllables: dict[str, str]) -> Any:
    """Return dragonmapper's transcriptions with more syllables, as a module of our own.

    Everybody else's dragonmapper stays as it is.
    """
    require("dragonmapper.transcriptions", extra="phonexl")
    spec = find_spec("dragonmapper.transcriptions")
    if spec is None or spec.loader is None:
        raise ImportError("dragonmapper.transcriptions cannot be loaded twice")
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    for syllable, ipa in syllables.items():
        module._PINYIN_MAP[syllable] = {"IPA": ipa}
    return module


def create(options: Options) -> ChineseEngine:
    """Build Chinese of scheme ``phonexl``."""
    versions = package_versions("pypinyin", "dragonmapper")
    return ChineseEngine(as_published(options, "pinyin", tones="letters"), versions)
