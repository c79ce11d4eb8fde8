"""Vowels that are not spoken as they are written: §5."""

from __future__ import annotations

from cjkv_phon.korean.hangul import Syllable

PALATALS = frozenset("ㅈㅉㅊ")
WITHOUT_GLIDE = {"ㅑ": "ㅏ", "ㅒ": "ㅐ", "ㅕ": "ㅓ", "ㅖ": "ㅔ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}


def spoken_nucleus(written: Syllable, onset: str) -> str:
    """Return the nucleus of a syllable whose onset is spoken as ``onset``.

    §5.1: 져 쪄 쳐 are [저 쩌 처]: 가져 [가저], 다쳐 [다처], 붙여 [부처]. §5.3: ㅢ after
    a written consonant is ㅣ: 희망 [히망], 띄어쓰기 [띠어쓰기]. The readings that §5
    only permits (주의 [주이], 우리의 [우리에], 시계 [시게]) are not taken.

    Example:
        >>> from cjkv_phon.korean.hangul import decompose
        >>> spoken_nucleus(decompose("희"), "ㅎ"), spoken_nucleus(decompose("져"), "ㅈ")
        ('ㅣ', 'ㅓ')
    """
    nucleus = written.nucleus
    if onset in PALATALS:
        nucleus = WITHOUT_GLIDE.get(nucleus, nucleus)
    if nucleus == "ㅢ" and written.onset != "ㅇ":
        return "ㅣ"
    return nucleus
