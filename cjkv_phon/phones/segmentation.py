"""Cut a string of IPA into segments, each of them one sound."""

from __future__ import annotations

import regex

from cjkv_phon.memo import Memo

# A base is a letter that stands for a sound by itself; modifier letters (ʰ ʷ ː …)
# and combining marks belong to it. Length is a modifier letter to Unicode.
LETTER = r"[\p{Ll}\p{Lo}\p{Lu}\p{Lt}]"
MODIFIER = r"[\p{M}ʰʱʲʷˠˤⁿˡʼ˞ˀˁːˑᵝᵊ--[͜͡]]"
BOUNDARY = r"\s\p{Z}\p{Cc}.|‖‿ˈˌꜜꜛ↗↘"
_MODIFIERS = f"{MODIFIER}*+"
# A stop and the fricative of its place, with marks that may stand between them.
_AFFRICATE = r"(?:[td][͈̪̺̻̠̟]*[szʃʒɕʑʂʐ]|[ʈɖ][͈̪̺̻̠̟]*[ʂʐ])"

# No groups and nothing for boundaries, so that one findall does all the work.
_SEGMENT = regex.compile(
    rf"""(?:{_AFFRICATE}|{LETTER}){_MODIFIERS}(?:[͜͡]{_MODIFIERS}{LETTER}{_MODIFIERS})*+
      | [˥˦˧˨˩]+(?:[ˀʔ˞]?[˥˦˧˨˩])*(?:ˀ|ʔ(?!{LETTER}))?
      | [⁰¹²³⁴⁵⁶⁷⁸⁹]+
      | (?<=[\p{{L}}\p{{M}}])[1-5]{{2,3}}(?![0-9])
      | [ⁿʰᵐᵑ](?:{_AFFRICATE}|{LETTER}){_MODIFIERS}
      | [^{BOUNDARY}]\p{{M}}*
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
