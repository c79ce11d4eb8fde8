"""Which subwords of a language model a token, and every unit of its sound, belongs to."""

from cjkv_phon.alignment.aligner import SubwordAligner, align_subwords
from cjkv_phon.alignment.encoding import AlignedToken, Alignment, Pieces, Side
from cjkv_phon.alignment.loading import load_tokenizer
from cjkv_phon.alignment.vocabulary import (
    SymbolReport,
    VocabularyExtension,
    extend_vocabulary,
    symbol_report,
)

__all__ = [
    "AlignedToken",
    "Alignment",
    "Pieces",
    "Side",
    "SubwordAligner",
    "SymbolReport",
    "VocabularyExtension",
    "align_subwords",
    "extend_vocabulary",
    "load_tokenizer",
    "symbol_report",
]
