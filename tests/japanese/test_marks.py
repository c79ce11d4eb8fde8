import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import Transcriber
from cjkv_phon.evaluation import folding_table, normalizer

BROAD = Transcriber("ja")
NARROW = Transcriber("ja", detail="narrow")


@pytest.mark.parametrize(
    ("word", "ipa"),
    [
        ("か゚", "ŋa"),
        ("き゚", "ŋi"),
        ("く゚", "ŋɯ"),
        ("け゚", "ŋe"),
        ("こ゚", "ŋo"),
        ("キ゚ャ", "ŋʲa"),
        ("き゚ゅう", "ŋʲɯː"),
        ("カ゜", "ŋa"),
        ("ｶﾟ", "ŋa"),
        ("かか゚み", "kaŋami"),
        ("しょうこ゚う", "ɕoːŋoː"),
        ("音か゚く", "otoŋakɯ"),
    ],
)
def test_kana_with_a_ring_are_nasal(word, ipa):
    assert BROAD([word]).ipa == [ipa]


@pytest.mark.parametrize(
    ("word", "ipa"),
    [("キ゚", "ŋʲi"), ("こ゚う", "ŋo̞ː"), ("おんか゚く", "õ̞ŋŋa̠kɯ̟ᵝ"), ("き゚ゅ", "ŋʲɨᵝ")],
)
def test_narrow_palatalises_the_nasal_as_other_consonants(word, ipa):
    assert NARROW([word]).ipa == [ipa]


@pytest.mark.parametrize("word", ["き゚", "き゚ゃく", "おんか゚く"])
def test_narrow_nasals_fold_into_broad(word):
    fold = normalizer(folding_table("ja"))
    assert fold(NARROW([word])[0].ipa) == fold(BROAD([word])[0].ipa)


@pytest.mark.parametrize("romanization", ["hepburn", "kunrei", "wapuro"])
def test_the_nasal_is_spelled_g(romanization):
    done = Transcriber("ja", romanization=romanization)(["かけ゚", "き゚ょ"])
    assert done.romanization == ["kage", "gyo"]


def test_a_kana_and_its_mark_are_one_unit():
    units = BROAD(["しょうこ゚う"])[0].units
    assert [(u.start, u.end, u.reading) for u in units] == [(0, 3, "しょう"), (3, 6, "こ゚う")]


@pytest.mark.parametrize(
    ("word", "romanization"),
    [
        ("アイヌイタㇰ", "ainuitaku"),
        ("アトゥㇱ", "atushi"),
        ("ト゚", "tu"),
        ("ツ゚", "tu"),
        ("セ゚", "tse"),
        ("ㇷ゚", "pu"),
        ("わ゙", "va"),
        ("あ゙", "a"),
        ("ら゚", "ra"),
        ("ん゙", "n"),
        ("か゛", "ga"),
        ("𛀁𛂦", "eha"),
    ],
)
def test_rare_kana_are_read(word, romanization):
    token = BROAD([word])[0]
    assert (token.romanization, token.status) == (romanization, "ok")


def test_a_mark_without_a_kana_is_passed_through():
    assert [token.status for token in BROAD(["゚", "ー゚"])] == ["passthrough"] * 2


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("かキくｶわんっーゃうセㇷ漢A𛀁\u3099\u309a゛゜ﾟ"), max_size=6),
        max_size=4,
    )
)
def test_units_tile_whatever_the_marks_stand_on(tokens):
    for token, text in zip(NARROW(tokens), tokens, strict=True):
        ends = [0, *(unit.end for unit in token.units)]
        assert [unit.start for unit in token.units] == ends[:-1]
        assert ends[-1] == len(text)
        assert all(unit.start < unit.end for unit in token.units)
        assert token.ipa == "".join(unit.ipa for unit in token.units)
