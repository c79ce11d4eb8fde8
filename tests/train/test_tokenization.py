"""Words keep their subwords, sounds keep their place, long sentences keep every word."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjkv_phon_train.tokenization import (
    ARTICULATORY_SIZE,
    WordEncoder,
    articulation,
    chunks,
    extend,
    load_tokenizer,
    missing_symbols,
)


@pytest.mark.parametrize("kind", ["bert", "xlmr"])
def test_a_word_has_the_subwords_it_has_in_a_list_of_words(
    backbones: dict[str, Path], kind: str
) -> None:
    tokenizer = load_tokenizer(backbones[kind])
    words = ["学生", "東京", "は", "ゆっくり"]
    encoder = WordEncoder(tokenizer, "none")
    together = tokenizer(words, is_split_into_words=True, add_special_tokens=False)["input_ids"]
    assert [i for word in words for i in encoder.ids[word]] == together


@pytest.mark.parametrize("token", ["", "\u200b", "\x00", " ", "龘"])
def test_a_word_that_leaves_no_subword_is_unknown_and_stays(
    backbones: dict[str, Path], token: str
) -> None:
    encoder = WordEncoder(load_tokenizer(backbones["bert"]), "none")
    assert len(encoder.ids[token]) >= 1


def test_only_symbols_that_are_missing_are_added(backbones: dict[str, Path]) -> None:
    tokenizer = load_tokenizer(backbones["xlmr"])
    before = tokenizer("学生", add_special_tokens=False)["input_ids"]
    assert missing_symbols(tokenizer, ["ɰa", "ta ki"]) == ["ɰ"]
    size = len(tokenizer)
    assert extend(tokenizer, ["ɰa"]) == ["ɰ"]
    assert len(tokenizer) == size + 1
    assert tokenizer("学生", add_special_tokens=False)["input_ids"] == before
    assert tokenizer.unk_token_id not in tokenizer("ɰa", add_special_tokens=False)["input_ids"]
    assert extend(tokenizer, ["ɰa"]) == []


def test_a_segment_that_was_never_seen_is_near_one_that_sounds_like_it() -> None:
    aspirated, plain, vowel = (articulation(s)[0] for s in ("tɕʰ", "tɕ", "a"))
    assert np.abs(aspirated - plain).sum() < np.abs(aspirated - vowel).sum()


def test_articulation_knows_where_a_segment_stands() -> None:
    one, other = articulation("ka"), articulation("ak")
    assert one.shape == (2, ARTICULATORY_SIZE)
    assert {tuple(row) for row in one} != {tuple(row) for row in other}


def test_what_is_no_ipa_is_marked_and_nothing_is_nothing() -> None:
    assert articulation("。").any()
    assert articulation("").shape == (0, ARTICULATORY_SIZE)


@given(st.lists(st.integers(1, 9), max_size=60), st.integers(1, 20))
def test_pieces_tile_the_sentence_and_fit(lengths: list[int], limit: int) -> None:
    ranges = chunks(lengths, limit)
    assert [place for start, end in ranges for place in range(start, end)] == list(
        range(len(lengths))
    )
    for start, end in ranges:
        assert sum(lengths[start:end]) <= limit or end == start + 1


def test_pieces_of_equal_words_are_as_few_and_as_even_as_can_be() -> None:
    sizes = [end - start for start, end in chunks([1] * 784, 126)]
    assert len(sizes) == 7
    assert max(sizes) - min(sizes) <= 4
