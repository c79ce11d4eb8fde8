"""Rules for words whose reading the words beside them decide: 方, 家, 川, 金, 行った ….

Each is a function with the name of its case; it returns a reading or None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from cjkv_phon.japanese.compounds import rendaku
from cjkv_phon.japanese.kana import voiced
from cjkv_phon.japanese.numerals import value
from cjkv_phon.japanese.words import Word

Rule = Callable[[Sequence[Word], int], "str | None"]

_KATAKANA = regex.compile(r"[\p{Katakana}ー]+")
_NOUN_TO_JOIN = frozenset(("一般", "サ変可能", "サ変形状詞可能"))


def _before(words: Sequence[Word], index: int) -> Word | None:
    return words[index - 1] if index else None


def _after(words: Sequence[Word], index: int) -> Word | None:
    return words[index + 1] if index + 1 < len(words) else None


def _is_name(word: Word | None) -> bool:
    return word is not None and word.pos[1] == "固有名詞"


def _is_plain_noun(word: Word | None) -> bool:
    return word is not None and word.pos[0] == "名詞" and word.pos[1] == "普通名詞"


def _foreign(word: Word | None) -> bool:
    return word is not None and _KATAKANA.fullmatch(word.text) is not None


def kata_person(words: Sequence[Word], index: int) -> str | None:
    """方 is かた for a person: after a person's noun and の, a past verb, お, この.

    かた: スタッフの方, 登場された方, この方. ほう: こちらの方が大きい, 左の方.
    """
    word, before, after = words[index], _before(words, index), _after(words, index)
    if word.reading not in ("ほう", "かた") or before is None or word.pos[0] == "接尾辞":
        return None
    if _person(before) and before.pos[0] != "助詞":
        return "がた"
    direction = (
        after is not None and after.text in ("が", "に", "へ") and before.text in ("の", "た")
    )
    if before.pos[0] == "助動詞" and before.text in ("な", "ない"):
        polite = after is not None and after.text in ("に", "は", "も", "へ", "々")
        return "かた" if before.text == "な" and polite else "ほう"
    if before.text in ("た", "だ", "る") and before.pos[0] == "助動詞":
        return None if direction and after is not None and after.text == "が" else "かた"
    if before.text == "の" and index > 1:
        return "かた" if _person(words[index - 2]) else None
    return None


_PERSON = regex.compile(
    r".*(?:人|者|員|家|師|生|客|民|様|さん|方|族|男性|女性|スタッフ|ファン|メンバー|ユーザー|お子|患|達|たち)"
)


def _person(word: Word) -> bool:
    return word.pos[0] in ("名詞", "接尾辞", "代名詞") and _PERSON.fullmatch(word.text) is not None


def house_of(words: Sequence[Word], index: int) -> str | None:
    """家 is け after a name: 伊達家, ハプスブルク家."""
    before = _before(words, index)
    if before is None or before.pos[0] != "名詞":
        return None
    return "け" if _is_name(before) or _foreign(before) else None


def mountain(words: Sequence[Word], index: int) -> str | None:
    """山 is さん and 川 がわ after a foreign name: ノグ山, オリノコ川; 川 after any: 利根川."""
    before = _before(words, index)
    if words[index].text == "川" and _is_name(before):
        return "がわ"
    if not _foreign(before):
        return None
    return {"山": "さん", "川": "がわ", "海": "かい", "湖": "こ", "島": "とう", "村": "むら"}[
        words[index].text
    ]


def temple(words: Sequence[Word], index: int) -> str | None:
    """寺 is でら after a name that it is no suffix of (建仁寺 じ): 清水寺 きよみずでら."""
    return "でら" if words[index].reading == "てら" and _is_name(_before(words, index)) else None


def between(words: Sequence[Word], index: int) -> str | None:
    """間 is あいだ after この and その: この間会った."""
    before = _before(words, index)
    return "あいだ" if before is not None and before.text in ("この", "その") else None


def suffixed(words: Sequence[Word], index: int) -> str | None:
    """内 is ない, 体 たい, 上 じょう right after a noun: 構内, 生命体, 健康上."""
    before, after = _before(words, index), _after(words, index)
    if (
        before is None
        or not (_is_plain_noun(before) or _is_name(before))
        or before.pos[2] == "副詞可能"
    ):
        return None
    if after is not None and after.pos[0] == "名詞" and words[index].text == "上":
        return None
    return {
        "内": "ない",
        "体": "たい",
        "上": "じょう",
        "型": "がた",
        "性": "せい",
        "物": "ぶつ",
        "金": "きん",
    }.get(words[index].text)


def later(words: Sequence[Word], index: int) -> str | None:
    """後 is あと after この, その is ご; のち before に at the start; ご after a noun."""
    before, after = _before(words, index), _after(words, index)
    if before is not None and before.text == "その":
        return "ご"
    if before is not None and before.text == "この":
        return "あと"
    if (
        before is not None
        and before.text in ("は", "、")
        and after is not None
        and after.text == "に"
    ):
        return "のち"
    return None


def repeated(words: Sequence[Word], index: int) -> str | None:
    """々 by itself repeats the word before it: 本々 もともと is not known, 方々 is."""
    before = _before(words, index)
    return before.pieces[-1].kana or None if before is not None else None


def joined_noun(words: Sequence[Word], index: int) -> str | None:
    """A noun that is voiced as second element of compounds: 旅行会社, 収容所."""
    word, before = words[index], _before(words, index)
    if not _is_plain_noun(before) or before is None or before.pos[2] not in _NOUN_TO_JOIN:
        return None
    chance = rendaku().get((word.text, word.reading))
    return voiced(word.reading) if chance is not None and chance > 0.8 else None


def money(words: Sequence[Word], index: int) -> str | None:
    """金 is かね as a noun of its own: 金が要る, 金を貸す; きん in compounds (金メダル)."""
    before, after = _before(words, index), _after(words, index)
    alone = before is None or before.pos[0] not in ("名詞", "接頭辞", "接尾辞")
    return "かね" if alone and after is not None and after.text in ("を", "が", "も") else None


def people(words: Sequence[Word], index: int) -> str | None:
    """人 is じん after a place or a direction: ギリシア人, 西洋人."""
    before = _before(words, index)
    if before is None:
        return None
    place = before.pos[2] == "地名" or before.text.endswith(("国", "洋", "系", "市", "県"))
    return "じん" if place and before.pos[0] == "名詞" else None


def carried_out(words: Sequence[Word], index: int) -> str | None:
    """行った is おこなった of an action: 議論も行って; but 旅行も行った of a way to go."""
    before = _before(words, index)
    if before is None or index < 2 or before.text not in ("も", "は", "が", "まで"):
        return None
    action = words[index - 2]
    if action.pos[2] != "サ変可能":
        return None
    return "いっ" if action.text.endswith(_WAYS_TO_GO) else "おこなっ"


_WAYS_TO_GO = ("旅行", "出張", "留学", "散歩", "見学", "遠征", "見物", "物")


def dated(words: Sequence[Word], index: int) -> str | None:
    """生 is うまれ and 付 づけ after a date (五月一日生, 三十日付); 付 is つき after a noun."""
    before = _before(words, index)
    if before is None:
        return None
    birth = words[index].text == "生"
    if before.text == "日" and index > 1 and value(words[index - 2].text) is not None:
        return "うまれ" if birth else "づけ"
    return None if birth or not _is_plain_noun(before) or _is_date(before) else "つき"


def _is_date(word: Word) -> bool:
    return word.text.endswith(("日", "月", "年", "曜"))


def product(words: Sequence[Word], index: int) -> str | None:
    """物 is ぶつ after the noun of an action in Sino-Japanese: 建造物, 構成物."""
    before = _before(words, index)
    if before is None or before.pos[2] != "サ変可能" or not _SINO_JAPANESE.fullmatch(before.text):
        return None
    return "ぶつ"


_SINO_JAPANESE = regex.compile(r"\p{Han}{2,}")


def lacking(words: Sequence[Word], index: int) -> str | None:
    """不足 is ぶそく after a noun: 人材不足."""
    return "ぶそく" if _is_plain_noun(_before(words, index)) else None


def cup(words: Sequence[Word], index: int) -> str | None:
    """杯 is はい, a trophy, after anything but a number: 天皇杯."""
    before = _before(words, index)
    asked = before is not None and before.text == "何"
    return "はい" if before is not None and before.pos[0] == "名詞" and not asked else None


def band(words: Sequence[Word], index: int) -> str | None:
    """組 is ぐみ after a name: 海江田組."""
    return "ぐみ" if _is_name(_before(words, index)) else None


RULES: dict[str, Rule] = {
    "行っ": carried_out, "生": dated, "付": dated, "物": product, "不足": lacking,
    "杯": cup, "組": band,
    "方": kata_person, "家": house_of, "山": mountain, "川": mountain, "湖": mountain,
    "寺": temple, "間": between,
    "内": suffixed, "体": suffixed, "後": later, "会社": joined_noun, "々": repeated,
    "人": people, "金": money,
}  # fmt: skip
