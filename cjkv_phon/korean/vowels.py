"""Vowels that are not spoken as they are written: §5."""

from __future__ import annotations

PALATALS = frozenset("ㅈㅉㅊ")
WITHOUT_GLIDE = {"ㅑ": "ㅏ", "ㅒ": "ㅐ", "ㅕ": "ㅓ", "ㅖ": "ㅔ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}


def after_written_onset(onset: str, nucleus: str) -> str:
    """§5.3: ㅢ after a written consonant is ㅣ: 희망 [히망], 띄어쓰기 [띠어쓰기].

    The readings of ㅢ that §5.4 only permits (주의 [주이], 우리의 [우리에]) are not taken,
    nor that of ㅖ (시계 [시게]).

    Example:
        >>> after_written_onset("ㅎ", "ㅢ"), after_written_onset("ㅇ", "ㅢ")
        ('ㅣ', 'ㅢ')
    """
    return "ㅣ" if nucleus == "ㅢ" and onset != "ㅇ" else nucleus


def spoken_nucleus(nucleus: str, onset: str) -> str:
    """§5.1: 져 쪄 쳐 are [저 쩌 처]: 가져 [가저], 다쳐 [다처], 붙여 [부처].

    Args:
        nucleus: Nucleus as written.
        onset: Onset as spoken.

    Example:
        >>> spoken_nucleus("ㅕ", "ㅈ"), spoken_nucleus("ㅕ", "ㄱ")
        ('ㅓ', 'ㅕ')
    """
    return WITHOUT_GLIDE.get(nucleus, nucleus) if onset in PALATALS else nucleus
