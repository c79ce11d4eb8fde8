"""Lenis onsets that become tense: §23, §25, and §24–28 where the lexicon asks for it."""

from __future__ import annotations

from cjkv_phon.korean.juncture import LENIS_TO_TENSE, PLAIN, TENSE, Juncture

OBSTRUENTS = frozenset("ㄱㄲㅋㄳㄺㄷㅅㅆㅈㅊㅌㅂㅍㄿㅄㄵ")
LATERAL_CLUSTERS = frozenset("ㄼㄾ")

# Nouns in ㄺ are [ㄱ] before ㄱ too; in verb stems it is ㄹ that stays (§11).
NOUNS_IN_LG = frozenset("닭흙칡슭삵")
# A noun: no verb stem, so §25 leaves 여덟도 [여덜도] alone.
EIGHT = "덟"


def tensify(juncture: Juncture) -> Juncture:
    """§23–28: a lenis onset is tense after an obstruent and where the lexicon says so.

    §23 국밥 [국빱], 깎다 [깍따], 옷고름 [옫꼬름], 값지다 [갑찌다]; §25 넓게 [널께],
    핥다 [할따]; §24 신고 [신꼬], §26 갈등 [갈뜽], §27 할 것을 [할꺼슬], §28 문고리
    [문꼬리] by the mark of the juncture.

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(tensify(between("국", "밥"))), str(tensify(between("문", "고", TENSE)))
        ('ㄱ|빠', 'ㄴ|꼬')
    """
    if juncture.onset not in LENIS_TO_TENSE or juncture.mark == PLAIN:
        return juncture
    if juncture.left == EIGHT:
        return juncture
    if (
        juncture.mark == TENSE
        or juncture.coda in OBSTRUENTS
        or (juncture.coda in LATERAL_CLUSTERS and juncture.onset != "ㅂ")
    ):
        return juncture._replace(onset=LENIS_TO_TENSE[juncture.onset])
    return juncture


def stem_in_lg(juncture: Juncture) -> Juncture:
    """§11 [다만]: ㄺ of a verb stem is ㄹ before ㄱ: 맑게 [말께], 얽거나 [얼꺼나].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(stem_in_lg(between("맑", "게"))), str(stem_in_lg(between("닭", "과")))
        ('ㄹ|께', 'ㄺ|과')
    """
    if juncture.coda == "ㄺ" and juncture.onset == "ㄱ" and juncture.left not in NOUNS_IN_LG:
        return juncture._replace(coda="ㄹ", onset="ㄲ")
    return juncture
