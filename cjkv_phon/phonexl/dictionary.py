"""The convention of the dataset's bilingual dictionaries, whose IPA is not its corpora's.

Japanese is not cut after the first kakasi segment: each segment is read by itself and
a space stands between them. Chinese is read a pinyin syllable at a time, with a space
between. Vietnamese words stand alone, so that each begins and ends a text. Korean is
as in the corpora.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cjkv_phon.engine import Options
from cjkv_phon.phonexl import chinese, japanese, korean, vietnamese
from cjkv_phon.phonexl.english import latin_to_ipa

_SCHEME = "phonexl"


def dictionary_ipa(lang: str) -> Callable[[Sequence[str]], list[str]]:
    """Return what transcribes the entries of a language in the dictionaries.

    Args:
        lang: ``zh``, ``ja``, ``ko`` or ``vi``.

    Returns:
        A function from entries to their IPA.

    Raises:
        KeyError: For another language.
        MissingDependencyError: If an engine is not installed.
    """
    return _READERS[lang](Options(lang, _SCHEME))


def _chinese(options: Options) -> Callable[[Sequence[str]], list[str]]:
    engine = chinese.create(options)

    def read(entry: str) -> str:
        return " ".join(engine.ipa(unit, unit).replace(" ", "") for unit in engine.pinyin(entry))

    return lambda entries: list(map(read, entries))


def _japanese(options: Options) -> Callable[[Sequence[str]], list[str]]:
    engine = japanese.create(options)

    def read(entry: str) -> str:
        segments = engine.kakasi.segments(entry)
        return " ".join(latin_to_ipa(segment.hepburn).ipa for segment in segments)

    return lambda entries: list(map(read, entries))


def _korean(options: Options) -> Callable[[Sequence[str]], list[str]]:
    engine = korean.create(options)
    return lambda entries: [token.ipa for token in engine.read_all(entries)]


def _vietnamese(options: Options) -> Callable[[Sequence[str]], list[str]]:
    engine = vietnamese.create(options)
    return lambda entries: [engine.alone(entry) for entry in entries]


_READERS = {"zh": _chinese, "ja": _japanese, "ko": _korean, "vi": _vietnamese}
