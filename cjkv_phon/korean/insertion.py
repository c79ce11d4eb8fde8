"""Sounds that are added between words: §29, and sai-siot (§30)."""

from __future__ import annotations

from cjkv_phon.korean.juncture import INSERT, IOTATED, Juncture


def insert_nieun(juncture: Juncture) -> Juncture:
    """§29: between a coda and 이 야 여 요 유 of the next word ㄴ is inserted.

    솜이불 [솜니불], 꽃잎 [꼰닙], 한여름 [한녀름], 색연필 [생년필], 솔잎 [솔립],
    서울역 [서울력], 옷 입다 [온닙따]. After a sai-siot the same (§30.3): 깻잎 [깬닙],
    나뭇잎 [나문닙].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(insert_nieun(between("솜", "이", INSERT)))
        'ㅁ|니'
    """
    if (
        juncture.mark == INSERT
        and juncture.coda
        and juncture.onset == "ㅇ"
        and juncture.nucleus in IOTATED
    ):
        return juncture._replace(onset="ㄴ")
    return juncture
