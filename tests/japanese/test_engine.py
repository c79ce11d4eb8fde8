import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import Transcriber
from cjkv_phon.errors import UnsupportedOptionError

BROAD = Transcriber("ja")
NARROW = Transcriber("ja", detail="narrow", variety="tokyo-devoiced", romanization="kunrei")
TEXT = st.text(
    st.one_of(
        st.sampled_from("あいうおっんーゝヶきゃュー々今日本人三百10分ｶﾞ゙Aa 。、\n言う方学"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=8,
)


@pytest.mark.parametrize("transcriber", [BROAD, NARROW])
@settings(max_examples=60, deadline=None)
@given(tokens=st.lists(TEXT, max_size=6), spaced=st.booleans())
def test_any_text_gives_as_many_tokens_whose_units_tile_them(transcriber, tokens, spaced):
    done = transcriber(tokens, [spaced] * len(tokens))
    assert len(done) == len(tokens)
    for token, text in zip(done, tokens, strict=True):
        assert token.text == text
        ends = [0, *(unit.end for unit in token.units)]
        assert [unit.start for unit in token.units] == ends[:-1]
        assert ends[-1] == len(text)
        assert all(unit.start < unit.end for unit in token.units)
        assert token.ipa == "".join(unit.ipa for unit in token.units)


@pytest.mark.parametrize(
    ("tokens", "romanization"),
    [
        (["私", "は", "東京", "へ", "行く"], ["watashi", "wa", "tōkyō", "e", "iku"]),
        (["本", "を", "読む"], ["hon", "o", "yomu"]),
        (["今日", "は", "大人", "だ"], ["kyō", "wa", "otona", "da"]),
        (["学", "校"], ["gak", "kō"]),
        (["言っ", "て"], ["it", "te"]),
        (["こんにちは"], ["konnichiwa"]),
        (["関ヶ原"], ["sekigahara"]),
        (["人々"], ["hitobito"]),
        (["スタッフ", "の", "方", "です"], ["sutaffu", "no", "kata", "desu"]),
        (["ハプスブルク", "家"], ["hapusuburuku", "ke"]),
        (["議論", "も", "行っ", "た"], ["giron", "mo", "okonat", "ta"]),
        (["旅行", "も", "行っ", "た"], ["ryokō", "mo", "it", "ta"]),
        (["学校", "へ", "行っ", "た"], ["gakkō", "e", "it", "ta"]),
        (["三月", "十日", "付", "で"], ["sangatsu", "tōka", "zuke", "de"]),
        (["建造", "物", "も"], ["kenzō", "butsu", "mo"]),
        (["看護師", "不足", "が"], ["kangoshi", "busoku", "ga"]),
        (["二", "分", "さ", "れ", "た"], ["ni", "bun", "sa", "re", "ta"]),
        (["二", "分", "で"], ["ni", "fun", "de"]),
        (["一人", "前", "の"], ["ichinin", "mae", "no"]),
        (["一人", "で"], ["hitori", "de"]),
        (["旅行会社"], ["ryokōgaisha"]),
        (["その後"], ["sonogo"]),
        (["W", "杯"], ["W", "hai"]),
        (["そら来た"], ["sorakita"]),
        (["出側"], ["degawa"]),
        (["弱り込む"], ["yowarikomu"]),
        (["何", "が", "何", "だ", "か"], ["nani", "ga", "nan", "da", "ka"]),
        (["陽子"], ["yōshi"]),
        (["陽子", "さん"], ["yōko", "san"]),
        (["市ヶ谷"], ["ichigaya"]),
        (["三", "ヵ所"], ["san", "kasho"]),
        (["バナヽ", "と", "こゝろ"], ["banana", "to", "kokoro"]),
        (["好き", "な", "方", "に", "は"], ["suki", "na", "kata", "ni", "wa"]),
    ],
)
def test_words_are_read_in_their_sentence(tokens, romanization):
    assert BROAD(tokens).romanization == romanization


@pytest.mark.parametrize(
    ("token", "reading"),
    [
        ("安全靴", "あんぜんぐつ"),
        ("純日本風", "じゅんにほんふう"),
        ("ノーベル賞", "ノーベルしょう"),
        ("と言う", "という"),
        ("思う", "おもう"),
    ],
)
def test_readings_are_those_of_dictionaries(token, reading):
    assert BROAD([token])[0].reading == reading


def test_iu_is_read_iu_and_said_yu():
    token = BROAD(["言う"])[0]
    assert (token.reading, token.romanization, token.ipa) == ("いう", "yū", "jɯː")


def test_classical_verbs_are_said_as_they_are_today():
    assert BROAD(["思ふ"]).romanization == ["omou"]
    assert BROAD(["言ふ"]).romanization == ["yū"]


def test_every_kanji_has_its_own_furigana():
    units = BROAD(["大学生"])[0].units
    assert [(u.start, u.end, u.reading) for u in units] == [
        (0, 1, "だい"),
        (1, 2, "がく"),
        (2, 3, "せい"),
    ]


def test_a_word_that_cannot_be_divided_is_one_unit():
    assert [(u.start, u.end, u.reading) for u in BROAD(["今日"])[0].units] == [(0, 2, "きょう")]


def test_tokens_inside_an_indivisible_word_share_its_morae():
    assert [token.reading for token in BROAD(["今", "日"])] == ["きょ", "う"]


def test_half_width_and_decomposed_kana_keep_their_offsets():
    units = BROAD(["ｶﾞｷ", "か\u3099"])
    assert [(u.start, u.end, u.romanization) for u in units[0].units] == [
        (0, 2, "ga"),
        (2, 3, "ki"),
    ]
    assert [(u.start, u.end, u.romanization) for u in units[1].units] == [(0, 2, "ga")]


def test_ligatures_and_enclosed_kana_are_read_where_they_stand():
    units = BROAD(["ゟ", "🈂"])
    assert [(u.start, u.end, u.romanization) for t in units for u in t.units] == [
        (0, 1, "yori"),
        (0, 1, "sa"),
    ]


def test_digits_and_latin_pass_through_and_are_read_on_request():
    kept = BROAD(["10", "分"])
    assert (kept.romanization, kept[0].status) == (["10", "pun"], "passthrough")
    read = Transcriber("ja", foreign="read")(["10", "分", "UD"])
    assert [token.reading for token in read] == ["じゅっ", "ぷん", "ゆーでぃー"]


def test_a_kanji_without_a_word_is_unknown_but_read():
    token = BROAD(["懾"])[0]
    assert token.status == "unknown"
    assert token.units[0].end == 1


def test_a_text_of_a_million_characters_is_no_problem():
    text = "あ漢、" * 60_000
    assert BROAD([text])[0].units[-1].end == len(text)


def test_threads_share_a_transcriber():
    sentences = [["今日", "は", str(n), "日", "だ"] for n in range(60)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(BROAD, sentences)) == [BROAD(s) for s in sentences]


def test_segment_leaves_white_space_out():
    sentence = BROAD.segment("東京 に行く。")
    assert sentence.tokens == ("東京", "に", "行く", "。")
    assert sentence.spaces == (True, False, False, False)


def test_an_unknown_variety_is_refused_with_the_choices():
    with pytest.raises(UnsupportedOptionError, match="tokyo-nasal"):
        Transcriber("ja", variety="kyoto")


def test_a_transcriber_pickles():
    assert pickle.loads(pickle.dumps(NARROW))(["国"]).ipa == NARROW(["国"]).ipa


def test_no_share_of_a_reading_begins_with_n_where_it_may_not():
    assert [token.reading for token in BROAD(["耳鼻", "咽喉", "科"])] == ["じび", "いんこう", "か"]


def test_reading_is_the_same_whether_the_words_are_new_or_known():
    sentences = [
        ["一", "本", "、", "ＡＢＣ", "100", "円", "グベラ"],
        ["鬮鬮", "を", "三", "百", "匹"],
    ]
    fresh = [Transcriber("ja")(tokens) for tokens in sentences]
    known = Transcriber("ja")
    for _ in range(3):
        for tokens in sentences:
            known([*tokens, "。"])
    for tokens, first in zip(sentences, fresh, strict=True):
        assert list(known([*tokens, "。"]))[:-1] == list(first)
        assert list(known(tokens)) == list(first)


@pytest.mark.parametrize(
    "text",
    [
        "1,234.5メートル",
        "ＡＢＣ100万円",
        "二〇二四年に三千五百人",
        "㌔とｶﾞｷﾞ",
        "東京 に行った",
        "第①回はⅣから",
    ],
)
def test_what_the_analyser_does_not_load_changes_no_word(text):
    from cjkv_phon.japanese import sudachi

    found, numbers = sudachi.analysed(text)
    full = sudachi.tokenizer().tokenize(text)
    assert numbers == [m.word_id() for m in full]
    assert [m.reading_form() for m in found] == [m.reading_form() for m in full]


def test_every_spelling_of_a_word_keeps_its_own_text():
    texts = [
        "すごーい",
        "すごーーい",
        "漢字",
        "漢字（かんじ）",
        "が",
        "か゛",
        "一",
        "㆒",
        "Ａ",
        "A",
    ]
    transcriber = Transcriber("ja")
    for text in texts * 2:
        assert transcriber([text, "と"])[0].text == text


def test_a_sentence_reads_alike_in_a_block_and_alone():
    sentences = [["一", "本", "と", "グベラ"], ["学", "校"], [], ["ｶﾞ", "を"], ["", "言っ", "て"]]
    block = Transcriber("ja")
    assert [list(r) for r in block.pipe(sentences * 2)] == [
        list(Transcriber("ja")(s)) for s in sentences * 2
    ]


def test_stored_sums_are_those_of_the_counts():
    from cjkv_phon.japanese.kanji import cost_of, costs, kanji_readings

    for kanji in "一生日本上下鬱":
        assert cost_of(kanji) == pytest.approx(costs(kanji_readings(kanji)), abs=1e-3)


def test_what_one_transcriber_printed_another_does_not_repeat():
    sentence = ["旅行", "会社", "九六", "年", "十", "日", "3", "本"]
    options = {"detail": "narrow", "romanization": "kunrei"}
    alone = Transcriber("ja", **options)(sentence)
    BROAD(["会社", "の", *sentence])
    BROAD(sentence)
    after = Transcriber("ja", **options)(sentence)
    assert after.ipa == alone.ipa
    assert after.romanization == alone.romanization
    assert after.romanization[4] == "tô"
