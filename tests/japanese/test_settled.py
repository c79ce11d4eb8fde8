"""Words read without the analyser: as the analyser reads them, and only where they may be."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjkv_phon import Transcriber
from cjkv_phon.engine import Options, Sentence
from cjkv_phon.japanese import lexicon
from cjkv_phon.japanese.engine import JapaneseEngine, create
from cjkv_phon.japanese.places import place_of
from cjkv_phon.types import DeferredTranscription

STRIDE = 211  # of the table's words, these are read again
MARKS = (lexicon.FREE, lexicon.SUFFIX, lexicon.AFTER_DIGITS)
BROAD = Transcriber("ja")
_MIXED = [
    *"人 方 3 三 日 年 家 の た 、 。 娘 モーニング 得 て 上手 行っ １ 本 A 生 会社".split(),
    "\n",
]


def by_analysis(**options: str) -> JapaneseEngine:
    """Return an engine that has no table of words."""
    engine = create(Options("ja", "standard", **options))
    assert isinstance(engine, JapaneseEngine)
    engine.short_cut = False
    return engine


def table_words() -> list[str]:
    return [
        line.split("\t")[0] for page in lexicon.pages()[1][1:] for line in page.strip().split("\n")
    ]


@pytest.mark.parametrize("options", [{}, {"detail": "narrow", "romanization": "kunrei"}])
def test_the_table_says_what_the_analyser_and_the_rules_say(options):
    words = [word for word in table_words()[::STRIDE] if word[0] not in MARKS]
    assert len(words) > 500
    sentences = [Sentence((word,)) for word in words]
    short = create(Options("ja", "standard", **options)).transcribe(sentences)
    long = by_analysis(**options).transcribe(sentences)
    different = [word for word, a, b in zip(words, short, long, strict=True) if a != b]
    assert different == []


def test_words_that_no_context_changes_need_no_analysis():
    settled = create(Options("ja", "standard"))._settled
    found = settled.words(["図書館", "で", "上手", "な", "人", "。"])
    assert [word is not None for word in found] == [True, True, False, True, False, True]


@pytest.mark.parametrize(
    ("tokens", "romanization"),
    [
        (["この", "国", "は"], ["kono", "kuni", "wa"]),
        (["民主", "国", "は"], ["minshu", "koku", "wa"]),
        (["2020", "年", "に"], ["2020", "nen", "ni"]),
        (["会社", "の"], ["kaisha", "no"]),
        (["今", "日", "は"], ["kyo", "u", "wa"]),  # one word in two tokens
        (["学", "校", "へ"], ["gak", "kō", "e"]),
        (["は", "な", "び"], ["ha", "na", "bi"]),
        (["に", "は", "花"], ["ni", "wa", "hana"]),
        (["は"], ["wa"]),
        (["コーヒー"], ["kōhī"]),
        (["あっ", "た"], ["at", "ta"]),
        (["あっ", "、"], ["a'", "、"]),
        (["上野", "駅", "で"], ["ueno", "eki", "de"]),
        (["ではない", "か"], ["dewanai", "ka"]),
        (["ではない"], ["dewanai"]),
        (["では", "なかった"], ["dewa", "nakatta"]),
        (["金", "の", "指輪"], ["kin", "no", "yubiwa"]),
        (["火", "の", "粉", "が"], ["hi", "no", "ko", "ga"]),  # a word of three tokens
        (["茶", "の", "間"], ["cha", "no", "ma"]),
        (["この", "長", "谷川", "は"], ["kono", "ha", "segawa", "wa"]),  # cut through a name
    ],
)
def test_neighbours_have_their_say(tokens, romanization):
    assert BROAD(tokens).romanization == romanization


def test_a_pair_of_settled_words_may_be_read_otherwise_together():
    settled = create(Options("ja", "standard"))._settled
    assert ("世話", "好き") in lexicon.pairs()
    assert None not in settled.words(["の", "世話", "が", "好き", "だ"])
    assert settled.words(["の", "世話", "好き", "だ"])[1:3] == [None, None]
    assert BROAD(["世話", "好き"]).romanization == ["sewa", "zuki"]


def test_places():
    assert place_of(["3", "本", "の"], 1) == lexicon.AFTER_DIGITS
    assert place_of(["本"], 0) == lexicon.FREE
    assert place_of(["日", "本"], 1) == ""
    assert place_of(["本", "棚"], 0) == ""


def test_units_are_built_when_they_are_asked_for_and_survive_pickling():
    (token,) = BROAD(["図書館"])
    assert type(token) is DeferredTranscription
    assert [(unit.start, unit.end, unit.reading) for unit in token.units] == [
        (0, 1, "と"),
        (1, 2, "しょ"),
        (2, 3, "かん"),
    ]
    again = pickle.loads(pickle.dumps(token))
    assert again == token
    assert again.ipa == "".join(unit.ipa for unit in token.units)


def test_a_word_that_is_not_in_the_table_is_not_found():
    assert lexicon.find("図書館で") is None
    assert lexicon.find("") is None
    assert lexicon.find("\U0010ffff") is None
    assert lexicon.find("図書館\tと") is None


@given(
    st.lists(st.sampled_from("今 日 は 図書館 会社 株式 っ ん あっ た 3 年 。 A きょう ー".split()))
)
def test_strings_are_those_of_the_units(tokens):
    for token in BROAD(tokens):
        assert token.ipa == "".join(unit.ipa for unit in token.units)
        assert token.romanization == "".join(unit.romanization for unit in token.units)


@given(
    st.lists(st.sampled_from(["か", "っ", "ん", "キャ", "ー", "ファ", "を", "コーヒー", "ソン"]))
)
def test_kana_are_read_as_by_the_analyser(tokens):
    sentence = Sentence(tuple(tokens))
    alone = [Sentence((token,)) for token in tokens]
    assert BROAD._engine.transcribe(alone) == ANALYST.transcribe(alone)
    assert len(BROAD._engine.transcribe([sentence])[0]) == len(tokens)


ANALYST = by_analysis()


@given(
    st.lists(
        st.lists(
            st.sampled_from(_MIXED),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_a_sentence_is_read_alike_whatever_is_read_with_it(sentences):
    given_ = [Sentence(tuple(tokens)) for tokens in sentences]
    together = create(Options("ja", "standard")).transcribe(given_)
    alone = [create(Options("ja", "standard")).transcribe([one])[0] for one in given_]
    assert together == alone


@pytest.mark.parametrize("tokens", [["1" * 4301], ["一" * 5000 + "本"], ["1"] * 5000 + ["本"]])
@pytest.mark.parametrize("foreign", ["keep", "read"])
def test_a_number_too_long_to_be_said_is_harmless(tokens, foreign):
    done = Transcriber("ja", foreign=foreign)(tokens)
    assert done.text == tokens


def test_a_deferred_transcription_can_be_added_on_either_side():
    (token,) = BROAD(["図書館"])
    assert (1, *token) == (1,) + token  # noqa: RUF005 - the operator is what is tested
