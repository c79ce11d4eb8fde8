"""Chinese: pypinyin and dragonmapper.

Scheme ``phonexl`` is the released dataset: pypinyin's pinyin, run together, from
which dragonmapper makes IPA; scheme ``paper`` is dragonmapper alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec, module_from_spec
from typing import Any

import regex

from cjkv_phon.engine import Options
from cjkv_phon.errors import require
from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.engine import EXTRA, TokenEngine, as_published, joined, package_versions
from cjkv_phon.phonexl.segments import Sound, copied, segments
from cjkv_phon.scripts import runs
from cjkv_phon.types import TokenTranscription, Unit

# Syllables that dragonmapper 0.2.6 lacks, with the IPA that the dataset has for them.
_MORE_SYLLABLES = {"o": "ó", "yo": "iɔ"}

_NUMBERED = regex.compile(r"[^0-9']+[0-9]?")
_TONES = regex.compile("[˥˦˧˨˩]+")


class ChineseEngine(TokenEngine):
    """Scheme ``phonexl``."""

    script = regex.compile(r"[\p{Han}\p{Bopomofo}]")

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        pypinyin: Any = require("pypinyin", extra=EXTRA)
        self._lazy_pinyin, self._style = pypinyin.lazy_pinyin, pypinyin.Style.TONE
        self._hanzi: Any = require("dragonmapper.hanzi", extra=EXTRA)
        self._transcriptions = _transcriptions_with(_MORE_SYLLABLES)
        super().__init__(options, versions)

    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe tokens."""
        return list(map(self._read, tokens))

    def _read(self, token: str) -> TokenTranscription:
        romanization = "".join(self.pinyin(token))
        ipa = self.ipa(token, romanization)
        sound = copied(token) if ipa == token else Sound(ipa, segments(ipa))
        return self.whole(token, romanization, sound)

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
            except Exception:  # dragonmapper found a syllable that is none
                continue
        return text

    def _attempts(self, text: str, pinyin: str) -> Iterator[Callable[[], str]]:
        to_ipa = self._transcriptions.pinyin_to_ipa
        yield lambda: to_ipa(pinyin)
        yield lambda: to_ipa(self._hanzi.to_pinyin(text, accented=False))
        yield lambda: to_ipa(self._transcriptions.accented_to_numbered(pinyin))


class PaperChineseEngine(TokenEngine):
    """Scheme ``paper``: dragonmapper's reading of each run of Han characters."""

    script = ChineseEngine.script

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        self._hanzi: Any = require("dragonmapper.hanzi", extra=EXTRA)
        self._transcriptions: Any = require("dragonmapper.transcriptions", extra=EXTRA)
        super().__init__(options, versions)

    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe tokens."""
        return list(map(self._read, tokens))

    def _read(self, token: str) -> TokenTranscription:
        units: list[Unit] = []
        romanization = ""
        for run in runs(token):
            text = token[run.start : run.end]
            if run.script == "han":
                units += self._characters(text, run.start)
                romanization += self._hanzi.to_pinyin(text)
            else:
                units.append(self.unit(run.start, run.end, text, copied(text)))
                romanization += text
        return joined(token, units)._replace(romanization=romanization)

    def _characters(self, text: str, start: int) -> Iterator[Unit]:
        """Read a run of Han characters, a unit each where there is a syllable for each.

        Dragonmapper writes a space between syllables; it belongs to the one before it.
        """
        numbered = self._hanzi.to_pinyin(text, accented=False)
        syllables = _NUMBERED.findall(numbered)
        pieces = list(zip(text, syllables, strict=False))
        if len(syllables) != len(text):
            pieces = [(text, numbered)]
        for place, (piece, pinyin) in enumerate(pieces, start=1):
            space = " " if place < len(pieces) else ""
            yield self._unit(piece, start, pinyin, space)
            start += len(piece)

    def _unit(self, text: str, start: int, pinyin: str, space: str) -> Unit:
        try:
            ipa = self._transcriptions.pinyin_to_ipa(pinyin)
        except Exception:  # dragonmapper has no IPA for what it read
            ipa = text
        if ipa == text or self.script.search(ipa):
            return self.unit(start, start + len(text), text, copied(text + space))
        if self.options.tones == "none":
            ipa = _TONES.sub("", ipa)
        accented = self._transcriptions.numbered_to_accented(pinyin)
        sound = Sound(ipa + space, segments(ipa))
        return self.unit(start, start + len(text), accented, sound)._replace(reading=pinyin)


def _transcriptions_with(syllables: dict[str, str]) -> Any:
    """Return dragonmapper's transcriptions with more syllables, as a module of our own.

    Everybody else's dragonmapper stays as it is.
    """
    require("dragonmapper.transcriptions", extra=EXTRA)
    spec = find_spec("dragonmapper.transcriptions")
    if spec is None or spec.loader is None:
        raise ImportError("dragonmapper.transcriptions cannot be loaded twice")
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    for syllable, ipa in syllables.items():
        module._PINYIN_MAP[syllable] = {"IPA": ipa}
    module.pinyin_syllable_to_ipa = Memo(module.pinyin_syllable_to_ipa).__getitem__
    return module


def create(options: Options) -> ChineseEngine:
    """Build Chinese of scheme ``phonexl``."""
    versions = package_versions("pypinyin", "dragonmapper")
    return ChineseEngine(as_published(options, "pinyin", ("letters",)), versions)


def create_paper(options: Options) -> PaperChineseEngine:
    """Build Chinese of scheme ``paper``."""
    resolved = as_published(options, "pinyin", ("letters", "none"))
    return PaperChineseEngine(resolved, package_versions("dragonmapper"))
