"""CoSDA-ML: the tagger reads code-switched sentences, drawn anew each epoch; labels stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from cjkv_phon import FormatError
from cjkv_phon_train.checks import check
from cjkv_phon_train.collator import Collator, Piece
from cjkv_phon_train.config import ObjectiveSettings, load_settings
from cjkv_phon_train.data import Example
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.preparation import prepare
from cjkv_phon_train.switching import BilingualDictionary, Draws, load_dictionary
from cjkv_phon_train.tokenization import WordEncoder, load_tokenizer

EXAMPLE = Example(
    ("学生", "は", "本", "を", "読む"),
    ("NOUN", "ADP", "NOUN", "ADP", "VERB"),
    ("ɡakɯseː", "ɰa", "hoɴ", "o", "jomɯ"),
    "ja",
)
SWITCHED = ("학생", "は", "책", "を", "読む")


@pytest.fixture
def build(backbones: dict[str, Path], corpus: Path) -> Any:
    def make(phonemic: str = "xavier", pooling: str = "words", **options: Any) -> Collator:
        objectives = ObjectiveSettings(**{"switch_words": 1.0, **options})
        dictionary = load_dictionary(f"ja-ko:{corpus / 'ja-ko.txt'}")
        return Collator(
            WordEncoder(load_tokenizer(backbones["bert"]), phonemic), ["ja", "ko"],
            {"NOUN": 0, "ADP": 1, "VERB": 2}, pooling, 32, objectives, Draws(1),
            {"ja": [dictionary]},
        )  # fmt: skip

    return make


def one(collator: Collator, number: int = 0, augment: bool = True) -> dict[str, torch.Tensor]:
    return collator([Piece(number, number, EXAMPLE, augment)])


def words_of(collator: Collator, batch: dict[str, torch.Tensor], row: int = 0) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in EXAMPLE.tokens]
    for piece, unit in zip(batch["input_ids"][row], batch["unit_index"][row], strict=True):
        if unit < batch["position_words"].shape[1]:
            word = int(batch["position_words"][row][unit])
            if word < len(found):
                found[word].append(int(piece))
    return found


@pytest.mark.parametrize("pooling", ["words", "subwords"])
def test_every_dictionary_word_is_switched_and_keeps_its_label(build: Any, pooling: str) -> None:
    collator = build(pooling=pooling, switch_input=1.0)
    batch = one(collator)
    assert words_of(collator, batch) == [list(collator.encoder.ids[word]) for word in SWITCHED]
    assert batch["labels"].tolist() == [[0, 1, 0, 1, 2]]
    langs = [int(batch["language_ids"][0][at]) for at in batch["word_positions"][0]]
    assert langs == [1, 0, 1, 0, 0]


def test_the_sound_is_that_of_the_translation(build: Any) -> None:
    collator = build(switch_input=1.0)
    batch = one(collator)
    here = batch["phonemes"][0][batch["phoneme_words"][0] == 0]
    assert here.tolist() == collator.encoder("학생", "haks͈ɛŋ").sounds.tolist()


def test_a_baseline_without_sound_is_switched_as_well(build: Any) -> None:
    collator = build("none", switch_input=1.0)
    batch = one(collator)
    assert "phonemes" not in batch
    assert words_of(collator, batch)[0] == list(collator.encoder.ids["학생"])


def test_only_training_is_switched_and_only_when_it_is_on(build: Any) -> None:
    plain = one(build())
    for other in (one(build(switch_input=1.0), augment=False), one(build(switch_words=1.0))):
        assert torch.equal(other["input_ids"], plain["input_ids"])


def test_the_sentence_ratio_is_a_share_of_sentences_anew_each_epoch(build: Any) -> None:
    collator = build(switch_input=0.5)
    plain = one(build())["input_ids"]

    def switched() -> list[bool]:
        return [not torch.equal(one(collator, n)["input_ids"], plain) for n in range(200)]

    first = switched()
    assert 70 < sum(first) < 130
    assert switched() == first
    collator.draws.epoch = 1
    assert switched() != first


def test_masked_words_are_predicted_in_the_sentence_as_it_was(build: Any) -> None:
    collator = build(switch_input=1.0, beta=0.1, mask=0.01)
    masked = words_of(collator, one(collator), row=1)
    mask = [collator.encoder.tokenizer.mask_token_id]
    original = [list(collator.encoder.ids[token]) for token in EXAMPLE.tokens]
    assert sum(a != b for a, b in zip(masked, original, strict=True)) == 1
    assert mask in masked


def test_a_translation_that_does_not_fit_the_encoder_is_left_out(build: Any) -> None:
    collator = build(pooling="subwords", switch_input=1.0)
    collator.dictionaries = {"ja": [BilingualDictionary("ja", "ko", {"学生": (("책" * 40, ""),)})]}
    batch = one(collator)
    assert batch["attention_mask"].shape[1] <= 32
    assert words_of(collator, batch)[0] == list(collator.encoder.ids["学生"])


def test_two_columns_are_a_dictionary_where_nothing_is_heard(tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_text("学生\t학생\n", encoding="utf-8")
    assert load_dictionary(f"ja-ko:{path}", phonemes="").entries == {"学生": (("학생", ""),)}
    with pytest.raises(FormatError, match="2 columns"):
        load_dictionary(f"ja-ko:{path}")


def test_the_variant_trains_the_target_row_without_reading_sounds(
    backbones: dict[str, Path], corpus: Path
) -> None:
    values = {
        "data": str(corpus), "dictionary": f"ja-ko:{corpus / 'ja-ko.txt'}",
        "backbone": str(backbones["bert"]),
    }  # fmt: skip
    settings = load_settings("udpos-ja-ko", "cosda", values=values)
    assert (settings.objectives.switch_input, settings.objectives.switch_words) == (1.0, 0.9)
    prepared = prepare(settings)
    assert prepared.dictionaries and prepared.model.config.trained_languages == ["ja", "ko"]
    assert prepared.corpora[0].examples[0].phonemes is None


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"switch_input": 0.5}, "CoSDA-ML .* needs a bilingual dictionary"),
        (
            {"switch_input": 1.5, "dictionary": "ja-ko:d"},
            r"switch_input=1\.5 must be at least 0 and at most 1",
        ),
    ],
)
def test_what_cannot_be_switched_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        check(load_settings(values=values))
