"""々 across the boundary of two words: 民主々義 is written for 民主主義.

The dictionary has words with 々 (人々 ひとびと) and reads them best. A 々 that is in none
of them stands for the kanji before it, and two for the two before (部分々々): written out,
the dictionary knows the word.
"""

from __future__ import annotations

from itertools import accumulate, pairwise

import regex

from cjkv_phon.japanese import sudachi

MARK = "々"
_MARKS = regex.compile(f"{MARK}+")
_REPEATABLE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}--々]+", regex.VERSION1)


def write_out(text: str) -> str:
    """Write out each 々 that is in no word of the dictionary.

    Args:
        text: A text in normal form.

    Returns:
        A text of the same length; a mark with nothing to repeat stays.

    Example:
        >>> write_out("民主々義の人々"), write_out("部分々々"), write_out("々")
        ('民主主義の人々', '部分部分', '々')
    """
    if MARK not in text:
        return text
    out = list(text)
    for start, morpheme in sudachi.morphemes(text):
        surface = morpheme.surface()
        end = start + len(surface)
        if _MARKS.fullmatch(surface) is None or (start and text[start - 1] == MARK):
            continue
        while end < len(text) and text[end] == MARK:
            end += 1
        repeated = text[max(0, 2 * start - end) : start]
        if len(repeated) == end - start and _REPEATABLE.fullmatch(repeated) is not None:
            out[start:end] = repeated
    return "".join(out)


def write_out_tokens(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Write out 々 in tokens that are read together.

    Returns:
        As many tokens, each of the same length; the same tuple where nothing changes.

    Example:
        >>> write_out_tokens(("会社", "々", "長"))
        ('会社', '社', '長')
    """
    text = "".join(tokens)
    written = write_out(text)
    if written == text:
        return tokens
    offsets = accumulate(map(len, tokens), initial=0)
    return tuple([written[start:end] for start, end in pairwise(offsets)])
