"""Dictionaries with the sound of both sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cjkv_phon.dictionary.entries import BilingualDictionary
from cjkv_phon.transcriber import Transcriber


class TranscribedPair(NamedTuple):
    """A pair with the sound of both sides: the four columns of a PhoneXL dictionary."""

    source: str
    source_ipa: str
    target: str
    target_ipa: str


def transcribe_dictionary(
    dictionary: BilingualDictionary, source: Transcriber, target: Transcriber
) -> Iterator[TranscribedPair]:
    """Add the sound of both sides, lazily, in the order of the dictionary.

    White space separates the tokens of an entry; the IPA of its tokens is
    joined by single spaces.

    Args:
        dictionary: The pairs.
        source: Transcribes the first side.
        target: Transcribes the second side.

    Raises:
        ValueError: If a transcriber is of another language.
    """
    for transcriber, lang in ((source, dictionary.source_lang), (target, dictionary.target_lang)):
        if transcriber.lang != lang:
            raise ValueError(f"a transcriber of {lang} is needed, not of {transcriber.lang}")
    sound = {}
    for transcriber, words in (
        (source, dictionary.words()),
        (target, list(dict.fromkeys(translation.target for translation in dictionary))),
    ):
        spoken = transcriber.pipe(word.split() or [word] for word in words)
        for word, transcription in zip(words, spoken, strict=True):
            sound[transcriber.lang, word] = " ".join(filter(None, transcription.ipa))
    for word, translation, _ in dictionary:
        yield TranscribedPair(
            word, sound[source.lang, word], translation, sound[target.lang, translation]
        )
