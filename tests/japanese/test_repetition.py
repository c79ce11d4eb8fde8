import pytest

from cjkv_phon.japanese.repetition import write_out, write_out_tokens


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("民主々義", "民主主義"),
        ("学生々活", "学生生活"),
        ("会社々長", "会社社長"),
        ("結婚式々場", "結婚式式場"),
        ("部分々々", "部分部分"),
        ("馬鹿々々しい", "馬鹿馬鹿しい"),
    ],
)
def test_a_mark_in_no_word_stands_for_the_kanji_before_it(text, written):
    assert write_out(text) == written


@pytest.mark.parametrize("text", ["人々", "佐々木さん", "正々堂々", "々", "、々", "主々々", ""])
def test_words_with_a_mark_and_marks_with_nothing_to_repeat_stay(text):
    assert write_out(text) == text


def test_tokens_keep_their_lengths():
    tokens = ("民", "主", "々", "", "義の人々")
    assert write_out_tokens(tokens) == ("民", "主", "主", "", "義の人々")
    assert write_out_tokens(("人々",)) == ("人々",)
