import pytest

from cjkv_phon.comparison import CognateIndex, compare, speak
from cjkv_phon.errors import UnsupportedLanguageError

FAMILY = ("ja:電子産業", "ko:전자산업", "vi:công nghiệp điện tử")


def test_words_of_several_languages_are_aligned():
    found = compare(*FAMILY)
    assert [word.lang for word in found.words] == ["ja", "ko", "vi"]
    for place, word in enumerate(found.words):
        cells = [column[place] for column in found.columns if column[place] is not None]
        assert tuple(cells) == word.segments


def test_distances_are_a_square_with_zeros_on_its_diagonal():
    found = compare(*FAMILY)
    for i, row in enumerate(found.distances):
        assert row[i] == 0
        for j, value in enumerate(row):
            assert value == pytest.approx(found.distances[j][i])
            assert 0 <= value <= 1


def test_a_cognate_is_nearer_than_a_translation_that_is_none():
    found = compare("ja:電子", "ko:전자", "ko:버림")
    assert found.distances[0][1] < found.distances[0][2]


def test_the_table_shows_words_segments_and_distances():
    lines = str(compare("ko:한국", "vi:hàn quốc")).split("\n")
    assert lines[0].split()[:4] == ["ko", "한국", "hanguk", "h"]
    assert lines[-1].split()[-1] == "0.00"


def test_a_single_word_has_no_distances_to_show():
    assert str(compare("ko:한국")).count("\n") == 0


def test_language_and_word_may_be_a_pair():
    assert compare(("ko", "한국")).words == compare("ko:한국").words


def test_a_word_without_language_says_how_to_write_it():
    with pytest.raises(UnsupportedLanguageError, match="ja:電子"):
        compare("電子")


def test_nothing_to_compare_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        compare()


def test_what_is_not_read_has_no_segments():
    assert speak("ko", "ABC 12").segments == ()
    assert speak("ko", "").segments == ()


def test_cognates_are_ranked_by_sound():
    index = CognateIndex(["버림", "전자", "수도원", "학생"], "ko")
    (word, nearest), (other, also) = index.rank(["電子", "学生"], "ja", count=2)
    assert (word.text, other.text) == ("電子", "学生")
    assert nearest[0].word.text == "전자"
    assert also[0].word.text == "학생"
    assert len(nearest) == 2
    assert nearest[0].distance <= nearest[1].distance


def test_an_empty_index_finds_nothing():
    assert [found for _, found in CognateIndex([], "ko").rank(["電子"], "ja")] == [[]]


def test_many_words_are_ranked_block_by_block_as_at_once(monkeypatch):
    index = CognateIndex(["버림", "전자", "학생"], "ko")
    words = ["電子", "学生", "東京", "山"]
    whole = [[c.word.text for c in found] for _, found in index.rank(words, "ja")]
    monkeypatch.setattr("cjkv_phon.comparison._PAIRS_AT_ONCE", 4)
    assert [[c.word.text for c in found] for _, found in index.rank(words, "ja")] == whole
