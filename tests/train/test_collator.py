"""A batch holds the sentence, the masked one and the code-switched one, each with its own index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from cjkv_phon_train.collator import Collator, Piece, TaggingDataset
from cjkv_phon_train.config import ObjectiveSettings
from cjkv_phon_train.data import Example, read_examples
from cjkv_phon_train.switching import (
    Draws,
    choose_masked,
    choose_switched,
    load_dictionary,
)
from cjkv_phon_train.tokenization import WordEncoder, load_tokenizer

EXAMPLE = Example(
    ("学生", "は", "本", "を", "読む"),
    ("NOUN", "ADP", "NOUN", "ADP", "VERB"),
    ("ɡakɯseː", "ɰa", "hoɴ", "o", "jomɯ"),
    "ja",
)


@pytest.fixture
def build(backbones: dict[str, Path], corpus: Path) -> Any:
    def make(
        pooling: str = "words",
        phonemic: str = "xavier",
        draws: Draws | None = None,
        **weights: float,
    ) -> Collator:
        objectives = ObjectiveSettings(**{"mask": 0.4, "switch": 1.0, **weights})  # type: ignore[arg-type]
        labels = {"NOUN": 0, "ADP": 1, "VERB": 2}
        dictionary = load_dictionary(f"ja-ko:{corpus / 'ja-ko.txt'}")
        return Collator(
            WordEncoder(load_tokenizer(backbones["xlmr"]), phonemic), ["ja", "ko"], labels,
            pooling, 32, objectives, draws or Draws(1), {"ja": [dictionary]},
        )  # fmt: skip

    return make


def one(collator: Collator, augment: bool = True) -> dict[str, torch.Tensor]:
    return collator([Piece(0, 0, EXAMPLE, augment)])


def subwords(collator: Collator, batch: dict[str, torch.Tensor], row: int) -> list[tuple[int, ...]]:
    """Read each word's subwords back from a row."""
    words = batch["word_mask"].shape[1]
    position = batch["position_words"][row]
    found: list[list[int]] = [[] for _ in range(words + 1)]
    for piece, unit in zip(batch["input_ids"][row], batch["unit_index"][row], strict=True):
        if unit < len(position):
            found[int(position[unit])].append(int(piece))
    return [tuple(ids) for ids in found[:words]]


def test_evaluation_has_the_clean_sentence_only(build: Any) -> None:
    batch = one(build(beta=0.1, gamma=0.1), augment=False)
    assert len(batch["input_ids"]) == 1
    assert "lm_targets" not in batch


def test_views_are_built_only_for_objectives_that_are_on(build: Any) -> None:
    assert len(one(build())["input_ids"]) == 1
    assert len(one(build(beta=0.1))["input_ids"]) == 2
    assert len(one(build(beta=0.1, gamma=0.1))["input_ids"]) == 3


@pytest.mark.parametrize("pooling", ["words", "subwords"])
def test_a_masked_word_is_all_mask_and_every_subword_of_it_is_a_target(
    build: Any, pooling: str
) -> None:
    collator = build(pooling, beta=0.1)
    batch = one(collator)
    mask = collator.encoder.tokenizer.mask_token_id
    clean, masked = subwords(collator, batch, 0), subwords(collator, batch, 1)
    hidden = [place for place, ids in enumerate(masked) if set(ids) == {mask}]
    assert len(hidden) == 2  # 40 % of five words
    assert all(masked[p] == clean[p] for p in range(5) if p not in hidden)
    kept = batch["lm_targets"][0] != -100
    targets = batch["lm_targets"][0][kept].tolist()
    assert targets == [i for place in hidden for i in clean[place]]
    words = batch["position_words"][1][batch["lm_positions"][0][kept]].tolist()
    assert words == [place for place in hidden for _ in clean[place]]


def test_phonemes_of_masked_words_stay(build: Any) -> None:
    batch = one(build(beta=0.1))
    assert torch.equal(batch["phonemes"][0], batch["phonemes"][1])


def test_a_switched_word_brings_its_spelling_its_sound_and_its_language(build: Any) -> None:
    collator = build(gamma=0.1, mask=0.01)
    batch = one(collator)
    encoder = collator.encoder
    translated = {0: ("학생", "haks͈ɛŋ"), 2: ("책", "tɕʰɛk̚")}
    row = subwords(collator, batch, 1)
    mask = encoder.tokenizer.mask_token_id
    for place, token in enumerate(EXAMPLE.tokens):
        word, sound = translated.get(place, (token, EXAMPLE.phonemes[place]))
        if row[place] != (mask,):
            assert row[place] == encoder.ids[word]
        here = batch["phonemes"][1][batch["phoneme_words"][1] == place]
        assert here.tolist() == encoder(word, sound).sounds.tolist()
        at = batch["word_positions"][1][place]
        assert batch["language_ids"][1][at] == (1 if place in translated else 0)
    assert (batch["language_ids"][0] == 0).all()


def test_targets_of_a_switched_sentence_are_the_translations_own_subwords(build: Any) -> None:
    collator = build(gamma=0.1, mask=1.0)
    batch = one(collator)
    words = ("학생", "は", "책", "を", "読む")
    wanted = [i for word in words for i in collator.encoder.ids[word]]
    assert batch["lm_targets"][0].tolist() == wanted


def test_draws_repeat_for_a_seed_and_change_with_the_epoch(build: Any) -> None:
    draws = Draws(7)
    collator = build(draws=draws, beta=0.1)

    def targets(epoch: int) -> list[int]:
        draws.epoch = epoch
        return [
            i
            for n in range(9)
            for i in collator([Piece(n, n, EXAMPLE, True)])["lm_targets"][0].tolist()
        ]

    assert targets(0) == targets(0)
    assert targets(0) != targets(1)
    draws.redraw = False
    assert targets(0) == targets(1)


def test_draws_do_not_depend_on_the_batch(build: Any) -> None:
    collator = build(beta=0.1)
    pieces = [Piece(n, n, EXAMPLE, True) for n in range(4)]
    together = collator(pieces)["lm_targets"]
    alone = [collator([piece])["lm_targets"][0].tolist() for piece in pieces]
    assert [[i for i in row if i != -100] for row in together.tolist()] == [
        [i for i in row if i != -100] for row in alone
    ]


def test_at_least_one_word_is_masked_and_never_more_than_there_are() -> None:
    generator = Draws(0).generator(0, 0)
    assert len(choose_masked(3, 0.01, generator)) == 1
    assert len(choose_masked(20, 0.25, generator)) == 5
    assert choose_masked(2, 1.0, generator) == [0, 1]
    assert choose_masked(0, 0.5, generator) == []


def test_only_words_of_the_dictionary_are_switched_and_with_chance_r(corpus: Path) -> None:
    dictionary = load_dictionary(f"ja-ko:{corpus / 'ja-ko.txt'}")
    tokens = ["学生", "は"] * 500
    switched = choose_switched(tokens, [dictionary], 0.3, Draws(0).generator(0, 0))
    assert all(place % 2 == 0 for place in switched)
    assert 100 < len(switched) < 200
    assert not choose_switched(tokens, [dictionary], 0.0, Draws(0).generator(0, 0))


@pytest.mark.parametrize("pooling", ["words", "subwords"])
def test_every_word_of_a_long_sentence_is_in_exactly_one_piece(
    build: Any, corpus: Path, pooling: str
) -> None:
    collator = build(pooling)
    long = Example(EXAMPLE.tokens * 40, EXAMPLE.labels * 40, EXAMPLE.phonemes * 40, "ja")
    short = read_examples(corpus / "train-ja.tsv", "ja", "udpos")[0]
    dataset = TaggingDataset([long, short], collator.encoder, pooling, 32)
    tokens = [t for p in dataset.pieces if p.sentence == 0 for t in p.example.tokens]
    assert tuple(tokens) == long.tokens
    assert max(dataset.lengths) <= 32
    assert dataset.pieces[-1].sentence == 1
    for piece in dataset.pieces[:-1]:
        assert collator([piece])["attention_mask"].shape[1] <= 32
    assert len(dataset.pieces) > 200 // 30


def test_a_word_longer_than_the_encoder_is_cut_but_scored(build: Any) -> None:
    collator = build("subwords", beta=0.1)
    example = Example(("学" * 99, "本"), ("NOUN", "NOUN"), ("a", "b"), "ja")
    dataset = TaggingDataset([example], collator.encoder, "subwords", 32, augment=True)
    batch = collator([dataset[0]])
    assert batch["attention_mask"].shape[1] == 32
    assert sum(len(p.example.tokens) for p in dataset.pieces) == 2


def test_sequence_lengths_can_be_padded_to_a_multiple(build: Any) -> None:
    collator = build()
    collator.multiple = 8
    assert one(collator)["attention_mask"].shape == (1, 8)
    assert one(collator)["attention_mask"].sum() == 7


def test_articulatory_sounds_are_features_not_ids(build: Any) -> None:
    batch = one(build(phonemic="articulatory"))
    assert batch["phonemes"].dtype == torch.float32
    assert batch["phonemes"].dim() == 3


def test_words_without_sound_have_none(build: Any) -> None:
    example = Example(("本", "、"), ("NOUN", "ADP"), ("", " "), "ja")
    batch = build()([Piece(0, 0, example, False)])
    assert (batch["phoneme_words"] == 2).all()


def test_sentences_without_labels_give_batches_without(build: Any) -> None:
    example = Example(("本",), None, ("hoɴ",), "ja")
    assert "labels" not in build()([Piece(0, 0, example, False)])


def test_sentences_sorted_by_length_keep_their_numbers(backbones: dict[str, Path]) -> None:
    encoder = WordEncoder(load_tokenizer(backbones["xlmr"]), "none")
    short = Example(("山",), ("NOUN",), None, "ja")
    long = Example(("山",) * 9, ("NOUN",) * 9, None, "ja")
    dataset = TaggingDataset([short, long], encoder, "words", 6, by_length=True)
    assert [piece.sentence for piece in dataset.pieces] == [1, 1, 1, 0]
    assert [len(piece.example.tokens) for piece in dataset.pieces] == [3, 3, 3, 1]
