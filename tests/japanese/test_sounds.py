import pytest

from cjkv_phon import Transcriber
from cjkv_phon.evaluation import folding_table, normalizer
from cjkv_phon.japanese.kana import expand_iteration, mora_table

NARROW = Transcriber("ja", detail="narrow")
BROAD = Transcriber("ja")


@pytest.mark.parametrize(
    ("word", "segments"),
    [
        ("さんか", "s ã̠ ŋ k a̠"),
        ("さんぽ", "s ã̠ m p o̞"),
        ("さんま", "s ã̠ mː a̠"),
        ("せんせい", "s ẽ̞ ɰ̃ s e̞ː"),
        ("ほん", "h õ̞ ɴ"),
        ("にっき", "ɲ̟ i k̚ʲ kʲ i"),
        ("ざっし", "d͡z a̠ ɕː i"),
        ("まっちゃ", "m a̠ t̚ t͡ɕ a̠"),
        ("すうじ", "s ɨᵝː ʑ i"),
        ("ワイン", "ɰᵝ a̠ ĩ ɴ"),
        ("おもう", "o̞ m o̞ ɯ̟ᵝ"),
        ("ひゃく", "ç a̠ k ɯ̟ᵝ"),
    ],
)
def test_narrow_is_written_as_english_wiktionary_does(word, segments):
    assert NARROW([word])[0].segments == tuple(segments.split())


@pytest.mark.parametrize(
    ("word", "ipa"),
    [("とうきょう", "toːkʲoː"), ("にっき", "nikki"), ("ざっし", "zaɕɕi"), ("ほん", "hoɴ")],
)
def test_broad_writes_one_symbol_a_phoneme(word, ipa):
    assert BROAD([word])[0].ipa == ipa


@pytest.mark.parametrize(
    "word", ["さんま", "にっき", "ざっし", "かんい", "すうじ", "じしん", "さんねん"]
)
def test_narrow_folds_into_broad(word):
    fold = normalizer(folding_table("ja"))
    assert fold(NARROW([word])[0].ipa) == fold(BROAD([word])[0].ipa)


@pytest.mark.parametrize(
    ("word", "hepburn", "kunrei", "wapuro"),
    [
        ("しんぶん", "shinbun", "sinbun", "shinbun"),
        ("こうふ", "kōfu", "kôhu", "koufu"),
        ("きんいろ", "kin'iro", "kin'iro", "kin'iro"),
        ("まっちゃ", "matcha", "mattya", "maccha"),
        ("コーヒー", "kōhī", "kôhî", "ko-hi-"),
        ("えいが", "eiga", "eiga", "eiga"),
        ("おいしい", "oishii", "oisî", "oishii"),
        ("ティッシュ", "tisshu", "tissyu", "tisshu"),
    ],
)
def test_romanizations(word, hepburn, kunrei, wapuro):
    for name, spelled in (("hepburn", hepburn), ("kunrei", kunrei), ("wapuro", wapuro)):
        assert Transcriber("ja", romanization=name)([word]).romanization == [spelled]


@pytest.mark.parametrize(
    ("variety", "word", "ipa"),
    [
        ("tokyo", "かがみ", "kaɡami"),
        ("tokyo-nasal", "かがみ", "kaŋami"),
        ("tokyo-nasal", "がくせい", "ɡakɯseː"),
        ("spelling", "がくせい", "ɡakɯsei"),
    ],
)
def test_varieties(variety, word, ipa):
    assert Transcriber("ja", variety=variety)([word]).ipa == [ipa]


def test_i_and_u_lose_their_voice_between_voiceless_consonants():
    devoiced = Transcriber("ja", detail="narrow", variety="tokyo-devoiced")
    assert devoiced(["きた", "すき", "きた"]).ipa[:2] == ["kʲi̥ta̠", "sɨ̥ᵝkʲi"]


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("きっぷ", "kʲi̥p̚pɯ̟ᵝ"),
        ("切符", "kʲi̥p̚pɯ̟ᵝ"),
        ("くっし", "kɯ̟̊ᵝɕːi"),
        ("きっちか", "kʲi̥t̚t͡ɕika̠"),
        ("キッド", "kʲid̚do̞"),
        ("しっ", "ɕiʔ"),
    ],
)
def test_devoicing_looks_through_a_geminate_at_its_consonant(word, ipa):
    devoiced = Transcriber("ja", detail="narrow", variety="tokyo-devoiced")
    assert devoiced([word]).ipa == [ipa]


def test_devoicing_looks_through_a_geminate_into_the_next_token():
    devoiced = Transcriber("ja", detail="narrow", variety="tokyo-devoiced")
    assert devoiced(["きっ", "た"]).ipa == ["kʲi̥t̚", "ta̠"]


def test_long_vowels_stay_inside_a_morpheme():
    assert BROAD(["にじいろ"]).ipa == ["niʑiiɾo"]
    assert BROAD(["おにいさん"]).ipa == ["oniːsaɴ"]


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("ソフトウエア", "soɸɯtoɯea"),
        ("アイシャドウ", "aiɕadoː"),
        ("てぇ", "teː"),
        ("しーん", "ɕiːɴ"),
        ("んー", "ɴ"),
        ("ゐゅ", "jɯ"),
        ("ゑびす", "ebisɯ"),
        ("ヱヴァンゲリヲン", "ebaɴɡeɾioɴ"),
    ],
)
def test_loans_small_and_old_kana(word, ipa):
    assert BROAD([word]).ipa == [ipa]


def test_odd_lengthening_is_harmless():
    assert BROAD(["んー", "ー", "っー"]).romanization[0].startswith("n")


def test_iteration_marks_are_written_out():
    assert expand_iteration("いすゞのこゝろ") == "いすずのこころ"


def test_every_mora_has_a_vowel_and_three_spellings():
    assert all(
        mora.vowel in "aiueo" and mora.hepburn and mora.kunrei and mora.wapuro
        for mora in mora_table().values()
    )


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("のんべえ", "noɴbeː"),  # 飲ん兵衛: べえ is one morpheme
        ("じんべえ", "ʑiɴbeː"),
        ("まんぼう", "maɴboː"),  # 翻車魚: the kanji cannot be divided
        ("いいまわし", "iimawaɕi"),  # 言い回し
        ("もちいる", "mot͡ɕiːɾɯ"),  # 用いる: an ending
        ("おうしざ", "oɯɕiza"),  # 雄牛 inside 牡牛座
        ("たぬきねいり", "tanɯkineiɾi"),  # 寝入り inside 狸寝入り
        ("たけのうち", "takenoɯt͡ɕi"),
        ("れいのうりょく", "ɾeːnoːɾʲokɯ"),  # not れい|の|うり|ょく
        ("こうはいい", "koːhaii"),  # ai.i
        ("かっこいい", "kakkoiː"),
    ],
)
def test_words_inside_a_word_show_where_its_vowels_are_long(word, ipa):
    assert BROAD([word]).ipa == [ipa]
