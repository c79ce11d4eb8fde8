"""No sentence is trained on and scored; fewer labelled sentences are among more of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import FormatError
from cjkv_phon_train.config import DataSettings, load_settings
from cjkv_phon_train.data import Corpus, load_all
from cjkv_phon_train.errors import CheckpointError, SettingsError
from cjkv_phon_train.preparation import prepare
from cjkv_phon_train.run_directory import describe_data
from cjkv_phon_train.sampling import few, held_out, pool_and_rest
from cjkv_phon_train.sources import Record
from cjkv_phon_train.training import check_resumable

Tokens = tuple[str, ...]


def record(*tokens: str) -> Record:
    return Record(tokens, ("NOUN",) * len(tokens), tokens, tokens, None, ())


def numbered(count: int, repeat: int = 1) -> list[Record]:
    return [record("수", str(n)) for n in range(count)] * repeat


def write(path: Path, count: int, word: str) -> None:
    lines = (f"{word}{n}\tNOUN\tsu\tsu\n.\tPUNCT\t.\t.\n\n" for n in range(count))
    path.write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, count in {"train-ja": 300, "dev-ko": 200, "test-ko": 40}.items():
        write(tmp_path / f"{name}.tsv", count, name)
    return tmp_path


def tokens_of(corpora: list[Corpus], role: str, lang: str) -> list[Tokens]:
    return [
        example.tokens
        for corpus in corpora
        if (corpus.source.role, corpus.source.lang) == (role, lang)
        for example in corpus.examples
    ]


def read(folder: Path, seed: int = 111, **options: Any) -> list[Corpus]:
    return load_all(DataSettings(data=str(folder), hold_out=0.1, **options), seed=seed)


@given(st.lists(st.tuples(st.text(min_size=1), st.text())), st.floats(0, 1))
@settings(max_examples=50, deadline=None)
def test_equal_sentences_fall_on_the_same_side_and_none_is_lost(
    sentences: list[tuple[str, str]], share: float
) -> None:
    records = [record(*tokens) for tokens in sentences] * 2
    kept, out = held_out(records, share)
    assert sorted([*kept, *out]) == sorted(records)
    assert not {r.tokens for r in kept} & {r.tokens for r in out}


def test_the_share_held_out_is_the_one_asked_for() -> None:
    assert 70 < len(held_out(numbered(1000), 0.1)[1]) < 130
    assert held_out(numbered(9), 0.0)[1] == []


def test_held_out_sentences_are_source_dev_whatever_the_seed(folder: Path) -> None:
    one, other = read(folder), read(folder, seed=222)
    held = tokens_of(one, "dev", "ja")
    assert 10 < len(held) < 60
    assert held == tokens_of(other, "dev", "ja")
    assert not set(held) & set(tokens_of(one, "train", "ja"))
    assert len(held) + len(tokens_of(one, "train", "ja")) == 300


def test_the_held_out_share_does_not_change_with_the_limit(folder: Path) -> None:
    one, other = read(folder), read(folder, limit=20)
    assert tokens_of(one, "dev", "ja") == tokens_of(other, "dev", "ja")
    assert tokens_of(other, "train", "ja") == tokens_of(one, "train", "ja")[:20]


def test_a_development_file_is_used_where_there_is_one(folder: Path) -> None:
    write(folder / "dev-ja.tsv", 7, "dev-ja")
    corpora = read(folder)
    assert len(tokens_of(corpora, "dev", "ja")) == 7
    assert len(tokens_of(corpora, "train", "ja")) == 300


def test_without_a_share_development_data_are_still_asked_for(folder: Path) -> None:
    with pytest.raises(SettingsError, match="no dev data for ja"):
        load_all(DataSettings(data=str(folder)))


def test_ten_are_among_fifty_among_a_hundred_and_the_seed_chooses() -> None:
    records = numbered(500)
    chosen = {k: {r.tokens for r in few(records, k, 111)} for k in (10, 50, 100)}
    assert chosen[10] < chosen[50] < chosen[100]
    assert {r.tokens for r in few(records, 10, 222)} != chosen[10]


def test_no_sentence_of_the_pool_is_scored_even_if_it_occurs_twice() -> None:
    pool, rest = pool_and_rest(numbered(150, repeat=2), 100)
    assert len({r.tokens for r in pool}) == len(pool) == 100
    assert len(rest) == 100
    assert not {r.tokens for r in pool} & {r.tokens for r in rest}


def test_every_k_and_every_seed_is_scored_on_the_same_sentences(folder: Path) -> None:
    rest = tokens_of(read(folder, few_shot_pool=100), "dev", "ko")
    assert len(rest) == 100
    for k, seed in ((10, 111), (50, 222), (100, 333)):
        corpora = read(folder, seed=seed, few_shot=k)
        assert tokens_of(corpora, "dev", "ko") == rest
        trained = tokens_of(corpora, "train", "ko")
        assert len(trained) == k
        assert not set(trained) & set(rest)


def test_without_few_shot_the_whole_dev_file_is_scored(folder: Path) -> None:
    corpora = read(folder)
    assert len(tokens_of(corpora, "dev", "ko")) == 200
    assert tokens_of(corpora, "train", "ko") == []


def test_a_target_training_file_spares_the_dev_file(folder: Path) -> None:
    write(folder / "labelled.tsv", 80, "labelled")
    files = (f"ja:{folder / 'train-ja.tsv'}", f"ko:{folder / 'labelled.tsv'}")
    corpora = read(folder, train=files, few_shot=10)
    assert len(tokens_of(corpora, "train", "ko")) == 10
    assert all(tokens[0].startswith("labelled") for tokens in tokens_of(corpora, "train", "ko"))
    assert len(tokens_of(corpora, "dev", "ko")) == 200


def test_only_the_first_sentences_are_scored_and_that_is_said(folder: Path) -> None:
    whole, part = read(folder), read(folder, eval_limit=5, few_shot=10)
    assert len(tokens_of(part, "train", "ja")) == len(tokens_of(whole, "train", "ja"))
    for role, lang in (("dev", "ja"), ("dev", "ko"), ("test", "ko")):
        assert len(tokens_of(part, role, lang)) == 5
    said = {(c.source.role, c.source.lang): c.selection for c in part}
    assert said["test", "ko"] == "first 5 of 40"
    assert said["dev", "ko"] == "first 5 of 100 (all but the pool of 100 for few-shot training)"
    assert said["train", "ko"] == "10 of 100, chosen by seed 111"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"hold_out": 1.0}, r"hold_out=1\.0 must be at least 0 and below 1"),
        ({"few_shot": -1}, "few_shot=-1 must be at least 0"),
        ({"few_shot": 150}, "type --few-shot-pool 150"),
    ],
)
def test_numbers_that_cannot_be_had_are_refused(
    folder: Path, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        load_all(load_settings(values={"data": str(folder), "hold_out": 0.1, **options}).data)


def test_few_shot_training_needs_labelled_sentences(folder: Path) -> None:
    (folder / "dev-ko.tsv").unlink()
    with pytest.raises(SettingsError, match=r"few_shot=5 needs .* of ko: type --dev ko:"):
        read(folder, few_shot=5)


def test_a_share_that_leaves_nothing_is_refused(folder: Path) -> None:
    write(folder / "train-ja.tsv", 1, "train-ja")
    with pytest.raises(FormatError, match="holds no sentence for"):
        read(folder)


def test_a_target_with_labels_has_a_trained_language_row(
    backbones: dict[str, Path], folder: Path
) -> None:
    values = {
        "data": str(folder), "backbone": str(backbones["bert"]), "hold_out": 0.1,
    }  # fmt: skip
    none = prepare(load_settings(values=values))
    some = prepare(load_settings(values=values | {"few_shot": 10}))
    assert none.model.config.language_rows() == [0, 0]
    assert some.model.config.language_rows() == [0, 1]
    described = describe_data(some)["corpora"]
    assert json.dumps(described)
    assert [d["selection"] for d in described if d["lang"] == "ko" and d["role"] == "train"]


def test_a_run_from_before_an_option_existed_can_be_resumed(tmp_path: Path) -> None:
    told = load_settings(values={"resume": True})
    old = told.as_dict()
    del old["data"]["hold_out"]
    (tmp_path / "settings.json").write_text(json.dumps(old), encoding="utf-8")
    check_resumable(tmp_path, told)
    with pytest.raises(CheckpointError, match=r"hold_out: 0\.0 there, 0\.1 now"):
        check_resumable(tmp_path, told.with_values({"hold_out": 0.1}))
