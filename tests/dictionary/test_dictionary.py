import gzip

import pytest

from cjkv_phon import FormatError, Transcriber
from cjkv_phon.dictionary import (
    BilingualDictionary,
    load_dictionary,
    pivot,
    transcribe_dictionary,
)

JA_EN = [
    ("電子", "Electron", 1.0),
    ("電子", "electronic", 1.0),
    ("銀行", "bank", 1.0),
    ("aaa", "aaa", 1.0),
]
EN_KO = [
    ("electron", "전자", 1.0),
    ("electronic", "전자", 1.0),
    ("electronic", "전기", 1.0),
    ("bank", "은행", 1.0),
    ("bank", "둑", 1.0),
    ("bank", "강변", 1.0),
    ("aaa", "aaa", 1.0),
]


@pytest.fixture
def through_english():
    return BilingualDictionary("ja", "en", JA_EN), BilingualDictionary("en", "ko", EN_KO)


def targets(found):
    return {word: [t.target for t in found[word]] for word in found.words()}


def test_a_pivot_keeps_every_translation_with_its_weight(through_english):
    found = pivot(*through_english)
    assert targets(found) == {
        "電子": ["전자", "전기"],
        "銀行": ["은행", "둑", "강변"],
        "aaa": ["aaa"],
    }
    assert [t.weight for t in found["電子"]] == [0.75, 0.25]
    assert sum(t.weight for t in found["銀行"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"min_weight": 0.5}, {"電子": ["전자"], "aaa": ["aaa"]}),
        ({"max_translations": 1}, {"電子": ["전자"], "銀行": ["은행"], "aaa": ["aaa"]}),
        ({"max_senses": 2}, {"電子": ["전자", "전기"], "aaa": ["aaa"]}),
        ({"own_script": True}, {"電子": ["전자", "전기"], "銀行": ["은행", "둑", "강변"]}),
    ],
)
def test_filters_drop_what_they_say(through_english, filters, expected):
    assert targets(pivot(*through_english, **filters)) == expected


@pytest.mark.parametrize("separator", [" ", "\t", "   "])
def test_muse_dictionaries_are_read(tmp_path, separator):
    path = tmp_path / "ja-ko.txt"
    path.write_text(
        f"電子{separator}전자\n電子{separator}전기\r\n\n銀行{separator}은행\n", encoding="utf-8"
    )
    found = load_dictionary(str(path), "ja", "ko")
    assert targets(found) == {"電子": ["전자", "전기"], "銀行": ["은행"]}
    assert [t.weight for t in found["電子"]] == [0.5, 0.5]
    assert len(found) == 3


def test_four_columns_are_read_and_compressed_files_too(tmp_path):
    path = tmp_path / "zh-vi.txt.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("电子\ttjɛn tsɨ\tđiện tử\tɗiən tɨ\n")
    assert targets(load_dictionary(str(path), "zh", "vi")) == {"电子": ["điện tử"]}


@pytest.mark.parametrize("line", ["電子", "a b c", "a\tb\tc", "a\t"])
def test_a_line_with_another_number_of_columns_is_named(tmp_path, line):
    path = tmp_path / "d.txt"
    path.write_text(f"電子 전자\n{line}\n", encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        load_dictionary(str(path), "ja", "ko")
    assert caught.value.line == 2


def test_chinese_words_are_found_under_their_other_spelling():
    simplified = BilingualDictionary("zh", "vi", [("电子行业", "công nghiệp điện tử", 1.0)])
    traditional = BilingualDictionary("zh", "vi", [("電子", "điện tử", 1.0), ("面", "mặt", 1.0)])
    assert simplified.lookup("電子行業")[0].target == "công nghiệp điện tử"
    assert traditional.lookup("电子")[0].source == "電子"
    assert traditional.lookup("面")[0].target == "mặt"
    assert traditional.lookup("无") == ()


def test_other_languages_keep_their_spelling():
    found = BilingualDictionary("ja", "ko", [("電子", "전자", 1.0)])
    assert found.lookup("电子") == ()
    assert "電子" in found
    assert "电子" not in found


def test_the_inverse_has_the_same_pairs(through_english):
    found = pivot(*through_english)
    assert {(s, t, w) for t, s, w in found.inverse()} == set(found)
    assert found.inverse().source_lang == "ko"


def test_both_sides_are_transcribed():
    found = BilingualDictionary("ko", "ko", [("전자", "전자 산업", 1.0), ("전자", "산업", 0.5)])
    korean = Transcriber("ko")
    rows = list(transcribe_dictionary(found, korean, korean))
    assert [(row.source, row.target) for row in rows] == [("전자", "전자 산업"), ("전자", "산업")]
    assert rows[0].source_ipa == korean(["전자"])[0].ipa
    assert rows[0].target_ipa == " ".join(korean(["전자", "산업"]).ipa)


def test_a_transcriber_of_another_language_is_refused():
    korean = Transcriber("ko")
    with pytest.raises(ValueError, match="transcriber of ja"):
        list(transcribe_dictionary(BilingualDictionary("ja", "ko"), korean, korean))
