"""Dictionaries that do not exist, built through English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

from cjkv_phon.dictionary.entries import BilingualDictionary, Translation

# The characters that a word of a language has at least one of.
_SCRIPT = {
    "zh": regex.compile(r"\p{Han}"),
    "ja": regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]"),
    "ko": regex.compile(r"\p{Hangul}"),
    "vi": regex.compile(r"\p{Latin}"),
    "en": regex.compile(r"\p{Latin}"),
}


def pivot(
    to_english: BilingualDictionary,
    from_english: BilingualDictionary,
    *,
    min_weight: float = 0.0,
    max_translations: int | None = None,
    max_senses: int | None = None,
    own_script: bool = False,
) -> BilingualDictionary:
    """Build a dictionary through English: source to English to target.

    The weight of a translation t of s is Σ P(e | s) · P(t | e) over the English
    words e, each P the share of a weight among the translations of a word. So
    what several English words agree on weighs more. Words of several
    translations keep them all unless a filter says otherwise. Letter case of
    the English words does not count.

    Args:
        to_english: Source to English.
        from_english: English to target.
        min_weight: Drop translations below it.
        max_translations: Keep only so many of a word, the surest.
        max_senses: Leave out English words with more translations than this,
            which mean too many things.
        own_script: Drop pairs with a side that is not written in the script of
            its language (``aachener`` is no Japanese word).

    Returns:
        Source to target.

    Example:
        >>> ja = BilingualDictionary("ja", "en", [("電子", "electron", 1), ("電子", "electric", 1)])
        >>> pairs = [("electron", "전자", 1), ("electric", "전자", 1), ("electric", "전기", 1)]
        >>> ko = BilingualDictionary("en", "ko", pairs)
        >>> [(t.target, t.weight) for t in pivot(ja, ko)]
        [('전자', 0.75), ('전기', 0.25)]
    """
    english: dict[str, list[Translation]] = {}
    for word in from_english.words():
        english.setdefault(word.casefold(), []).extend(from_english[word])
    source_lang, target_lang = to_english.source_lang, from_english.target_lang
    pairs: list[tuple[str, str, float]] = []
    for word in to_english.words():
        if own_script and not _written_in(source_lang, word):
            continue
        scores = _through(to_english[word], english, max_senses)
        best = sorted(scores.items(), key=lambda item: -item[1])
        kept = [
            (word, target, weight)
            for target, weight in best
            if weight >= min_weight and not (own_script and not _written_in(target_lang, target))
        ]
        pairs += kept[:max_translations]
    return BilingualDictionary(source_lang, target_lang, pairs)


def _through(
    to_english: Iterable[Translation],
    english: Mapping[str, list[Translation]],
    max_senses: int | None,
) -> dict[str, float]:
    """Weights of the targets that one word reaches."""
    senses = [t for t in to_english if t.target.casefold() in english]
    if max_senses is not None:
        senses = [t for t in senses if len(english[t.target.casefold()]) <= max_senses]
    scores: dict[str, float] = {}
    whole = sum(sense.weight for sense in senses)
    for sense in senses:
        targets = english[sense.target.casefold()]
        share = sense.weight / whole / sum(t.weight for t in targets)
        for translation in targets:
            scores[translation.target] = (
                scores.get(translation.target, 0.0) + share * translation.weight
            )
    return scores


def _written_in(lang: str, word: str) -> bool:
    pattern = _SCRIPT.get(lang)
    return pattern is None or pattern.search(word) is not None
