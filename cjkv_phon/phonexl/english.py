"""Latin letters to IPA: the second stage for Japanese and Korean, and English itself.

The released dataset sends romanized Japanese and Korean through an English
letter-to-sound system: Latin letters → ARPAbet (flite) → IPA → PanPhon segments.
What is no Latin letter stays as it is.
"""

from __future__ import annotations

import string
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import regex

from cjkv_phon.engine import Options
from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.engine import TokenEngine, as_published
from cjkv_phon.phonexl.flite import FLITE_VERSION, pronounce
from cjkv_phon.phonexl.segments import segments
from cjkv_phon.phonexl.tables import rows
from cjkv_phon.types import TokenTranscription, Unit, passthrough_token

ENGINES = (f"flite-cmulex-{FLITE_VERSION}",)

_CHUNK = regex.compile(r"[A-Za-z'’]+|[^A-Za-z'’]+")
_LETTERS = frozenset(string.ascii_letters + "'’")
_PRINTABLE = frozenset(string.printable)


class Sound(NamedTuple):
    """IPA and its PanPhon segments."""

    ipa: str
    segments: tuple[str, ...]


def latin_to_ipa(text: str) -> Sound:
    """Read the Latin letters in a text as if they were English.

    Runs of ASCII letters and apostrophes are read (`arpabet`, then `arpabet_to_ipa`);
    anything else is copied and has no segments.

    Example:
        >>> latin_to_ipa("jeil").ipa, latin_to_ipa("LG 2").ipa
        ('d͡ʒil', 'lɡ 2')
        >>> latin_to_ipa("chau").segments
        ('t͡ʃ', 'aw')
    """
    if text.isascii() and text.isalpha():
        return _words[text]
    sounds = [
        _words[chunk] if chunk[0] in _LETTERS else Sound(chunk, ())
        for chunk in _CHUNK.findall(unicodedata.normalize("NFC", text))
    ]
    return Sound(
        "".join(sound.ipa for sound in sounds),
        tuple(segment for sound in sounds for segment in sound.segments),
    )


def arpabet(word: str) -> tuple[str, ...]:
    """Read a run of Latin letters: ARPAbet phones without stress."""
    ascii_word = "".join(filter(_PRINTABLE.__contains__, unicodedata.normalize("NFD", word)))
    return tuple(phone.rstrip("0123456789") for phone in pronounce(ascii_word.lower()))


def arpabet_to_ipa(phones: tuple[str, ...]) -> Sound:
    """Turn ARPAbet phones without stress into IPA and its PanPhon segments."""
    sounds = [_phones()[phone] for phone in phones]
    return Sound(
        "".join(sound.ipa for sound in sounds),
        tuple(segment for sound in sounds for segment in sound.segments),
    )


_words: Memo[str, Sound] = Memo(lambda word: arpabet_to_ipa(arpabet(word)))


@lru_cache(maxsize=1)
def _phones() -> dict[str, Sound]:
    return {phone: Sound(ipa, segments(ipa)) for phone, ipa in rows("arpabet.tsv")}


class EnglishEngine(TokenEngine):
    """English through flite; the romanization is the token itself."""

    def read(self, token: str) -> TokenTranscription:
        """Transcribe one token."""
        sound = latin_to_ipa(token)
        if not sound.segments and sound.ipa == token:
            return passthrough_token(token)
        return spoken(token, token, sound)


def spoken(token: str, romanization: str, sound: Sound, reading: str = "") -> TokenTranscription:
    """Build a token of one unit; it counts as read if it has segments or a sound of its own."""
    status = "ok" if sound.segments else "passthrough"
    unit = Unit(0, len(token), romanization, sound.ipa, sound.segments, reading, status)
    return TokenTranscription(token, (unit,) if token else (), sound.ipa, romanization, status)


def create(options: Options) -> EnglishEngine:
    """Build English of scheme ``phonexl``, Table 1's English column of the paper."""
    return EnglishEngine(as_published(options, "latin"), ENGINES)


def create_paper(options: Options) -> EnglishEngine:
    """Build English of scheme ``paper``, which is the same."""
    return create(options)
