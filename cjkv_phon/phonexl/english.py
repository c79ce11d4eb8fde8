"""Latin letters to IPA: the second stage for Japanese and Korean, and English itself.

The released dataset sends romanized Japanese and Korean through an English
letter-to-sound system: Latin letters → ARPAbet (flite) → IPA → PanPhon segments.
What is no Latin letter stays as it is.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

import regex

from cjkv_phon.engine import Options
from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.engine import TokenEngine, as_published
from cjkv_phon.phonexl.flite import FLITE_VERSION, Phones, pronounce_all
from cjkv_phon.phonexl.segments import Sound, copied, segments
from cjkv_phon.phonexl.tables import rows
from cjkv_phon.types import TokenTranscription

ENGINES = (f"flite-cmulex-{FLITE_VERSION}",)

_CHUNK = regex.compile(r"[A-Za-z'’]+|[^A-Za-z'’]+")
_LETTERS = frozenset(string.ascii_letters + "'’")


def latin_to_ipa(text: str) -> Sound:
    """Read the Latin letters in a text as if they were English.

    Runs of ASCII letters and apostrophes are read (`arpabet`, then `arpabet_to_ipa`);
    anything else is copied and has no segments.

    Example:
        >>> latin_to_ipa("jeil").ipa, latin_to_ipa("LG 2").ipa
        ('d͡ʒil', 'lɡ 2')
        >>> latin_to_ipa("choice").segments
        ('t͡ʃ', 'o', 'j', 's')
    """
    return latin_to_ipa_all([text])[0]


def latin_to_ipa_all(texts: Iterable[str]) -> list[Sound]:
    """Read many texts at once, see `latin_to_ipa`."""
    cut = [_chunks(text) for text in texts]
    new = [c for c in set(chain.from_iterable(cut)) if c[0] in _LETTERS and c not in _words]
    for word, phones in zip(new, arpabet(new), strict=True):
        _words.remember(word, arpabet_to_ipa(phones))
    return [_words[c[0]] if len(c) == 1 and c[0][0] in _LETTERS else _together(c) for c in cut]


def arpabet(words: Iterable[str]) -> list[Phones]:
    """Read runs of ASCII letters and apostrophes; flite gets what is ASCII of them."""
    return pronounce_all([word.replace("’", "").lower() for word in words])


_words: Memo[str, Sound] = Memo(lambda word: arpabet_to_ipa(arpabet([word])[0]))


def _chunks(text: str) -> list[str]:
    if text.isascii() and text.isalpha():
        return [text]
    return _CHUNK.findall(unicodedata.normalize("NFC", text))


def _together(chunks: list[str]) -> Sound:
    sounds = [_words[chunk] if chunk[0] in _LETTERS else copied(chunk) for chunk in chunks]
    return Sound(
        "".join([sound.ipa for sound in sounds]),
        tuple(chain.from_iterable([sound.segments for sound in sounds])),
    )


def arpabet_to_ipa(phones: Phones) -> Sound:
    """Turn ARPAbet phones into IPA and its PanPhon segments; stress is left out."""
    sounds = _phones()
    return Sound(
        "".join([sounds[phone].ipa for phone in phones]),
        tuple(chain.from_iterable([sounds[phone].segments for phone in phones])),
    )


@cache
def _phones() -> dict[str, Sound]:
    return {
        phone + stress: Sound(ipa, segments(ipa))
        for phone, ipa in rows("arpabet.tsv")
        for stress in ("", "0", "1", "2")
    }


class EnglishEngine(TokenEngine):
    """English through flite; the romanization is the token itself."""

    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe tokens."""
        sounds = latin_to_ipa_all(tokens)
        return [
            self.whole(token, token, sound) for token, sound in zip(tokens, sounds, strict=True)
        ]


def create(options: Options) -> EnglishEngine:
    """Build English of scheme ``phonexl``, Table 1's English column of the paper."""
    return EnglishEngine(as_published(options, "latin"), ENGINES)


def create_paper(options: Options) -> EnglishEngine:
    """Build English of scheme ``paper``, which is the same."""
    return create(options)
