"""Function words of a language pair: what they are in the target, and how it writes them."""

from cjkv_phon_train.grammar.rewriting import Rewritten, Sentence, rewritten
from cjkv_phon_train.grammar.tables import FunctionWords, built_in, load_function_words

__all__ = ["FunctionWords", "Rewritten", "Sentence", "built_in", "load_function_words", "rewritten"]
