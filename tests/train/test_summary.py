"""Counts add up to the scores; a suite fits into one small file and comes back whole."""

from __future__ import annotations

import dataclasses
import gzip
import json
import random
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from cjkv_phon_train.counts import BLOCKS, count
from cjkv_phon_train.errors import TrainingError
from cjkv_phon_train.experiments.collect import collect, curve, gather
from cjkv_phon_train.experiments.records import MEASURES
from cjkv_phon_train.experiments.summary import Summary, load, merge, save
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.metrics import score


@pytest.mark.parametrize("task", ["udpos", "panx"])
@pytest.mark.parametrize("size", [1, 7, 333])
def test_counts_of_sentences_add_up_exactly_to_the_scores(task: str, size: int) -> None:
    rng = random.Random(size)
    labels = label_set(task)
    gold = [[rng.choice(labels) for _ in range(rng.randint(1, 6))] for _ in range(size)]
    said = [[x if rng.random() < 0.6 else rng.choice(labels) for x in row] for row in gold]
    counts, scores = count(gold, said, task), score(gold, said, task)
    total = sum(counts.entities_said) + sum(counts.entities_gold)
    assert 200 * sum(counts.entities_right) / total == pytest.approx(scores.f1, abs=1e-10)
    assert sum(counts.words) == scores.words
    right = 100 * sum(counts.words_right) / sum(counts.words)
    assert right == pytest.approx(scores.accuracy, abs=1e-10)
    blocks = (counts.block_right, counts.block_said, counts.block_gold)
    hit, found, true = (np.sum(block, axis=0) for block in blocks)
    for place, label in enumerate(counts.labels):
        assert true[place] == scores.labels[label].support
        f1 = 200 * hit[place] / (found[place] + true[place])
        assert f1 == pytest.approx(scores.labels[label].f1)
    assert len(counts.block_gold) == min(BLOCKS, size)
    assert np.sum(counts.confusion) == scores.words
    assert len(counts.words_right) == len(counts.entities_gold) == size


def test_an_x_at_the_end_of_a_sentence_is_counted_where_seqeval_begins_it() -> None:
    """seqeval reads X as a type without a name, which is also that of O, and runs on."""
    gold = [["X"], ["X", "NOUN"], ["NOUN", "X"], ["X", "_"]]
    counts = count(gold, gold, "udpos")
    assert sum(counts.entities_right) == sum(counts.entities_gold)
    assert score(gold, gold, "udpos").f1 == 100
    assert counts.entities_gold == [1, 1, 1, 0]


def test_a_suite_comes_back_from_its_file_as_it_was(tmp_path: Path, synthetic: ModuleType) -> None:
    folder = synthetic.make_suite(tmp_path / "suite")
    found = collect(folder)
    assert found.datasets == ("panx-zh-vi", "udpos-ja-ko")
    assert found.variants("udpos-ja-ko") == ("baseline", "full", "pe")
    assert sorted(found.select("udpos-ja-ko", "full")) == [111, 222]
    for name in ("suite.json", "suite.json.gz"):
        save(found, tmp_path / name)
        assert load(tmp_path / name) == found
    first = (tmp_path / "suite.json.gz").read_bytes()
    save(collect(folder), tmp_path / "suite.json.gz")
    assert (tmp_path / "suite.json.gz").read_bytes() == first
    assert gzip.decompress(first) == (tmp_path / "suite.json").read_bytes()


def test_the_measures_can_be_computed_anew_from_a_summary(
    tmp_path: Path, synthetic: ModuleType
) -> None:
    found = collect(synthetic.make_suite(tmp_path))
    assert len(found.gold) == 4, "the gold side is kept once, not once a run"
    for run in found.runs:
        for corpus, scores in run.scores.items():
            for measure in MEASURES:
                units = found.units(run, corpus, measure)
                assert units is not None
                above, below = units.sum(0)
                again = 100 * np.mean(above / np.maximum(below, 1))
                assert again == pytest.approx(scores[measure], abs=1e-3), measure


def test_a_summary_holds_no_path_and_no_word_of_the_data(
    tmp_path: Path, synthetic: ModuleType
) -> None:
    folder = synthetic.make_suite(tmp_path / "suite")
    save(collect(folder), tmp_path / "suite.json")
    text = (tmp_path / "suite.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert "/home/me" not in text
    assert "東京" not in text
    options = json.loads(text)
    assert options["runs"][-1]["options"]["train"] == ["ja:train-ja.tsv.gz"]
    assert set(options["runs"][0]["options"]) >= {"phonemic", "task"}


@pytest.mark.parametrize(
    ("option", "told", "kept"),
    [
        ("parallel", "ja-ko:/home/me/x.tsv", "ja-ko:x.tsv"),
        ("parallel", "ja-ko:/home/me/x.ja::/home/me/x.ko::a/x.align", "ja-ko:x.ja::x.ko::x.align"),
        ("parallel", r"ja-ko:C:\home\me\x.tsv", "ja-ko:C:x.tsv"),
        ("core_words", "ja-ko:/home/me/words.tsv", "ja-ko:words.tsv"),
        ("core_words", "builtin", "builtin"),
    ],
)
def test_a_summary_holds_no_path_of_files(
    tmp_path: Path, synthetic: ModuleType, option: str, told: str, kept: str
) -> None:
    gold = synthetic.sentences(5, seed=1)
    synthetic.make_run(tmp_path / "mine-111", {"dev-ko": (gold, gold)}, 111)
    path = tmp_path / "mine-111" / "settings.json"
    tables = json.loads(path.read_text(encoding="utf-8"))
    tables["data"][option] = [told]
    path.write_text(json.dumps(tables), encoding="utf-8")
    (run,) = collect(tmp_path).runs
    assert run.options[option] == [kept]


def test_a_suite_of_60_runs_of_3000_sentences_stays_below_a_megabyte_and_a_half(
    tmp_path: Path,
    synthetic: ModuleType,
) -> None:
    gold = synthetic.sentences(3000, seed=5, length=12)
    source = synthetic.sentences(500, seed=6, length=22)
    for number in range(2):
        tags = {"dev-ja": (source, synthetic.guess(source, 0.95, number)),
                "dev-ko": (gold, synthetic.guess(gold, 0.55, number))}  # fmt: skip
        synthetic.make_run(
            tmp_path / "runs" / "udpos-ja-ko" / "baseline" / str(number), tags, number
        )
    found = collect(tmp_path / "runs")
    save(Summary((), found.gold), tmp_path / "gold.json.gz")
    save(found, tmp_path / "two.json.gz")
    fixed = (tmp_path / "gold.json.gz").stat().st_size
    each = ((tmp_path / "two.json.gz").stat().st_size - fixed) / 2
    assert fixed + 60 * each < 1_500_000


def test_the_same_run_twice_is_one_and_two_of_one_name_are_an_error(
    tmp_path: Path, synthetic: ModuleType
) -> None:
    found = collect(synthetic.make_suite(tmp_path))
    assert merge([found, found]) == found
    other = dataclasses.replace(found.runs[0], scores={"dev-ko": {"f1": 1.0}})
    with pytest.raises(TrainingError, match="two different runs"):
        merge([found, Summary((other,), found.gold)])


def test_runs_outside_a_suite_are_named_by_their_folder_and_their_data(
    tmp_path: Path, synthetic: ModuleType
) -> None:
    gold = synthetic.sentences(5, seed=1)
    synthetic.make_run(tmp_path / "mine-111", {"dev-ko": (gold, gold)}, 111)
    (run,) = collect(tmp_path / "mine-111").runs
    assert (run.dataset, run.variant, run.seed) == ("udpos-ja-ko", "mine", 111)


def test_unfinished_runs_and_checkpoints_are_no_results(
    tmp_path: Path, synthetic: ModuleType
) -> None:
    folder = synthetic.make_suite(tmp_path)
    whole = len(collect(folder).runs)
    run = folder / "udpos-ja-ko" / "full" / "222"
    (run / "results.json").unlink()
    (run / "checkpoint-9").mkdir()
    (run / "checkpoint-9" / "settings.json").write_text("{}")
    found = collect(folder)
    assert len(found.runs) == whole - 1
    assert found.unfinished == ("udpos-ja-ko/full/222",)


def test_results_that_were_cut_off_are_unfinished_and_other_damage_says_where(
    tmp_path: Path, synthetic: ModuleType
) -> None:
    folder = synthetic.make_suite(tmp_path / "checkpoint-0")
    whole = len(collect(folder).runs)
    run = folder / "udpos-ja-ko" / "full" / "222"
    text = (run / "results.json").read_text(encoding="utf-8")
    (run / "results.json").write_text(text[:50], encoding="utf-8")
    found = collect(folder)
    assert (len(found.runs), found.unfinished) == (whole - 1, ("udpos-ja-ko/full/222",))
    (run / "results.json").write_text(text, encoding="utf-8")
    for name, content in (("settings.json", "{"), ("sentences.json", "[]")):
        before = (run / name).read_text(encoding="utf-8")
        (run / name).write_text(content, encoding="utf-8")
        with pytest.raises(TrainingError, match="full/222 holds a damaged run"):
            collect(folder)
        (run / name).write_text(before, encoding="utf-8")


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"name": "x", "variants": {"a": 1}}'])
def test_a_damaged_description_of_a_suite_says_what_to_do(
    tmp_path: Path, synthetic: ModuleType, content: str
) -> None:
    folder = synthetic.make_suite(tmp_path)
    (folder / "mine.suite.json").write_text(content, encoding="utf-8")
    with pytest.raises(TrainingError, match="does not describe a suite: delete it"):
        collect(folder)


def test_a_damaged_summary_file_says_what_to_type(tmp_path: Path, synthetic: ModuleType) -> None:
    path = tmp_path / "suite.json.gz"
    save(collect(synthetic.make_suite(tmp_path / "suite")), path)
    data, value = path.read_bytes(), json.loads(gzip.decompress(path.read_bytes()))
    middle = len(data) // 2
    damaged = [data[:middle], data[:middle] + b"\xff" * 40 + data[middle + 40 :]]
    for change in (
        {"suites": [3]}, {"unfinished": None}, {"gold": []},
        {"runs": [value["runs"][0] | {"wrong": []}]},
    ):  # fmt: skip
        damaged.append(json.dumps(value | change).encode())
    for content in damaged:
        path.write_bytes(content)
        with pytest.raises(TrainingError, match="report DIR --summary FILE"):
            load(path)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"format": 99}', "\x1f\x8b broken"])
def test_a_file_that_is_no_summary_says_what_to_type(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(TrainingError, match="report DIR --summary FILE"):
        load(path)


def test_no_finished_run_is_an_error_that_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"no finished run .* --output"):
        gather([tmp_path])
    with pytest.raises(TrainingError, match="neither a folder nor a summary"):
        gather([tmp_path / "missing"])


def test_a_learning_curve_is_thinned_by_averaging_neighbours() -> None:
    history = [{"epoch": i / 100, "step": i, "loss": float(i), "pe_norm": 1.0} for i in range(400)]
    history += [{"epoch": 1.0, "step": 100, "eval_source_f1": 90.0},
                {"epoch": 1.0, "step": 100, "eval_target_f1": 40.0}]  # fmt: skip
    found = curve(history)
    assert len(found["train"]["loss"]) == 40
    assert found["train"]["loss"][0] == 4.5
    assert found["dev"] == {"epoch": [1.0], "step": [100.0], "source": [90.0], "target": [40.0]}
    assert curve([])["dev"]["epoch"] == []
