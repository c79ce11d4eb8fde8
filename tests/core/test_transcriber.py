"""The Transcriber's promises, seen through a scheme that only shouts."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from cjkv_phon import (
    InvalidTextError,
    Sentence,
    Transcriber,
    Transcription,
    UnsupportedLanguageError,
    UnsupportedOptionError,
)
from cjkv_phon.schemes import canonical_language, schemes_for

pytestmark = pytest.mark.usefixtures("upper_scheme")


def shout() -> Transcriber:
    return Transcriber("ko", scheme="upper")


def test_as_many_tokens_come_out_as_went_in() -> None:
    result = shout()(["a", "", "b c"])
    assert isinstance(result, Transcription)
    assert len(result) == 3
    assert result.ipa == ["A", "", "B C"]
    assert result.romanization == ["A", "", "B C"]
    assert result.text == ["a", "", "b c"]


def test_iterating_and_indexing_give_token_transcriptions() -> None:
    result = shout()(["a", "b"])
    assert [token.text for token in result] == ["a", "b"]
    assert result[1].units[0].ipa == "B"
    assert result[0:1] == (result[0],)


def test_an_empty_sentence_stays_empty() -> None:
    assert len(shout()([])) == 0


def test_a_string_is_not_a_sequence_of_tokens() -> None:
    with pytest.raises(TypeError, match="transcribe"):
        shout()("독립")


def test_a_token_that_is_no_string_is_refused() -> None:
    with pytest.raises(TypeError, match="every token must be a string"):
        shout()(["a", 3])  # type: ignore[list-item]


def test_spaces_must_match_the_tokens() -> None:
    with pytest.raises(ValueError, match="1 entries for 2 tokens"):
        shout()(["a", "b"], spaces=[True])


def test_spaces_travel_with_the_transcription() -> None:
    assert shout()(["a", "b"], spaces=[0, 1]).spaces == (False, True)  # type: ignore[list-item]


def test_a_lone_surrogate_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidTextError, match="character 1"):
        shout()(["a\ud800"])


def test_the_signature_names_options_engine_and_version() -> None:
    from cjkv_phon import __version__

    assert shout().signature == f"ko|upper|broad|plain|letters|caps|keep|upper-1.0|v{__version__}"
    assert shout()(["a"]).lang == "ko"


@pytest.mark.parametrize(
    ("code", "canonical"),
    [("kor", "ko"), ("KO", "ko"), ("cmn", "zh"), ("zh-TW", "zh"), ("jpn", "ja"), ("vie", "vi")],
)
def test_language_codes_have_aliases(code: str, canonical: str) -> None:
    assert canonical_language(code) == canonical


def test_an_unknown_language_lists_the_known_ones() -> None:
    with pytest.raises(UnsupportedLanguageError, match=r"xx.*ja, ko, vi, zh"):
        Transcriber("xx")


def test_an_unknown_scheme_lists_the_known_ones() -> None:
    with pytest.raises(UnsupportedOptionError, match="standard"):
        Transcriber("ko", scheme="nonsense")


@pytest.mark.parametrize(
    "option",
    [
        {"detail": "fine"},
        {"variety": "mars"},
        {"tones": "colours"},
        {"romanization": "yale"},
        {"foreign": "eat"},
    ],
)
def test_an_unknown_option_value_lists_the_choices(option: dict[str, str]) -> None:
    with pytest.raises(UnsupportedOptionError, match="choose from"):
        Transcriber("ko", scheme="upper", **option)  # type: ignore[arg-type]


def test_pipe_is_lazy_and_keeps_the_order() -> None:
    taken = 0

    def sentences() -> Iterator[list[str]]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield [f"t{number}"]

    stream = shout().pipe(sentences(), batch_size=10)
    assert next(stream).ipa == ["T0"]
    assert taken == 10
    assert [r.ipa[0] for r in stream] == [f"T{n}" for n in range(1, 1000)]


def test_pipe_takes_sentences_with_spaces() -> None:
    (result,) = shout().pipe([Sentence(("a", "b"), (False, True))])
    assert result.spaces == (False, True)


@pytest.mark.parametrize("bad", [{"batch_size": 0}, {"n_process": 0}])
def test_pipe_refuses_sizes_below_one(bad: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        next(shout().pipe([["a"]], **bad))


def test_a_transcriber_pickles_as_its_options() -> None:
    copy = pickle.loads(pickle.dumps(Transcriber("kor", "upper", variety="fancy")))
    assert copy.signature == Transcriber("ko", "upper", variety="fancy").signature
    assert copy(["x"]).ipa == ["X"]


def test_a_transcription_pickles_and_compares() -> None:
    result = shout()(["a", "b"], spaces=[True, False])
    assert pickle.loads(pickle.dumps(result)) == result


def test_raw_text_is_segmented_first() -> None:
    result = shout().transcribe_text("one two, three.")
    assert result.text == ["one", "two", ",", "three", "."]
    assert result.spaces == (True, False, True, False, False)


def test_the_default_scheme_comes_first() -> None:
    assert schemes_for("ko")[0] == "standard"
