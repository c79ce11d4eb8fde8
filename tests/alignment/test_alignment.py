import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjkv_phon.alignment import SubwordAligner, align_subwords
from cjkv_phon.errors import AlignmentError, UnsupportedOptionError
from cjkv_phon.types import TokenTranscription, Transcription, Unit, passthrough_token

LANGUAGES = (
    "電子産業を育てるタワー々ｶﾞ㍿전자산업각ᄀ ᅡ công nghiệp điện tửơ 电子行业"
    "Ａb2éé\u200b😀͡p̚ʰ˧˥ɕ\u0301İß﷽"
)
words_of = st.text(alphabet=st.sampled_from(LANGUAGES), max_size=8) | st.text(max_size=4)
texts = st.lists(words_of, max_size=7)
relaxed = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def spoken(text):
    """A token whose units are its characters, with made-up sounds."""
    if not text:
        return passthrough_token(text)
    units = tuple(
        Unit(k, k + 1, "ab" * (k % 3), "tɕʌn˧˥ p̚"[: 1 + (ord(c) + k) % 8])
        for k, c in enumerate(text)
    )
    return TokenTranscription(
        text, units, "".join(u.ipa for u in units), "'".join(u.romanization for u in units)
    )


def sentence(words):
    return Transcription(tuple(map(spoken, words)), None, "xx|test")


def tiles(spans, end):
    starts = [start for start, _ in spans]
    ends = [stop for _, stop in spans]
    return [0, *ends] == [*starts, end]


@relaxed
@given(texts)
def test_spans_cover_every_subword_once_in_order(tokenizer, words):
    aligned = align_subwords(sentence(words), tokenizer)
    for side in (aligned.orthography, aligned.phonemes):
        assert tiles(side.spans, len(side.ids))
        assert all(start < end for start, end in side.spans)
        assert len(side.ids) == len(side.texts) == len(side.offsets) == len(side.word_ids)


@relaxed
@given(texts)
def test_offsets_give_back_the_original_characters(tokenizer, words):
    transcription = sentence(words)
    aligned = align_subwords(transcription, tokenizer)
    strings = (transcription.text, transcription.ipa)
    for side, originals in zip((aligned.orthography, aligned.phonemes), strings, strict=True):
        for original, (start, end) in zip(originals, side.spans, strict=True):
            offsets = side.offsets[start:end]
            assert original[offsets[0][0] : offsets[-1][1]] == original
            decoded, reached = "", 0
            for first, last in offsets:
                assert first <= reached <= last
                decoded += original[reached:last]
                reached = last
            assert decoded == original


@relaxed
@given(texts)
def test_ids_and_word_ids_are_hugging_faces(tokenizer, words):
    transcription = sentence(words)
    aligned = align_subwords(transcription, tokenizer)
    sides = ((aligned.orthography, words), (aligned.phonemes, transcription.ipa))
    for side, strings in sides:
        expected = tokenizer(
            strings, is_split_into_words=True, add_special_tokens=False, truncation=False
        )
        kept = [k for k, word in enumerate(side.word_ids) if word not in side.empty]
        if strings:
            assert [side.ids[k] for k in kept] == expected["input_ids"]
            assert [side.word_ids[k] for k in kept] == expected.word_ids()


@relaxed
@given(texts)
def test_units_and_subwords_overlap_exactly_where_they_share_characters(tokenizer, words):
    aligned = align_subwords(sentence(words), tokenizer)
    for token in aligned:
        text = token.transcription.text
        for unit, (first, last) in zip(
            token.transcription.units, token.unit_orthography, strict=True
        ):
            assert 0 <= first < last <= len(token.orthography.ids)
            for number, (start, end) in enumerate(token.orthography.offsets):
                shared = start < unit.end and unit.start < end
                assert not shared or first <= number < last, (text, unit)


@relaxed
@given(texts)
def test_romanization_can_take_the_place_of_ipa(tokenizer, words):
    transcription = sentence(words)
    aligned = align_subwords(transcription, tokenizer, phonemes="romanization")
    for token in aligned:
        written = token.transcription.romanization
        offsets = token.phonemes.offsets
        assert written[offsets[0][0] : offsets[-1][1]] == written
        assert len(token.unit_phonemes) == len(token.transcription.units)


@relaxed
@given(texts, st.integers(3, 12))
def test_windows_hold_every_token_once_and_fit(tokenizer, words, limit):
    aligned = align_subwords(sentence(words), tokenizer, max_length=limit)
    windows = aligned.windows()
    assert [token for window in windows for token in window] == list(aligned)
    first = 0
    for window in windows:
        assert window.first == first
        first += len(window)
        longest = max(len(window.orthography), len(window.phonemes))
        assert longest <= aligned.limit or (len(window) == 1 and window.overlong == [0])
    assert sum(len(window.overlong) for window in windows) == len(aligned.overlong)


def test_long_sentences_are_split_by_the_length_of_the_model(fresh):
    tokenizer = fresh("wordpiece")
    tokenizer.model_max_length = 10
    aligned = align_subwords(sentence(["電子"] * 12), tokenizer)
    assert aligned.limit == 8
    assert len(aligned) == 12
    assert len(aligned.windows()) > 1


def test_truncation_left_switched_on_cuts_nothing(fresh):
    tokenizer = fresh("wordpiece")
    words = ["電子産業" * 3]
    whole = align_subwords(sentence(words), tokenizer).orthography.ids
    tokenizer("電", truncation=True, max_length=3, padding="max_length")
    before = tokenizer.backend_tokenizer.truncation
    aligner = SubwordAligner(tokenizer)
    assert aligner(sentence(words)).orthography.ids == whole
    assert tokenizer.backend_tokenizer.truncation == before


def test_a_token_that_leaves_nothing_is_the_unknown_token_and_says_so(trained):
    tokenizer = trained["wordpiece"]
    aligned = align_subwords(sentence(["電子", "", "\u200b"]), tokenizer)
    assert aligned.orthography.empty == [1, 2]
    assert aligned.orthography.ids[-2:] == [tokenizer.unk_token_id] * 2
    assert aligned.phonemes.empty == [1]


def test_subwords_are_relative_to_the_sentence_in_a_side_and_to_the_token_in_a_token(trained):
    aligned = align_subwords(sentence(["電子", "電子"]), trained["wordpiece"])
    assert aligned.orthography.word_ids == [0, 0, 1, 1]
    assert aligned.orthography.unit_spans == [[(0, 1), (1, 2)], [(2, 3), (3, 4)]]
    assert aligned[1].unit_orthography == ((0, 1), (1, 2))
    assert aligned.signature == "xx|test"


def test_added_subwords_are_seen(fresh):
    tokenizer = fresh("wordpiece")
    aligner = SubwordAligner(tokenizer)
    assert aligner(sentence(["語☃"])).orthography.texts[-1] == "[UNK]"
    tokenizer.add_tokens(["☃"])
    assert aligner(sentence(["語☃"])).orthography.texts[-1] == "☃"


def test_special_tokens_are_known(trained):
    assert SubwordAligner(trained["wordpiece"]).special_tokens == ([1], [2])
    assert SubwordAligner(trained["byte-level"]).special_tokens == ([], [])


def test_a_plain_tokenizer_of_the_rust_library_will_do(trained):
    wrapped = trained["unigram"]
    one = align_subwords(sentence(["電子", ""]), wrapped)
    other = align_subwords(sentence(["電子", ""]), wrapped.backend_tokenizer)
    assert one == other


def test_batches_equal_single_sentences(tokenizer):
    sentences = [sentence(["電子", "산업"]), sentence([]), sentence(["điện tử", "電子"])]
    aligner = SubwordAligner(tokenizer)
    assert list(aligner.pipe(iter(sentences), batch_size=2)) == [
        SubwordAligner(tokenizer)(one) for one in sentences
    ]


def test_what_is_no_tokenizer_is_refused():
    with pytest.raises(AlignmentError, match="tokenize"):
        align_subwords(sentence(["電"]), object())


def test_a_length_without_room_is_refused(trained):
    with pytest.raises(AlignmentError, match="no room"):
        align_subwords(sentence(["電"]), trained["wordpiece"], max_length=2)


def test_only_ipa_or_romanization_can_be_aligned(trained):
    with pytest.raises(UnsupportedOptionError, match="romanization"):
        align_subwords(sentence(["電"]), trained["wordpiece"], phonemes="kana")


def test_aligned_tokens_compare_and_pickle_whether_their_units_were_asked_for_or_not(trained):
    transcription = sentence(["전자", "산업"])
    one, other = (SubwordAligner(trained["wordpiece"])(transcription) for _ in range(2))
    assert [len(token.unit_phonemes) for token in one] == [2, 2]
    assert one == other and hash(one) == hash(other) and repr(one[0]) == repr(other[0])
    copy = pickle.loads(pickle.dumps(one))
    assert copy == one and copy.phonemes.unit_spans == one.phonemes.unit_spans
    assert one[0] != other[1]
