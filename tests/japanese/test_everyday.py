"""Everyday sentences: readings that a word's neighbours, or what it is a part of, decide."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.japanese.collocations import collocations, nouns
from cjkv_phon.japanese.kana import is_kana
from cjkv_phon.japanese.phrases import phrases
from cjkv_phon.japanese.preferences import preferences

BROAD = Transcriber("ja")
READ = Transcriber("ja", foreign="read")


def readings(tokens: str) -> str:
    return " ".join(token.reading for token in BROAD(tokens.split(" ")))


def raw(text: str) -> str:
    return "".join(token.reading for token in BROAD.transcribe_text(text))


def test_a_character_that_is_normalised_to_several_is_one_token():
    assert [token.text for token in BROAD.transcribe_text("尊い…え‥")] == ["尊い", "…", "え", "‥"]


@pytest.mark.parametrize(
    ("expression", "reading"),
    [
        ("一昨日", "おととい"),
        ("一石二鳥", "いっせきにちょう"),
        ("一期一会", "いちごいちえ"),
        ("七五三", "しちごさん"),
        ("十人十色", "じゅうにんといろ"),
        ("七転び八起き", "ななころびやおき"),
        ("二束三文", "にそくさんもん"),
        ("二人三脚", "ににんさんきゃく"),
        ("十中八九", "じっちゅうはっく"),
        ("二日酔い", "ふつかよい"),
        ("一日中", "いちにちじゅう"),
        ("何曜日", "なんようび"),
    ],
)
def test_an_expression_is_read_as_a_whole(expression, reading):
    assert readings(expression) == reading
    assert raw(f"{expression}だ。") == f"{reading}だ"


def test_pieces_of_an_expression_share_its_reading():
    assert readings("一 期 一 会 の") == "いち ご いち え の"
    assert readings("一 昨日").replace(" ", "") == "おととい"


def test_a_number_and_its_counter_are_no_expression():
    assert readings("十八番 の バス") == "じゅうはちばん の バス"
    assert readings("三本 と 三 本") == "さんぼん と さん ぼん"


@pytest.mark.parametrize(
    ("token", "reading"),
    [
        ("神田川", "かんだがわ"),
        ("利根川", "とねがわ"),
        ("中田英寿", "なかたひでとし"),
        ("本田翼", "ほんだつばさ"),
        ("清水寺", "きよみずでら"),
        ("高山植物", "こうざんしょくぶつ"),
        ("神田駅", "かんだえき"),
        ("富士山", "ふじさん"),
        ("この間", "このあいだ"),
        ("円安", "えんやす"),
    ],
)
def test_parts_of_a_token_are_names_or_words_of_their_own(token, reading):
    assert readings(token) == reading


@pytest.mark.parametrize(
    ("tokens", "reading"),
    [
        ("何 か 食べる", "なに か たべる"),
        ("何 より 好き だ", "なに より すき だ"),
        ("何 に なる", "なに に なる"),
        ("何 に も", "なん に も"),
        ("何 で も", "なん で も"),
        ("何 か月", "なん かげつ"),
        ("何 匹 いる", "なん びき いる"),
        ("何 杯 飲む", "なん ばい のむ"),
        ("何 分 かかる", "なん ぷん かかる"),
        ("何 階 です か", "なん がい です か"),
        ("何 軒 ある", "なん げん ある"),
        ("何 日 に 来る", "なん にち に くる"),
        ("何 色 が いい", "なに いろ が いい"),
        ("何時 です か", "なんじ です か"),
        ("何時 か 行く", "いつ か いく"),
        ("何時 か 分かる", "なんじ か わかる"),
        ("何時 も", "いつ も"),
    ],
)
def test_nani_and_nan(tokens, reading):
    assert readings(tokens) == reading


@pytest.mark.parametrize(
    ("tokens", "reading"),
    [
        ("家 中 を", "いえ じゅう を"),
        ("部屋 中 に", "へや じゅう に"),
        ("体 中 が", "からだ じゅう が"),
        ("国中 に", "くにじゅう に"),
        ("東京 中 の", "とうきょう じゅう の"),
        ("今日 中 に", "きょう じゅう に"),
        ("一 晩 中", "ひと ばん じゅう"),
        ("三 日 中 に", "みっ か ちゅう に"),
        ("会議 中 です", "かいぎ ちゅう です"),
        ("今週 中 に", "こんしゅう ちゅう に"),
        ("午前 中 は", "ごぜん ちゅう は"),
        ("箱 の 中 に", "はこ の なか に"),
        ("エジプト 中 王国", "エジプト ちゅう おうこく"),
    ],
)
def test_chu_and_ju(tokens, reading):
    assert readings(tokens) == reading


@pytest.mark.parametrize(
    ("tokens", "reading"),
    [
        ("箱 を 開ける", "はこ を あける"),
        ("ゴミ 箱 を", "ゴミ ばこ を"),
        ("上 の 階 が", "うえ の かい が"),
        ("米 を 買う", "こめ を かう"),
        ("仏 を 拝む", "ほとけ を おがむ"),
        ("実 が なる", "み が なる"),
        ("実 を 言う と", "じつ を いう と"),
        ("年 が 明ける", "とし が あける"),
        ("2020 年 に", " ねん に"),
        ("最新 版 を", "さいしん ばん を"),
    ],
)
def test_a_noun_of_its_own_is_read_otherwise_than_in_a_compound(tokens, reading):
    assert readings(tokens) == reading


@pytest.mark.parametrize(
    ("tokens", "reading"),
    [
        ("お腹 が 空い た", "おなか が すい た"),
        ("席 が 空い た", "せき が あい た"),
        ("窓 が 開く", "まど が あく"),
        ("会議 を 開く", "かいぎ を ひらく"),
        ("道 が 開か れる", "みち が ひらか れる"),
        ("似顔絵 を 描い た", "にがおえ を かい た"),
        ("夢 を 描く", "ゆめ を えがく"),
        ("カレー は 辛い", "カレー は からい"),
        ("辛い 料理", "からい りょうり"),
        ("人生 は 辛い", "じんせい は つらい"),
        ("子供 を 抱く", "こども を だく"),
        ("疑問 を 抱く", "ぎもん を いだく"),
    ],
)
def test_a_verb_is_read_by_its_noun(tokens, reading):
    assert readings(tokens) == reading


@pytest.mark.parametrize(
    ("tokens", "reading"),
    [
        ("二 、 三 日", "に  さん にち"),
        ("三 、 四 日", "さん  よっ か"),
        ("四 、 五 日", "し  ご にち"),
        ("七 、 八 年", "しち  はち ねん"),
        ("一 、 二 、 三", "いち  に  さん"),
        ("三 割 五 分", "さん わり ご ぶ"),
        ("三割五分", "さんわりごぶ"),
        ("三 時 五 分", "さん じ ご ふん"),
        ("零 時", "れい じ"),
        ("二〇一〇 年", "にぜろいちぜろ ねん"),
    ],
)
def test_estimates_and_tenths(tokens, reading):
    assert readings(tokens) == reading


def test_a_reading_of_one_kanji_may_hold_two_morphemes():
    assert BROAD(["湖", "と", "炎"]).romanization == ["mizuumi", "to", "honoo"]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("¥1000", "せんえん"),
        ("¥4", "よえん"),
        ("$5", "ごどる"),
        ("3.5", "さんてんご"),
        ("0.5", "れいてんご"),
        ("10.25秒", "じゅってんにごびょう"),
        ("090-1234", "ぜろきゅうぜろいちにさんよん"),
        ("2-13", "にじゅうさん"),
        ("05分", "ごふん"),
        ("1+1", "いちいち"),
    ],
)
def test_figures_are_read_as_what_they_are(text, reading):
    assert "".join(token.reading for token in READ.transcribe_text(text)) == reading


def test_figures_pass_through_where_they_are_not_read():
    assert BROAD.transcribe_text("¥1000と3.5").romanization == ["¥", "1000", "to", "3.5"]


def test_tables_hold_kana_and_different_readings():
    kana = [*phrases().values(), *preferences().values()]
    kana += [reading for reading, _ in nouns().values()]
    for rows in collocations().values():
        for row in rows:
            kana += [row.usual, row.reading]
            assert row.usual != row.reading
            assert row.nouns
    assert all(map(is_kana, kana))
