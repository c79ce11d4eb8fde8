"""Phone error rate, word error rate and confusions against a gold lexicon.

A word with several golds (see `gold`) has several right answers, and the nearest
counts. White space within a pronunciation is notation and never counts; nor does
the cut into segments (``ʔ ɗ`` or ``ʔɗ``), because both sides are cut anew by
`segment`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from cjkv_phon.gold import Lexicon, Rule, folding_table, read_folding, read_lexicon

__all__ = [
    "Evaluation",
    "Lexicon",
    "Rule",
    "WordScore",
    "align",
    "characters",
    "distance",
    "evaluate",
    "folding_table",
    "normalizer",
    "read_folding",
    "read_lexicon",
    "score",
    "segment",
]

Cut = Callable[[str], Sequence[str]]
"""How a pronunciation is cut into what is counted."""

# A run of tone letters with glottalisation between them (˦ˀ˥); or a base, its
# marks and modifier letters, and what a tie bar binds to it. The same cut as
# WikiPron's but for a tie after the second half of an affricate.
_SEGMENT = regex.compile(
    r"[˥˦˧˨˩][˥˦˧˨˩ˀ]*"
    r"|\S(?:[\u035C\u0361]\S|[\p{M}--[\u035C\u0361]]|(?![˥˦˧˨˩])[\p{Lm}\p{Sk}])*",
    regex.V1,
)
_SPACE = regex.compile(r"\s+")
_CHARACTER = regex.compile(r"\S\p{M}*")


def segment(ipa: str) -> tuple[str, ...]:
    """Cut IPA into segments: a base with its diacritics, or the tone letters of a syllable.

    Example:
        >>> segment("ʔɗəwŋ͡m˨˩")
        ('ʔ', 'ɗ', 'ə', 'w', 'ŋ͡m', '˨˩')
    """
    return tuple(_SEGMENT.findall(ipa))


def characters(text: str) -> tuple[str, ...]:
    """Cut a spelling into characters with their marks, white space left out.

    Example:
        >>> characters("dan1 ci2")
        ('d', 'a', 'n', '1', 'c', 'i', '2')
    """
    return tuple(_CHARACTER.findall(text))


def normalizer(
    folding: Sequence[Rule] = (), ignore: regex.Pattern[str] | None = None
) -> Callable[[str], str]:
    """Return the function that both sides go through before they are compared.

    It decomposes (NFD), removes white space, folds, and removes what is ignored.

    Args:
        folding: Rules, applied in order.
        ignore: What is removed from the folded text, such as ``ː``.

    Example:
        >>> normalizer(ignore=regex.compile("ː"))("s aː")
        'sa'
    """

    def apply(text: str) -> str:
        text = _SPACE.sub("", unicodedata.normalize("NFD", text))
        for pattern, replacement in folding:
            text = pattern.sub(replacement, text)
        return ignore.sub("", text) if ignore is not None else text

    return apply


def distance(gold: Sequence[str], hypothesis: Sequence[str]) -> int:
    """Return the Levenshtein distance between two sequences of segments.

    Example:
        >>> distance(segment("ɣaː˧˧"), segment("ʐa˧˧"))
        2
    """
    return sum(1 for one, other in align(gold, hypothesis) if one != other)


def align(gold: Sequence[str], hypothesis: Sequence[str]) -> list[tuple[str, str]]:
    """Align two sequences with as few edits as possible.

    Returns:
        Pairs from left to right; an empty string stands for a segment that the
        other side does not have.

    Example:
        >>> align("kat", "at")
        [('k', ''), ('a', 'a'), ('t', 't')]
    """
    rows = [list(range(len(hypothesis) + 1))]
    for i, one in enumerate(gold, 1):
        above = rows[-1]
        row = [i]
        for j, other in enumerate(hypothesis, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (one != other)))
        rows.append(row)
    pairs: list[tuple[str, str]] = []
    i, j = len(gold), len(hypothesis)
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (gold[i - 1] != hypothesis[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((gold[i], hypothesis[j]))
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
            pairs.append((gold[i], ""))
        else:
            j -= 1
            pairs.append(("", hypothesis[j]))
    return pairs[::-1]


class WordScore(NamedTuple):
    """One word compared with the nearest of its golds.

    Attributes:
        word: The word.
        gold: The nearest gold, normalised as it was compared.
        hypothesis: The transcription, normalised likewise.
        pairs: Aligned segments, gold first; see `align`.
    """

    word: str
    gold: str
    hypothesis: str
    pairs: tuple[tuple[str, str], ...]

    @property
    def edits(self) -> int:
        """Segments to insert, delete or substitute."""
        return sum(1 for gold, hypothesis in self.pairs if gold != hypothesis)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a comparison found.

    Attributes:
        words: Words compared.
        segments: Segments of their (nearest) golds.
        edits: Edits over all words.
        errors: The words that are wrong, in the order of the lexicon.
        confusions: Counts of (gold segment, transcribed segment); an empty
            string stands for none.
    """

    words: int
    segments: int
    edits: int
    errors: tuple[WordScore, ...]
    confusions: Counter[tuple[str, str]]

    @property
    def wer(self) -> float:
        """Word error rate: share of the words that are not exactly right, 0 to 1."""
        return len(self.errors) / self.words if self.words else 0.0

    @property
    def per(self) -> float:
        """Phone error rate: edits a gold segment."""
        return self.edits / self.segments if self.segments else 0.0


def score(
    word: str,
    golds: Sequence[str],
    hypothesis: str,
    normal: Callable[[str], str],
    cut: Cut = segment,
) -> tuple[WordScore, int]:
    """Compare one transcription with the golds of its word.

    Args:
        word: The word.
        golds: Every right pronunciation, at least one.
        hypothesis: The transcription.
        normal: See `normalizer`.
        cut: How both sides are cut.

    Returns:
        The score against the nearest gold, and the number of that gold's segments.
    """
    found = normal(hypothesis)
    candidates = [normal(gold) for gold in golds]
    if found in candidates:
        return WordScore(word, found, found, ()), len(cut(found))
    cuts = cut(found)
    aligned = [(gold, tuple(align(cut(gold), cuts))) for gold in candidates]
    scores = [WordScore(word, gold, found, pairs) for gold, pairs in aligned]
    nearest = min(scores, key=lambda one: one.edits)
    return nearest, len(cut(nearest.gold))


def evaluate(
    lexicon: Lexicon,
    hypotheses: Mapping[str, str],
    *,
    folding: Sequence[Rule] = (),
    ignore: regex.Pattern[str] | None = None,
    cut: Cut = segment,
) -> Evaluation:
    """Compare transcriptions with a gold lexicon.

    Args:
        lexicon: Gold pronunciations, see `read_lexicon`.
        hypotheses: A transcription for each word of the lexicon.
        folding: Rules applied to both sides, see `folding_table`.
        ignore: What is removed from both sides.
        cut: `segment` for IPA, `characters` for spellings.

    Returns:
        Rates, errors and confusions.

    Raises:
        KeyError: If a word has no transcription.

    Example:
        >>> result = evaluate({"sa": ("s aː",), "xa": ("s aː",)}, {"sa": "ʂaː", "xa": "saː"})
        >>> result.wer, result.per, result.confusions
        (0.5, 0.25, Counter({('s', 'ʂ'): 1}))
    """
    normal = normalizer(folding, ignore)
    errors: list[WordScore] = []
    confusions: Counter[tuple[str, str]] = Counter()
    segments = edits = 0
    for word, golds in lexicon.items():
        nearest, length = score(word, golds, hypotheses[word], normal, cut)
        segments += length
        edits += nearest.edits
        if nearest.gold != nearest.hypothesis:
            errors.append(nearest)
            confusions.update(pair for pair in nearest.pairs if pair[0] != pair[1])
    return Evaluation(len(lexicon), segments, edits, tuple(errors), confusions)
