"""Cut a string of IPA into segments, each of them one sound."""

from __future__ import annotations

import regex

from cjkv_phon.memo import Memo

# A base is a letter that stands for a sound by itself; modifier letters (ʰ ʷ ː …)
# and combining marks belong to it. Length is a modifier letter to Unicode.
_MODIFIER = r"[\p{M}ʰʱʲʷˠˤⁿˡʼ˞ˀˁːˑᵝᵊ--[͜͡]]"
_LETTER = r"[\p{L}--[\p{Lm}]]"
_BASE = rf"{_LETTER}{_MODIFIER}*"
# Marks that may stand between the two halves of an affricate written without a tie.
_INSIDE = r"[͈̪̺̻̠̟]*"

_BOUNDARY = r"\s\p{Z}\p{Cc}.|‖‿ˈˌꜜꜛ↗↘"

# No groups and nothing for boundaries, so that one findall does all the work.
_SEGMENT = regex.compile(
    rf"""[ⁿʰᵐᵑ]?
         (?: (?:[td]{_INSIDE}(?:[szʃʒɕʑʂʐ])|[ʈɖ]{_INSIDE}[ʂʐ]){_MODIFIER}* | {_BASE})
         (?:[͜͡]{_MODIFIER}*{_BASE})*
      | [˥˦˧˨˩]+(?:[ˀʔ˞]?[˥˦˧˨˩])*(?:ˀ|ʔ(?!{_LETTER}))?
      | [⁰¹²³⁴⁵⁶⁷⁸⁹]+
      | (?<=[\p{{L}}\p{{M}}])[1-5]{{2,3}}(?![0-9])
      | [^{_BOUNDARY}]\p{{M}}*
    """,
    regex.VERBOSE | regex.VERSION1 | regex.DOTALL,
)


def _cut(ipa: str) -> tuple[str, ...]:
    return tuple(_SEGMENT.findall(ipa))


_CUT: Memo[str, tuple[str, ...]] = Memo(_cut)


def segments(ipa: str) -> tuple[str, ...]:
    """Cut IPA into segments.

    A segment is a base with everything that belongs to it: ties (``t͡ɕʰ``,
    ``ŋ͡m``), diacritics (``k̚``, ``p͈``), length (``oː``). A stop and the
    fricative of its own place are one affricate even without a tie (``tɕ``,
    ``ts``, ``dʑ``, ``ʈʂ``). The tone letters of a syllable are one segment,
    glottalization included (``˧˥``, ``˧ˀ˥``); so are tone numbers, superscript
    or two and three digits after a letter. White space, syllable dots, stress
    and intonation marks separate and are left out. What is not IPA is kept,
    one character a segment.

    Where a transcription came from this package, `Unit.segments` is known by
    construction and better than any guess from the string.

    Args:
        ipa: A transcription.

    Returns:
        The segments, in order, as they were written.

    Example:
        >>> segments("t͡ɕʰik̚ tɕɤŋ˥˩")
        ('t͡ɕʰ', 'i', 'k̚', 'tɕ', 'ɤ', 'ŋ', '˥˩')
    """
    return _CUT[ipa]
