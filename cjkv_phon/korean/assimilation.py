"""Consonants that become like their neighbours: §17–20."""

from __future__ import annotations

from cjkv_phon.korean.juncture import INSIDE, NASAL, Juncture

PALATAL = {"ㄷ": ("", "ㅈ"), "ㅌ": ("", "ㅊ"), "ㄾ": ("ㄹ", "ㅊ")}
NASALIZED = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}


def palatalize(juncture: Juncture) -> Juncture:
    """§17: ㄷ ㅌ ㄾ before 이 or 여 of an ending or suffix are ㅈ ㅊ; ㄷ + 히 is 치.

    곧이듣다 [고지듣따], 굳이 [구지], 밭이 [바치], 벼훑이 [벼훌치], 붙여 [부처];
    굳히다 [구치다], 묻히다 [무치다], 닫혀 [다처].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(palatalize(between("밭", "이"))), str(palatalize(between("굳", "히")))
        ('|치', '|치')
    """
    if juncture.mark != INSIDE or juncture.nucleus not in "ㅣㅕ":
        return juncture
    if juncture.onset == "ㅇ" and juncture.coda in PALATAL:
        stays, moves = PALATAL[juncture.coda]
        return juncture._replace(coda=stays, onset=moves)
    if juncture.onset == "ㅎ" and juncture.coda == "ㄷ":
        return juncture._replace(coda="", onset="ㅊ")
    return juncture


def nasalize_rieul(juncture: Juncture) -> Juncture:
    """§19: ㄹ is ㄴ after every coda but ㄴ and ㄹ; after ㄴ in the class of 의견란 (§20).

    담력 [담녁], 강릉 [강능], 막론 [막논→망논], 협력 [협녁→혐녁]; 의견란 [의견난],
    임진란 [임진난], 생산량 [생산냥], 결단력 [결딴녁], 이원론 [이원논].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(nasalize_rieul(between("담", "력")))
        'ㅁ|녀'
        >>> str(nasalize_rieul(between("견", "란", NASAL)))
        'ㄴ|나'
    """
    if juncture.onset != "ㄹ" or juncture.coda in ("", "ㄹ"):
        return juncture
    if juncture.coda == "ㄴ" and juncture.mark != NASAL:
        return juncture
    return juncture._replace(onset="ㄴ")


def nasalize(juncture: Juncture) -> Juncture:
    """§18: ㄱ ㄷ ㅂ are ㅇ ㄴ ㅁ before ㄴ and ㅁ.

    먹는 [멍는], 국물 [궁물], 닫는 [단는], 있는 [인는], 밥물 [밤물], 값만 [감만].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(nasalize(between("국", "물")))
        'ㅇ|무'
    """
    if juncture.onset in "ㄴㅁ" and juncture.coda in NASALIZED:
        return juncture._replace(coda=NASALIZED[juncture.coda])
    return juncture


def lateralize(juncture: Juncture) -> Juncture:
    """§20: ㄴ beside ㄹ is ㄹ.

    난로 [날로], 신라 [실라], 광한루 [광할루]; 칼날 [칼랄], 물난리 [물랄리], 뚫는 [뚤른].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(lateralize(between("난", "로"))), str(lateralize(between("칼", "날")))
        ('ㄹ|로', 'ㄹ|라')
    """
    if juncture.coda == "ㄴ" and juncture.onset == "ㄹ":
        return juncture._replace(coda="ㄹ")
    if juncture.coda == "ㄹ" and juncture.onset == "ㄴ":
        return juncture._replace(onset="ㄹ")
    return juncture
