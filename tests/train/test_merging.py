"""Characters become words for the model and characters again for the scores."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon_train.checks import check
from cjkv_phon_train.config import load_settings
from cjkv_phon_train.data import Example, Merged, Reading, Source, examples_of, load
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.merging import (
    cutter_of,
    dealt_out,
    is_character_level,
    merged,
    pieces,
    word_sizes,
)
from cjkv_phon_train.prediction import Tagger
from cjkv_phon_train.sources import Record
from cjkv_phon_train.tokenization import load_tokenizer
from cjkv_phon_train.training import train

TEXT = "東京都に行く"
LABELS = ("B-LOC", "I-LOC", "I-LOC", "O", "O", "O")


def record(
    tokens: Any, labels: tuple[str, ...] | None = None, spaces: tuple[bool, ...] | None = None
) -> Record:
    sounds = tuple(token.lower() for token in tokens)
    return Record(tuple(tokens), labels, sounds, sounds, spaces, tuple(range(1, len(tokens) + 1)))


def words(found: Record, cutter: Any, at_entities: bool = False) -> list[str]:
    return list(merged(found, word_sizes(found, cutter, at_entities)).tokens)


@given(st.lists(st.text(min_size=1, max_size=3)), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_words_tile_any_sentence(tokens: list[str], step: int) -> None:
    def cutter(text: str) -> list[str]:
        return [text[at : at + step] for at in range(0, len(text), step)]

    sizes = word_sizes(record(tokens), cutter)
    assert sum(sizes) == len(tokens)
    assert all(size > 0 for size in sizes)


def test_japanese_and_chinese_words_are_those_of_the_segmentation() -> None:
    assert words(record(TEXT), cutter_of("ja")) == ["東京", "都", "に", "行く"]
    assert words(record("我們在北京大學"), cutter_of("zh")) == ["我們", "在", "北京大學"]


def test_japanese_units_are_short_so_that_entities_keep_their_borders() -> None:
    assert words(record("山口県岩国市"), cutter_of("ja")) == ["山口", "県", "岩国", "市"]


def test_a_long_japanese_sentence_is_cut_whole() -> None:
    assert sum(word_sizes(record("東京に行く" * 5000), cutter_of("ja"))) == 25000


def test_korean_words_are_the_pieces_of_the_backbone(backbones: dict[str, Path]) -> None:
    for name in ("minilm", "bert"):
        tokenizer = load_tokenizer(backbones[name])
        found = words(record("학생이간다"), cutter_of("ko", tokenizer))
        assert "".join(found) == "학생이간다"
    assert words(record("학생"), cutter_of("ko")) == ["학", "생"]


def test_pieces_keep_text_that_a_tokenizer_changes_or_does_not_know(
    backbones: dict[str, Path],
) -> None:
    tokenizer = load_tokenizer(backbones["minilm"])
    for text in ("㈱学生", "ﬁ", "𠀀学生", "학"):
        assert "".join(pieces(tokenizer, text)) == text


def test_sentences_of_words_stay_as_they_are() -> None:
    found = record(("Hà", "Nội", "là", "thủ", "đô"))
    assert not is_character_level(found.tokens)
    assert word_sizes(found, lambda text: [text]) == [1] * 5


def test_nothing_is_merged_across_white_space_or_longer_tokens() -> None:
    one = record("東京大阪", spaces=(False, True, False, False))
    assert words(one, lambda text: [text]) == ["東京", "大阪"]
    long = record((*"東京東京東京東京東京", "None", *"大阪大阪大阪大阪大阪", " ", *"東京"))
    assert words(long, lambda text: [text])[:3] == ["東京" * 5, "None", "大阪" * 5]


def test_only_training_words_are_cut_at_entities() -> None:
    found = record("東京都内", ("B-LOC", "I-LOC", "I-LOC", "O"))
    whole = lambda text: [text]  # noqa: E731
    assert words(found, whole) == ["東京都内"]
    assert words(found, whole, at_entities=True) == ["東京都", "内"]
    pair = record("日米", ("B-LOC", "B-LOC"))
    assert words(pair, whole, at_entities=True) == ["日", "米"]


@given(st.lists(st.sampled_from(["O", "B-LOC", "I-LOC", "B-PER"]), min_size=1))
@settings(max_examples=80, deadline=None)
def test_labels_of_training_words_are_dealt_out_as_they_were(labels: list[str]) -> None:
    found = record("東" * len(labels), tuple(labels))
    sizes = word_sizes(found, lambda text: [text], at_entities=True)
    assert dealt_out(merged(found, sizes).labels or (), sizes) == tuple(labels)


def test_columns_of_a_words_characters_are_joined() -> None:
    reading = Reading("ipa", merge="words")
    given_records = [record("ABCAB", ("B-PER", "I-PER", "I-PER", "O", "O"))]
    examples, _ = examples_of(given_records, "ko", reading, "panx", "f", lambda text: ["ABC", "AB"])
    assert examples[0].tokens == ("ABC", "AB")
    assert examples[0].phonemes == ("abc", "ab")
    assert examples[0].labels == ("B-PER", "O")
    assert examples[0].given_labels == ("B-PER", "I-PER", "I-PER", "O", "O")


def test_characters_are_read_in_the_context_of_the_joined_sentence() -> None:
    def sounds(joined: bool) -> str:
        reading = Reading("ipa", "standard", joined)
        return "".join(examples_of([record("국물")], "ko", reading, "", "f")[0][0].phonemes or ())

    assert sounds(joined=False) == "kukmul"
    assert sounds(joined=True) == "kuŋmul"


def test_a_merged_word_is_read_as_a_word() -> None:
    reading = Reading("ipa", "standard", True, "words")
    word = examples_of([record("今日は")], "ja", reading, "", "f", cutter_of("ja"))[0][0]
    assert word.tokens == ("今日", "は")
    assert word.phonemes == ("kʲoː", "wa")


def test_sentences_of_words_are_not_joined() -> None:
    found = record(("독립", "만세"))
    plain = examples_of([found], "ko", Reading("ipa", "standard"), "", "f")[0]
    assert examples_of([found], "ko", Reading("ipa", "standard", True), "", "f")[0] == plain


def test_a_part_of_a_merged_sentence_keeps_its_own_characters() -> None:
    example = Example(
        ("東京都", "に", "行く"), ("B-LOC", "O", "O"), ("a", "b", "c"), "ja",
        Merged((3, 1, 2), tuple(TEXT), LABELS),
    )  # fmt: skip
    left, right = example.part(0, 1), example.part(1, 3)
    assert (left.given_tokens, right.given_tokens) == (tuple("東京都"), tuple("に行く"))
    assert (*(left.given_labels or ()), *(right.given_labels or ())) == LABELS
    assert right.dealt(("O", "B-LOC")) == ("O", "B-LOC", "I-LOC")


@pytest.fixture
def characters(tmp_path: Path) -> Path:
    """PAN-X as it is: a character a line."""
    for name, text in (("train-ja", TEXT), ("dev-ja", TEXT), ("dev-ko", "학생은간다")):
        labels = LABELS if name.endswith("ja") else ("B-PER", "I-PER", "O", "O", "O")
        lines = [f"{c}\t{label}\ta\ta\n" for c, label in zip(text, labels, strict=False)]
        (tmp_path / f"{name}.tsv").write_text(("".join(lines) + "\n") * 8, encoding="utf-8")
    return tmp_path


def test_scores_and_tags_are_those_of_characters(
    backbones: dict[str, Path], characters: Path, tmp_path: Path
) -> None:
    values = {
        "data": str(characters), "task": "panx", "merge": "words", "tensorboard": False,
        "backbone": str(backbones["minilm"]), "output": str(tmp_path / "run"), "epochs": 15,
        "batch_size": 4, "lr": 3e-3, "new_lr": 1e-2,
    }  # fmt: skip
    result = train(load_settings(values=values))
    assert result["scores"]["dev-ja"]["f1"] == 100
    assert result["scores"]["dev-ja"]["accuracy"] == 100
    tagger = Tagger.from_pretrained(tmp_path / "run", "cpu")
    example, tags = next(tagger.tag_file(str(characters / "dev-ja.tsv"), "ja"))
    assert example.tokens == ("東京", "都", "に", "行く")
    assert (example.given_tokens, tags) == (tuple(TEXT), LABELS)
    assert tagger.evaluate(str(characters / "dev-ja.tsv"), "ja").f1 == 100


def test_the_hash_of_a_corpus_knows_its_characters(characters: Path) -> None:
    data = load_settings(values={"task": "panx", "merge": "words"}).data
    source = Source("dev", "ja", str(characters / "dev-ja.tsv"))
    corpus = load(source, data)
    plain = load(source, load_settings(values={"task": "panx"}).data)
    assert corpus.digest != plain.digest
    starts = accumulate([0, *(corpus.examples[0].merged or Merged((), (), None)).sizes[:-1]])
    assert list(starts) == [0, 2, 3, 4]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"merge": "words"}, "merged for entities only: type --task panx"),
        ({"joined": True}, "type --scheme standard"),
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        check(load_settings(values=values))
