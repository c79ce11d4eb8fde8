"""Function words are the target's, and are written together where the target writes them so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import FormatError, Transcriber
from cjkv_phon_train.checks import check
from cjkv_phon_train.collator import Collator, Piece
from cjkv_phon_train.config import ObjectiveSettings, load_settings
from cjkv_phon_train.core_words import Sentence, built_in, load_core_words, rewritten
from cjkv_phon_train.core_words.tables import CoreWords
from cjkv_phon_train.data import Example
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.examples import Merged
from cjkv_phon_train.experiments.plan import placed
from cjkv_phon_train.experiments.tune import source_f1
from cjkv_phon_train.preparation import prepare
from cjkv_phon_train.run_directory import describe_data, write_json
from cjkv_phon_train.switcher import Switcher
from cjkv_phon_train.switching import BilingualDictionary, Draws
from cjkv_phon_train.tokenization import WordEncoder, load_tokenizer
from cjkv_phon_train.training import train

BOOK = BilingualDictionary("ja", "ko", {"机": (("책상", "tɕʰɛksaŋ"),), "学校": (("학교", "x"),)})


def japanese(phonemes: str = "") -> CoreWords:
    return load_core_words("builtin", ["ja"], ["ko"], phonemes)[0]


def written(text: str, switched: dict[str, str] | None = None, **how: Any) -> str:
    tokens = tuple(text.split())
    found = {
        place: (switched[token], "", "ko")
        for place, token in enumerate(tokens)
        if token in (switched or {})
    }
    words = rewritten(
        Sentence(tokens, [""] * len(tokens), "ja"), found, how.get("table", japanese()),
        how.get("ratio", 1.0), how.get("attach", True), np.random.default_rng(1),
    )  # fmt: skip
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("机 は", "책상은"),
        ("学校 は", "학교는"),
        ("机 が", "책상이"),
        ("学校 へ", "학교로"),
        ("机 へ", "책상으로"),
        ("机 から の", "책상에서의"),
        ("机 に は", "책상에는"),
        ("学校 と 机", "학교와 책상"),
    ],
)
def test_a_particle_is_attached_in_the_form_that_the_sound_before_wants(
    source: str, target: str
) -> None:
    assert written(source, {"机": "책상", "学校": "학교"}) == target


def test_after_a_liquid_there_is_a_form_of_its_own() -> None:
    assert written("ソウル へ", {"ソウル": "서울"}) == "서울로"
    assert written("ソウル は", {"ソウル": "서울"}) == "서울은"


def test_a_word_left_in_the_source_has_the_particles_of_the_target_but_its_own_endings() -> None:
    assert written("山 は") == "山는"
    assert written("使っ た 。") == "使った 。"


def test_a_translated_verb_has_the_endings_of_the_target() -> None:
    assert written("攻撃 し て いる", {"攻撃": "공격"}) == "공격하고있다"


def test_the_longest_sequence_is_taken() -> None:
    assert written("攻撃 し た", {"攻撃": "공격"}) == "공격했다"


def test_nothing_is_attached_at_the_start_after_punctuation_and_no_ending_to_a_particle() -> None:
    assert written("は 山 。 が 安い") == "は 山 。 が 安い"
    assert written("勉強 を する") == "勉強를 する"


def test_what_lost_its_white_space_is_not_attached() -> None:
    assert written("机 は 古い", {"机": "책상"}, attach=False) == "책상 은 古い"


def test_words_are_replaced_with_the_chance_that_was_asked_for() -> None:
    assert written("この 机") == "이 机"
    assert written("この 机", ratio=0.0) == "この 机"
    assert set(written("この " * 40, ratio=0.5).split()) == {"この", "이"}


@pytest.mark.parametrize("pair", sorted(built_in()))
def test_built_in_tables_are_written_in_their_languages(pair: tuple[str, str]) -> None:
    (table,) = load_core_words("builtin", [pair[0]], [pair[1]], "")
    assert sum(len(entries) for entries in table.entries.values()) > 100
    spellings = sorted(set(table.spellings()))
    assert not any(" " in one for one in spellings)
    results = list(Transcriber(pair[1]).pipe([[one] for one in spellings]))
    unread = [one for one, r in zip(spellings, results, strict=True) if r[0].status != "ok"]
    assert unread == []


def test_no_word_stands_in_a_table_twice_with_the_same_form() -> None:
    for pair, text in built_in().items():
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        assert len(lines) == len(set(lines)), pair


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("は\t은/는\n", "wanted source, target and one of"),
        ("は\t은/는\tclitic\n", "wanted source, target and one of"),
        ("は\ta/b/c/d\tparticle\n", "after a consonant/a vowel/a liquid"),
        ("は\ta//c\tparticle\n", "after a consonant/a vowel/a liquid"),
        ("で も\t하지만\tword\n", "replaces one word"),
        ("# nothing\n\n", "empty"),
    ],
)
def test_a_table_with_a_wrong_line_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=message):
        load_core_words(f"ja-ko:{path}", ["ja"], ["ko"])


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("ja-ko", "write builtin, or SOURCE-TARGET:PATH"),
        ("words.tsv", "write builtin"),
        ("builtin", "no built-in table .* for ja and vi .*ja-ko, zh-vi"),
    ],
)
def test_a_table_that_is_not_there_is_refused(spec: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_core_words(spec, ["ja"], ["vi"])


def test_a_table_of_ones_own_is_read_and_heard(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_text("# mine\nは\t은/는\tparticle\n", encoding="utf-8")
    (table,) = load_core_words(f"ja-ko:{path}", ["ja"], ["ko"])
    tokens = ("机", "は")
    (word,) = rewritten(
        Sentence(tokens, ("hoɴ", "ɰa"), "ja"), {0: ("책상", "tɕʰɛksaŋ", "ko")}, table, 1.0, True,
        np.random.default_rng(1),
    )  # fmt: skip
    assert word == ("책상은", "tɕʰɛksaŋ" + Transcriber("ko")(["은"])[0].ipa, "ko", 0)


PIECES = ("机", "学校", "は", "が", "。", "し", "た", "て", "いる", "この", "を", "する", "3", "x")


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_word_has_the_label_of_one_source_word_in_order(
    tokens: list[str], heard: bool
) -> None:
    example = Example(
        tuple(tokens), tuple(map(str, range(len(tokens)))),
        ("a",) * len(tokens) if heard else None, "ja",
    )  # fmt: skip
    switcher = Switcher({"ja": [BOOK]}, {"ja": [japanese("ipa" if heard else "")]})
    new, langs = switcher.switched(example, 0.9, np.random.default_rng(len(tokens)))
    labels = [int(label) for label in new.labels or ()]
    assert labels == sorted(set(labels)) and set(labels) <= set(range(len(tokens)))
    assert len(new.tokens) == len(langs) == len(labels) and all(new.tokens)
    assert (new.phonemes is not None) == heard


def test_without_core_words_only_words_of_the_dictionary_change() -> None:
    example = Example(("机", "は", "古い"), ("A", "B", "C"), None, "ja")
    new, langs = Switcher({"ja": [BOOK]}).switched(example, 1.0, np.random.default_rng(1))
    assert (new.tokens, new.labels) == (("책상", "は", "古い"), ("A", "B", "C"))
    assert langs == ("ko", "ja", "ja")


def test_words_merged_from_characters_stay_as_many() -> None:
    merged = Merged((1, 1, 2), tuple("机は古い"), ("O",) * 4)
    example = Example(("机", "は", "古い"), ("O",) * 3, None, "ja", merged)
    switcher = Switcher({"ja": [BOOK]}, {"ja": [japanese()]})
    new, _ = switcher.switched(example, 1.0, np.random.default_rng(1))
    assert new.tokens == ("책상", "은", "古い") and new.merged == merged


def test_development_sentences_are_switched_alike_in_every_run() -> None:
    examples = [Example(("この", "机"), ("A", "B"), None, "ja")] * 80
    switcher = Switcher({"ja": [BOOK]}, {"ja": [japanese()]})
    first = switcher.development(examples)
    assert first == switcher.development(examples)
    assert len({one.tokens for one in first}) > 1


@pytest.fixture
def collator(backbones: dict[str, Path]) -> Collator:
    return Collator(
        WordEncoder(load_tokenizer(backbones["bert"]), "none"), ["ja", "ko"],
        {"NOUN": 0, "ADP": 1}, "words", 32, ObjectiveSettings(switch_input=1.0, switch_words=1.0),
        Draws(1), {"ja": [BOOK]}, switcher=Switcher({"ja": [BOOK]}, {"ja": [japanese()]}),
    )  # fmt: skip


def test_a_batch_has_the_labels_of_the_words_that_are_left(collator: Collator) -> None:
    example = Example(("学校", "は", "学校"), ("NOUN", "ADP", "NOUN"), None, "ja")
    batch = collator([Piece(0, 0, example, True)])
    assert batch["labels"].tolist() == [[0, 0]]
    assert batch["word_mask"].sum() == 2
    langs = [int(batch["language_ids"][0][at]) for at in batch["word_positions"][0]]
    assert langs == [1, 1]
    untouched = collator([Piece(0, 0, example, False)])
    assert untouched["labels"].tolist() == [[0, 1, 0]]


def test_a_sentence_that_grows_too_long_is_left_as_it_is(backbones: dict[str, Path]) -> None:
    long = BilingualDictionary("ja", "ko", {"机": (("책상" * 40, ""),)})
    switcher = Switcher({"ja": [long]}, {"ja": [japanese()]})
    collator = Collator(
        WordEncoder(load_tokenizer(backbones["bert"]), "none"), ["ja", "ko"],
        {"NOUN": 0, "ADP": 1}, "subwords", 32,
        ObjectiveSettings(switch_input=1.0, switch_words=1.0), Draws(1), switcher=switcher,
    )  # fmt: skip
    example = Example(("机", "は"), ("NOUN", "ADP"), None, "ja")
    assert collator([Piece(0, 0, example, True)])["labels"].tolist() == [[0, 1]]


def values(corpus: Path, backbone: Path, **more: Any) -> dict[str, Any]:
    return {
        "data": str(corpus), "dictionary": f"ja-ko:{corpus / 'ja-ko.txt'}",
        "backbone": str(backbone), "core_words": "builtin", **more,
    }  # fmt: skip


def test_switched_development_data_select_and_are_scored(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    told = values(corpus, backbones["bert"], select="switched", switch_input=0.5, max_steps=2)
    told |= {"output": str(tmp_path / "run"), "tensorboard": False, "batch_size": 4}
    result = train(load_settings("udpos-ja-ko", "baseline", values=told))
    assert set(result["scores"]) == {"dev-ja", "switched-ja", "dev-ko"}
    assert result["best_source_f1"] == pytest.approx(result["scores"]["switched-ja"]["f1"])


def test_the_vocabulary_holds_what_is_written_together(
    backbones: dict[str, Path], corpus: Path
) -> None:
    told = values(corpus, backbones["minilm"], trim=True, switch_input=0.5)
    prepared = prepare(load_settings("udpos-ja-ko", "baseline", values=told))
    (listed,) = describe_data(prepared)["core_words"]
    assert (listed["source"], listed["target"]) == ("ja", "ko") and listed["entries"] > 100
    tokenizer = prepared.encoder.tokenizer
    full = load_tokenizer(backbones["minilm"])
    for text in ("학생은", "책상를", "이"):
        mine = tokenizer.convert_ids_to_tokens(tokenizer(text)["input_ids"])
        assert mine == full.convert_ids_to_tokens(full(text)["input_ids"])


def test_without_anything_to_switch_by_switched_data_cannot_select(
    backbones: dict[str, Path], corpus: Path
) -> None:
    told = {"data": str(corpus), "backbone": str(backbones["bert"]), "select": "switched"}
    with pytest.raises(SettingsError, match="neither a dictionary nor a table"):
        prepare(load_settings("udpos-ja-ko", "baseline", values=told))


def test_core_words_do_without_a_dictionary_but_not_with_translations() -> None:
    check(load_settings(values={"switch_input": 0.5, "core_words": "builtin"}))
    told = {"switch_input": 0.5, "core_words": "builtin", "mixup": 0.2, "parallel": "ja-ko:x"}
    with pytest.raises(SettingsError, match="--no-switch-core"):
        check(load_settings(values=told))
    check(load_settings(values={**told, "switch_core": False, "dictionary": "ja-ko:d"}))


@pytest.mark.parametrize(("select", "best"), [("source", 80.0), ("switched", 60.0)])
def test_tuning_ranks_by_the_development_data_that_select(
    select: str, best: float, tmp_path: Path
) -> None:
    run = placed("d", "v", 1, load_settings(values={"select": select}), tmp_path)
    scores = {name: {"f1": f1} for name, f1 in (("dev-ja", 80), ("switched-ja", 60), ("dev-ko", 9))}
    write_json(run.folder / "results.json", {"scores": scores})
    assert source_f1(run) == best
