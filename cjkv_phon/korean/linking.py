"""A coda moves to the empty onset after it: §13–14."""

from __future__ import annotations

from cjkv_phon.korean.juncture import Juncture

# A cluster before a vowel: what stays and what moves; ㅅ of a cluster is tense (§14).
SPLIT = {
    "ㄳ": ("ㄱ", "ㅆ"), "ㄵ": ("ㄴ", "ㅈ"), "ㄺ": ("ㄹ", "ㄱ"), "ㄻ": ("ㄹ", "ㅁ"),
    "ㄼ": ("ㄹ", "ㅂ"), "ㄽ": ("ㄹ", "ㅆ"), "ㄾ": ("ㄹ", "ㅌ"), "ㄿ": ("ㄹ", "ㅍ"),
    "ㅄ": ("ㅂ", "ㅆ"),
}  # fmt: skip


def link(juncture: Juncture) -> Juncture:
    """§13–14: before a vowel a coda moves to the next syllable; of two, the second.

    깎아 [까까], 옷이 [오시], 꽃을 [꼬츨]; 넋이 [넉씨], 앉아 [안자], 닭을 [달글],
    핥아 [할타], 값을 [갑쓸]. ㅇ stays where it is.

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(link(between("값", "을"))), str(link(between("옷", "이")))
        ('ㅂ|쓰', '|시')
    """
    coda = juncture.coda
    if juncture.onset != "ㅇ" or coda in ("", "ㅇ"):
        return juncture
    stays, moves = SPLIT.get(coda, ("", coda))
    return juncture._replace(coda=stays, onset=moves)
