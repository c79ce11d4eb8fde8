import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjkv_phon.alignment import align_subwords
from cjkv_phon.alignment.fallback import piece_offsets
from cjkv_phon.errors import AlignmentError
from cjkv_phon.types import Transcription, passthrough_token

LANGUAGES = "電子産業を育てる전자산업각 công nghiệp điện tử电子Ａb2éé\u200b😀͡p̚ʰ˧˥ɕ"

words_of = st.text(alphabet=st.sampled_from(LANGUAGES), max_size=6) | st.text(max_size=3)


class Slow:
    """The Python face of a tokenizer: no offsets."""

    def __init__(self, fast):
        self.fast = fast
        self.unk_token, self.unk_token_id = fast.unk_token, fast.unk_token_id

    def tokenize(self, text):
        encoding = self.fast.backend_tokenizer.encode(
            [text], is_pretokenized=True, add_special_tokens=False
        )
        return encoding.tokens

    def convert_tokens_to_ids(self, pieces):
        return self.fast.convert_tokens_to_ids(pieces)


def sentence(words):
    return Transcription(tuple(map(passthrough_token, words)))


@pytest.mark.parametrize(
    ("word", "pieces", "expected"),
    [
        ("電子産業", ["電", "##子", "##産業"], [(0, 1), (1, 2), (2, 4)]),
        ("電子", ["▁", "電子"], [(0, 0), (0, 2)]),
        ("Việt", ["vi", "##e", "##t"], [(0, 2), (2, 3), (3, 4)]),
        ("ab語cd", ["ab", "[UNK]", "##cd"], [(0, 2), (2, 3), (3, 5)]),
        ("㍿", ["株式", "##会社"], [(0, 1), (0, 1)]),
        ("電", ["é", "Ľ", "»"], [(0, 1), (0, 1), (0, 1)]),
        ("電a", ["Ġ", "éĽ", "»a"], [(0, 0), (0, 1), (0, 2)]),
        ("new", ["ne", "w</w>"], [(0, 2), (2, 3)]),
        ("電", ["\xe9", "\x9b", "\xbb"], [(0, 1), (0, 1), (0, 1)]),
    ],
)
def test_pieces_are_found_in_the_word(word, pieces, expected):
    assert piece_offsets(word, pieces, "[UNK]") == expected


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from(LANGUAGES), max_size=6) | st.text(max_size=3), max_size=4
    )
)
def test_the_fallback_covers_every_character(tokenizer, words):
    aligned = align_subwords(sentence(words), Slow(tokenizer))
    reference = align_subwords(sentence(words), tokenizer)
    side = aligned.orthography
    assert side.ids == reference.orthography.ids
    assert side.spans == reference.orthography.spans
    for word, (start, end) in zip(words, side.spans, strict=True):
        reached = 0
        for first, last in side.offsets[start:end]:
            assert first <= reached <= last
            reached = last
        assert reached == len(word)


@pytest.mark.parametrize("word", ["電子産業", "한국어", "Việt", "công", "The", "行きました"])
def test_the_fallback_finds_what_a_fast_tokenizer_reports(trained, word):
    for name, tokenizer in trained.items():
        if name == "byte-level":
            continue
        slow = align_subwords(sentence([word]), Slow(tokenizer)).orthography
        fast = align_subwords(sentence([word]), tokenizer).orthography
        marks = [k for k, text in enumerate(fast.texts) if text == "▁"]
        assert [o for k, o in enumerate(slow.offsets) if k not in marks] == [
            o for k, o in enumerate(fast.offsets) if k not in marks
        ], name


def test_a_slow_tokenizer_of_transformers_is_aligned():
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.ByT5Tokenizer()
    aligned = align_subwords(sentence(["電a", ""]), tokenizer)
    assert aligned.orthography.offsets == [(0, 1), (0, 1), (0, 1), (1, 2), (0, 0)]
    assert aligned.orthography.empty == [1]


def test_a_tokenizer_without_unknown_and_padding_token_is_refused():
    class Bare:
        def tokenize(self, text):
            return list(text)

        def convert_tokens_to_ids(self, pieces):
            return [ord(piece) for piece in pieces]

    with pytest.raises(AlignmentError, match="unk_token"):
        align_subwords(sentence(["電"]), Bare())
