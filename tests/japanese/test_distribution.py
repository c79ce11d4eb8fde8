import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.japanese.distribution import distribute


@pytest.mark.parametrize(
    ("word", "reading", "pieces"),
    [
        ("学校", "がっこう", ["がっ", "こう"]),
        ("取り扱い", "とりあつかい", ["と", "り", "あつか", "い"]),
        ("人々", "ひとびと", ["ひと", "びと"]),
        ("大人", "おとな", ["おとな"]),
        ("紅葉狩り", "もみじがり", ["もみじ", "が", "り"]),
        ("東日本", "ひがしにほん", ["ひがし", "にほん"]),
        ("関ヶ原", "せきがはら", ["せき", "が", "はら"]),
    ],
)
def test_each_character_gets_its_part_of_the_reading(word, reading, pieces):
    assert [piece.kana for piece in distribute(word, reading)] == pieces


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.sampled_from("大人今日学校取りいあaT々ヶ"), min_size=1, max_size=6),
    st.text(st.sampled_from("あいうきょっんー"), min_size=1, max_size=8),
)
def test_pieces_tile_the_word_and_hold_the_whole_reading(word, reading):
    pieces = distribute(word, reading)
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces)][:-1]
    assert pieces[-1].end == len(word)
    assert "".join(p.kana for p in pieces) == reading
