"""Which IPA symbols a vocabulary cannot spell, and adding just those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cjkv_phon.alignment.encoding import Pieces
from cjkv_phon.alignment.tokenizers import word_subwords
from cjkv_phon.errors import AlignmentError
from cjkv_phon.types import Transcription


class SymbolReport(NamedTuple):
    """How a vocabulary spells the phonemes of a corpus.

    Attributes:
        unknown: Symbols that become the unknown token, with how often they occur.
        dropped: Symbols that the tokenizer's normaliser removes without a trace.
        folded: Symbols that it turns into another one (``ʰ`` into ``h``), and
            which are therefore confused with it.
        words: Words counted.
        pieces: Subwords of their phonemes.
        unknown_pieces: How many of those are the unknown token.
    """

    unknown: Counter[str]
    dropped: Counter[str]
    folded: Counter[str]
    words: int
    pieces: int
    unknown_pieces: int

    @property
    def unknown_rate(self) -> float:
        """Share of the phonemic subwords that are the unknown token, 0 to 1."""
        return self.unknown_pieces / self.pieces if self.pieces else 0.0

    @property
    def mean_length(self) -> float:
        """Phonemic subwords a word."""
        return self.pieces / self.words if self.words else 0.0


class VocabularyExtension(NamedTuple):
    """What was added to a vocabulary, and what it changed.

    Attributes:
        added: The new symbols, most frequent first.
        before: Report without them.
        after: Report with them.
    """

    added: tuple[str, ...]
    before: SymbolReport
    after: SymbolReport

    def __str__(self) -> str:
        lines = [
            f"added {len(self.added)} symbols: {' '.join(self.added) or 'none'}",
            f"unknown phonemic subwords: {self.before.unknown_rate:.1%} before, "
            f"{self.after.unknown_rate:.1%} after",
            f"phonemic subwords a word: {self.before.mean_length:.2f} before, "
            f"{self.after.mean_length:.2f} after",
        ]
        return "\n".join(lines)


Phonemes = Iterable[Transcription] | Iterable[str]


def symbol_report(phonemes: Phonemes, tokenizer: Any) -> SymbolReport:
    """Say how a tokenizer spells phonemes.

    A symbol is unknown if it becomes the unknown token at the start of a word
    or inside one: WordPiece keeps two forms of each character and gives up the
    whole word where one is missing.

    Args:
        phonemes: Transcriptions, of which the units that were read count; or
            words in IPA.
        tokenizer: See `align_subwords`.
    """
    words = _words(phonemes)
    symbols: Counter[str] = Counter()
    for word, times in words.items():
        for symbol in word:
            if not symbol.isspace():
                symbols[symbol] += times
    asked = word_subwords(tokenizer)
    unknown_id = getattr(tokenizer, "unk_token_id", None)
    order = list(symbols)
    context = _context(asked.cut, unknown_id)
    alone = asked.cut(order)
    inside = asked.cut([context + symbol for symbol in order])
    base = asked.cut([context])[0]
    unknown: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    folded: Counter[str] = Counter()
    added = tokenizer.get_added_vocab() if hasattr(tokenizer, "get_added_vocab") else {}
    for symbol, one, other in zip(order, alone, inside, strict=True):
        if symbol in added:
            continue
        if other.ids == base.ids:
            dropped[symbol] = symbols[symbol]
        elif unknown_id is not None and unknown_id in (*one.ids, *other.ids):
            unknown[symbol] = symbols[symbol]
        elif _normalized(tokenizer, symbol) not in (symbol, None):
            folded[symbol] = symbols[symbol]
    cut = asked.cut(list(words))
    counts = list(zip(cut, words.values(), strict=True))
    return SymbolReport(
        unknown,
        dropped,
        folded,
        words.total(),
        sum(len(piece.ids) * times for piece, times in counts),
        sum(_unknowns(piece, unknown_id) * times for piece, times in counts),
    )


def extend_vocabulary(
    tokenizer: Any, phonemes: Phonemes, *, folded: bool = False
) -> VocabularyExtension:
    """Add the IPA symbols of a corpus that a tokenizer cannot spell, and no others.

    Letters a–z are never added: an added subword is cut out of every text
    before the model's own vocabulary is asked, so an added ``p`` would turn
    "apple" into a, p, p, l, e. Resize the model's embeddings afterwards
    (``model.resize_token_embeddings(len(tokenizer))``).

    Args:
        tokenizer: A tokenizer of transformers, changed in place.
        phonemes: Transcriptions, or words in IPA.
        folded: Add also the symbols that the tokenizer confuses with others.

    Returns:
        What was added, with a report before and after.

    Raises:
        AlignmentError: If the tokenizer has no ``add_tokens``.
    """
    if not hasattr(tokenizer, "add_tokens"):
        raise AlignmentError(f"{type(tokenizer).__name__} has no method add_tokens")
    words = list(_words(phonemes).elements())
    before = symbol_report(words, tokenizer)
    wanted = before.unknown + before.dropped + (before.folded if folded else Counter())
    added = tuple(symbol for symbol, _ in wanted.most_common() if not symbol.isascii())
    if added:
        tokenizer.add_tokens([_added_token(symbol) for symbol in added])
    return VocabularyExtension(added, before, symbol_report(words, tokenizer))


def _words(phonemes: Phonemes) -> Counter[str]:
    """Count words; of a transcription only what was read (no digits, no Latin)."""
    words: Counter[str] = Counter()
    for item in phonemes:
        if isinstance(item, str):
            words[item] += 1
            continue
        for token in item.tokens:
            if token.status == "passthrough":
                continue
            words["".join(unit.ipa for unit in token.units if unit.status == "ok")] += 1
    del words[""]
    return words


def _context(cut: Any, unknown_id: int | None) -> str:
    """A letter that the vocabulary knows, to stand before a symbol."""
    letters: Sequence[str] = "aeionst"
    for letter, piece in zip(letters, cut(list(letters)), strict=True):
        if unknown_id not in piece.ids:
            return letter
    return letters[0]


def _normalized(tokenizer: Any, symbol: str) -> str | None:
    """What a fast tokenizer's normaliser makes of a symbol; None where it cannot be asked."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    normalizer = getattr(backend, "normalizer", None)
    if normalizer is None:
        return None
    return str(normalizer.normalize_str("a" + symbol))[1:]


def _unknowns(piece: Pieces, unknown_id: int | None) -> int:
    return piece.ids.count(unknown_id) if unknown_id is not None else 0


def _added_token(symbol: str) -> Any:
    """Matched before normalisation, which is what loses or confuses the symbol."""
    from cjkv_phon.errors import require

    tokenizers = require("tokenizers", extra="train")
    return tokenizers.AddedToken(symbol, normalized=False, single_word=False, special=False)
