"""Scores are what they are said to be, oddities of seqeval on POS tags included."""

from __future__ import annotations

import pytest

from cjkv_phon_train.metrics import score, seqeval_f1, summary


def test_entities_count_only_when_type_and_both_ends_are_right() -> None:
    gold = [["B-PER", "I-PER", "O", "B-LOC"], ["B-ORG", "O"]]
    said = [["B-PER", "I-PER", "O", "B-ORG"], ["B-ORG", "I-ORG"]]
    scores = score(gold, said, "panx")
    assert scores.f1 == pytest.approx(100 / 3)
    assert scores.accuracy == pytest.approx(100 * 4 / 6)
    assert scores.labels["PER"].f1 == 100
    assert scores.labels["LOC"] == (0, 0, 0, 1)
    assert scores.labels["ORG"].precision == 0
    assert scores.macro_f1 == pytest.approx(100 / 3)


def test_seqeval_takes_cconj_and_sconj_for_one_and_accuracy_does_not() -> None:
    gold, said = [["CCONJ", "NOUN"]], [["SCONJ", "NOUN"]]
    assert seqeval_f1(gold, said) == 100
    assert score(gold, said, "udpos").accuracy == 50


def test_seqeval_joins_equal_neighbours() -> None:
    gold, said = [["NOUN", "NOUN"]], [["NOUN", "VERB"]]
    assert seqeval_f1(gold, said) == 0
    assert score(gold, said, "udpos").labels["NOUN"].recall == 50


def test_macro_f1_is_over_the_labels_of_the_gold_data() -> None:
    scores = score([["NOUN", "VERB"]], [["NOUN", "X"]], "udpos")
    assert scores.macro_f1 == 50
    assert scores.labels["X"].support == 0


def test_a_word_without_a_label_is_an_error_not_a_hit() -> None:
    with pytest.raises(ValueError, match="zip"):
        score([["NOUN", "VERB"]], [["NOUN"]], "udpos")


def test_summary_names_every_measure() -> None:
    scores = score([["NOUN"]], [["NOUN"]], "udpos")
    assert summary({"dev-ja": scores}) == {
        "dev-ja_f1": 100, "dev-ja_accuracy": 100, "dev-ja_macro_f1": 100
    }  # fmt: skip
