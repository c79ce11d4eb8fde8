"""Core words of a language pair: what they are in the target, and how it writes them."""

from cjkv_phon_train.core_words.rewriting import Rewritten, Sentence, rewritten
from cjkv_phon_train.core_words.tables import CoreWords, built_in, load_core_words

__all__ = ["CoreWords", "Rewritten", "Sentence", "built_in", "load_core_words", "rewritten"]
