"""The tools that ours are measured against, each called in its own best way.

A peer is a function that reads a list of texts. It is given what it is made for:
tokens, or whole sentences where it looks at the context. What is not installed is
said to be skipped by whoever asks (`Peer.load` raises ImportError).
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from cjkv_phon.phonexl.legacy import require_legacy, resource_filename, stand_in

Reader = Callable[[list[str]], object]


class Peer(NamedTuple):
    """A tool that reads one language.

    Attributes:
        name: What tables call it.
        lang: Language code.
        takes: What it is given of a running text.
        load: Imports it and returns what reads a list of texts.
    """

    name: str
    lang: str
    takes: Literal["tokens", "sentences"]
    load: Callable[[], Reader]


def epitran(code: str) -> Callable[[str], str]:
    """Return epitran's transliteration of one text."""
    missing = stand_in("pkg_resources", resource_filename=resource_filename)
    module: Any = require_legacy("epitran", extra="phonexl", stand_ins=missing)
    transliterate: Callable[[str], str] = module.Epitran(code, tones=False).transliterate
    return transliterate


def _each(function: Callable[[str], object]) -> Reader:
    """Read texts one by one; one that the peer fails at is left as it is."""

    def read(texts: list[str]) -> object:
        done: list[object] = []
        for text in texts:
            try:
                done.append(function(text))
            except Exception:
                done.append(text)
        return done

    return read


def _viphoneme() -> Reader:
    """Return viphoneme's rules alone, at their best.

    Its package imports a normaliser, a tokenizer and an English dictionary that
    they do not need; these are stubbed.
    """
    for name in ("vinorm", "underthesea", "eng_to_ipa"):
        stub = types.ModuleType(name)
        stub.TTSnorm = stub.word_tokenize = str  # type: ignore[attr-defined]
        sys.modules.setdefault(name, stub)
    path = list(sys.path)
    from viphoneme import T2IPA

    def read(texts: list[str]) -> object:
        done = [T2IPA(text) for text in texts]
        sys.path[:] = path  # it appends to sys.path at every call
        return done

    return read


def _sea_g2p() -> Reader:
    from sea_g2p import G2P

    return G2P(lang="vi").convert  # type: ignore[no-any-return]


def _ko_pron() -> Reader:
    from ko_pron import romanise

    return _each(lambda text: romanise(text, "ipa"))


def _g2pk() -> Reader:
    from g2pk import G2p

    return _each(G2p())


def _pypinyin() -> Reader:
    from pypinyin import Style, lazy_pinyin

    return _each(lambda text: lazy_pinyin(text, style=Style.TONE3))


def _pypinyin_large() -> Reader:
    """Return pypinyin with the table of pypinyin-dict that holds CC-CEDICT."""
    read = _pypinyin()
    from pypinyin_dict.phrase_pinyin_data import large_pinyin

    large_pinyin.load()
    return read


def _g2pm() -> Reader:
    from g2pM import G2pM

    return _each(G2pM())


def _dragonmapper() -> Reader:
    from dragonmapper.hanzi import to_ipa

    return _each(to_ipa)


def _sudachi(*, readings: bool) -> Reader:
    from cjkv_phon.japanese.sudachi import dictionary

    tokenize = dictionary().create().tokenize
    if readings:
        return _each(lambda text: [morpheme.reading_form() for morpheme in tokenize(text)])
    return _each(tokenize)


def _pykakasi() -> Reader:
    missing = stand_in("pkg_resources", resource_filename=resource_filename)
    module: Any = require_legacy("pykakasi", extra="phonexl", stand_ins=missing)
    return _each(module.Kakasi().convert)


PEERS = (
    Peer("pypinyin", "zh", "sentences", _pypinyin),
    Peer("pypinyin, large_pinyin", "zh", "sentences", _pypinyin_large),
    Peer("g2pM", "zh", "sentences", _g2pm),
    Peer("dragonmapper", "zh", "tokens", _dragonmapper),
    Peer("SudachiPy, tokens only", "ja", "sentences", lambda: _sudachi(readings=False)),
    Peer("SudachiPy, readings", "ja", "sentences", lambda: _sudachi(readings=True)),
    Peer("pykakasi", "ja", "sentences", _pykakasi),
    Peer("ko-pron", "ko", "tokens", _ko_pron),
    Peer("g2pK", "ko", "tokens", _g2pk),
    Peer("epitran", "vi", "tokens", lambda: _each(epitran("vie-Latn"))),
    Peer("viphoneme", "vi", "tokens", _viphoneme),
    Peer("sea-g2p", "vi", "tokens", _sea_g2p),
)


def peer(name: str) -> Peer:
    """Return a peer by its name."""
    return next(one for one in PEERS if one.name == name)
