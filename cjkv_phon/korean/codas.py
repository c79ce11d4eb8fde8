"""Codas: §8–11 (seven sounds), §15 (before another word), §16 (names of letters)."""

from __future__ import annotations

from cjkv_phon.korean.juncture import INSERT, WORD, Juncture

# §9–11: what a coda is at the end of a word and before a consonant.
NEUTRALIZED = {
    "ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ",
    "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ", "ㅌ": "ㄷ", "ㅎ": "ㄷ",
    "ㅍ": "ㅂ", "ㅄ": "ㅂ", "ㄿ": "ㅂ",
    "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄻ": "ㅁ",
    "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ", "ㅀ": "ㄹ",
}  # fmt: skip

# §16: 디귿 지읒 치읓 키읔 티읕 피읖 히읗 and the sound of their coda before a vowel.
LETTER_NAMES = {"귿": "ㅅ", "읒": "ㅅ", "읓": "ㅅ", "읔": "ㄱ", "읕": "ㅅ", "읖": "ㅂ", "읗": "ㅅ"}

# §10: 밟- is [밥] before a consonant, 넓- is [넙] in 넓죽하다 and 넓둥글다.
TREAD = "밟"
BROAD = "넓"
BROAD_BEFORE = frozenset(("ㅉㅜ", "ㅉㅓ", "ㄸㅜ"))


def letter_names(juncture: Juncture) -> Juncture:
    """§16: before a vowel, the names of the letters link as 디귿이 [디그시].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(letter_names(between("귿", "이")))
        'ㅅ|이'
    """
    if juncture.onset == "ㅇ" and juncture.left in LETTER_NAMES:
        return juncture._replace(coda=LETTER_NAMES[juncture.left])
    return juncture


def word_end(juncture: Juncture) -> Juncture:
    """§15: before a lexical morpheme in a vowel or ㅎ, the coda is neutralised first.

    밭 아래 [바다래], 늪 앞 [느바], 젖어미 [저더미], 맛없다 [마덥따], 겉옷 [거돋],
    값어치 [가버치]; 옷 한 벌 [오탄벌] (§12).

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(word_end(between("밭", "아", WORD)))
        'ㄷ|아'
    """
    if juncture.mark in (WORD, INSERT) and juncture.onset in "ㅇㅎ":
        return juncture._replace(coda=NEUTRALIZED.get(juncture.coda, juncture.coda))
    return juncture


def neutralize(juncture: Juncture) -> Juncture:
    """§8–11: of the codas only ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅇ are heard before a consonant.

    닦다 [닥따], 키읔과 [키윽꽈], 웃다 [욷따], 앞 [압], 넋과 [넉꽈], 앉다 [안따],
    여덟 [여덜], 핥다 [할따], 값 [갑]; 닭 [닥], 삶 [삼], 읊고 [읍꼬]; but 밟다
    [밥따] and 넓죽하다 [넙쭈카다].

    Example:
        >>> from cjkv_phon.korean.juncture import between
        >>> str(neutralize(between("앞", "만")))
        'ㅂ|마'
    """
    coda = juncture.coda
    if coda not in NEUTRALIZED or juncture.onset == "ㅇ":
        return juncture
    if coda == "ㄼ" and (
        juncture.left == TREAD
        or (juncture.left == BROAD and juncture.onset + juncture.nucleus in BROAD_BEFORE)
    ):
        return juncture._replace(coda="ㅂ")
    return juncture._replace(coda=NEUTRALIZED[coda])
