"""Bilingual dictionaries: load, look up, build through English, transcribe both sides."""

from cjkv_phon.dictionary.entries import BilingualDictionary, Translation, load_dictionary
from cjkv_phon.dictionary.pivoting import pivot
from cjkv_phon.dictionary.sound import TranscribedPair, transcribe_dictionary

__all__ = [
    "BilingualDictionary",
    "TranscribedPair",
    "Translation",
    "load_dictionary",
    "pivot",
    "transcribe_dictionary",
]
