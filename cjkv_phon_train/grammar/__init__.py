"""Function words of a language pair: what they are in the target, and how it writes them."""

from cjkv_phon_train.grammar.rewriting import Rewritten, Sentence, rewritten
from cjkv_phon_train.grammar.tables import CoreWords, built_in, load_core_words

__all__ = ["CoreWords", "Rewritten", "Sentence", "built_in", "load_core_words", "rewritten"]
