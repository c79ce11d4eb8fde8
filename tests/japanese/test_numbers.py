import pytest

from cjkv_phon import Transcriber
from cjkv_phon.japanese.numerals import counters, in_kanji, read_counted, value

BROAD = Transcriber("ja")


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("一本", "いっぽん"),
        ("三本", "さんぼん"),
        ("六百", "ろっぴゃく"),
        ("三百六十五日", "さんびゃくろくじゅうごにち"),
        ("二十日", "はつか"),
        ("十四日", "じゅうよっか"),
        ("四月", "しがつ"),
        ("九時", "くじ"),
        ("二人", "ふたり"),
        ("八階", "はっかい"),
    ],
)
def test_numbers_and_counters_change_each_other(word, reading):
    assert BROAD([word])[0].reading == reading


def test_bun_is_a_part_and_fun_a_minute():
    assert BROAD(["三", "分", "の", "二"])[1].reading == "ぶん"
    assert BROAD(["三", "分"])[1].reading == "ぷん"


def test_units_after_digits_are_japanese():
    assert [t.reading for t in BROAD(["100", "万", "円"])] == ["", "まん", "えん"]


@pytest.mark.parametrize("number", [0, 1, 10, 365, 8600, 10_000, 120_305_000, 10**12 + 7])
def test_a_number_written_in_kanji_is_worth_what_it_was(number):
    assert value(in_kanji(number)) == number


@pytest.mark.parametrize("name", sorted(counters()))
def test_every_counter_reads_after_every_small_number(name):
    for number in range(1, 32):
        found = read_counted(str(number), counters()[name])
        assert found is not None
        assert found.counter
        assert "".join(piece.kana for piece in found.number)
