"""ㅎ: §12."""

from __future__ import annotations

from cjkv_phon.korean.codas import NEUTRALIZED
from cjkv_phon.korean.juncture import INSIDE, LENIS_TO_ASPIRATE, Juncture

# A coda that ends in ㅎ, without it.
WITHOUT_HIEUT = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}

# A coda before ㅎ: what stays, and what becomes aspirated with it.
BEFORE_HIEUT = {
    "ㄱ": ("", "ㄱ"), "ㄺ": ("ㄹ", "ㄱ"), "ㄷ": ("", "ㄷ"), "ㅂ": ("", "ㅂ"),
    "ㄼ": ("ㄹ", "ㅂ"), "ㅈ": ("", "ㅈ"), "ㄵ": ("ㄴ", "ㅈ"),
}  # fmt: skip


def hieut(juncture: Juncture) -> Juncture:
    """§12.1–4: a coda ㅎ joins ㄱ ㄷ ㅈ, makes ㅅ tense, is ㄴ before ㄴ, else falls.

    놓고 [노코], 많고 [만코], 닳지 [달치]; 닿소 [다쏘], 싫소 [실쏘]; 놓는 [논는],
    않는 [안는], 뚫네 [뚤네→뚤레]; 낳은 [나은], 많아 [마나].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(hieut(between("놓", "고"))), str(hieut(between("싫", "소")))
        ('|코', 'ㄹ|쏘')
    """
    if juncture.coda not in WITHOUT_HIEUT:
        return juncture
    rest, onset = WITHOUT_HIEUT[juncture.coda], juncture.onset
    if onset in LENIS_TO_ASPIRATE and onset != "ㅂ":
        return juncture._replace(coda=rest, onset=LENIS_TO_ASPIRATE[onset])
    if onset == "ㅅ":
        return juncture._replace(coda=rest, onset="ㅆ")
    if onset == "ㄴ":
        return juncture._replace(coda=rest or "ㄴ")
    if onset == "ㅇ":
        return juncture._replace(coda=rest)
    return juncture._replace(coda=rest or "ㄷ")


def aspirate(juncture: Juncture) -> Juncture:
    """§12.1 [붙임]: ㄱ ㄷ ㅂ ㅈ and ㅎ after them become ㅋ ㅌ ㅍ ㅊ.

    각하 [가카], 먹히다 [머키다], 밝히다 [발키다], 맏형 [마텽], 좁히다 [조피다],
    넓히다 [널피다], 꽂히다 [꼬치다], 앉히다 [안치다]; ㅅ ㅊ ㅌ are ㄷ first:
    숱하다 [수타다], 꽃 한 송이 [꼬탄송이].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(aspirate(between("밝", "히"))), str(aspirate(between("숱", "하")))
        ('ㄹ|키', '|타')
    """
    if juncture.onset != "ㅎ":
        return juncture
    coda = juncture.coda
    if coda not in BEFORE_HIEUT or (juncture.mark != INSIDE and coda in ("ㅈ", "ㄵ")):
        coda = NEUTRALIZED.get(coda, coda)
    if coda not in BEFORE_HIEUT:
        return juncture
    rest, lenis = BEFORE_HIEUT[coda]
    return juncture._replace(coda=rest, onset=LENIS_TO_ASPIRATE[lenis])
