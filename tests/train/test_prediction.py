"""A checkpoint is loaded whole or not at all; what cannot be tagged is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file
from transformers import AutoModelForTokenClassification

from cjkv_phon import FormatError
from cjkv_phon_train.config import load_settings
from cjkv_phon_train.data import Example
from cjkv_phon_train.errors import CheckpointError, SettingsError
from cjkv_phon_train.prediction import Tagger
from cjkv_phon_train.training import train


@pytest.fixture(scope="module")
def trained(
    backbones: dict[str, Path], corpus: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "run"
    values = {
        "data": str(corpus), "backbone": str(backbones["bert"]), "output": str(folder),
        "max_steps": 2, "tensorboard": False, "batch_size": 8,
    }  # fmt: skip
    train(load_settings(values=values))
    return folder


@pytest.fixture
def copy(trained: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained, tmp_path / "copy"))


def test_sentences_come_back_in_order_with_a_label_a_word(trained: Path) -> None:
    tagger = Tagger.from_pretrained(trained, "cpu")
    sizes = [3, 0, 1, 200, 2]
    examples = [Example(("水",) * n, None, ("mizɯ",) * n, "ja") for n in sizes]
    tags = list(tagger.tag(examples, batch_size=2))
    assert [len(one) for one in tags] == sizes
    assert {tag for one in tags for tag in one} <= set(tagger.model.config.label_names)


def test_the_auto_classes_know_the_model(trained: Path, capfd: pytest.CaptureFixture[str]) -> None:
    auto = AutoModelForTokenClassification.from_pretrained(trained)
    assert type(auto).__name__ == "PhoneXLForTokenClassification"
    capfd.readouterr()
    Tagger.from_pretrained(trained, "cpu")
    assert "model of type" not in capfd.readouterr().err


def test_the_language_row_can_be_chosen_at_test(trained: Path) -> None:
    assert Tagger.from_pretrained(trained, "cpu").model.vectors.rows_at_test == [0, 0]
    own = Tagger.from_pretrained(trained, "cpu", language_row="own")
    assert own.model.vectors.rows_at_test == [0, 1]
    with pytest.raises(SettingsError, match=r"onw.*auto, own, source"):
        Tagger.from_pretrained(trained, "cpu", language_row="onw")


def test_a_language_that_the_model_does_not_know_is_refused(trained: Path, corpus: Path) -> None:
    tagger = Tagger.from_pretrained(trained, "cpu")
    with pytest.raises(SettingsError, match="the model knows ja, ko, not vi"):
        tagger.evaluate(str(corpus / "dev-ko.tsv"), "vi")


def test_evaluating_without_labels_is_refused(trained: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"tokens": ["a"], "ipa": ["a"]}\n')
    with pytest.raises(FormatError, match="has no labels"):
        Tagger.from_pretrained(trained, "cpu").evaluate(str(path), "ko")


def test_tagging_without_the_phonemes_of_training_says_how_to_get_them(
    trained: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"tokens": ["물"]}\n', encoding="utf-8")
    with pytest.raises(FormatError, match="Type --scheme standard"):
        list(Tagger.from_pretrained(trained, "cpu").tag_file(str(path), "ko"))


def test_weights_of_another_configuration_are_refused(copy: Path) -> None:
    config = json.loads((copy / "config.json").read_text())
    (copy / "config.json").write_text(json.dumps(config | {"weights": {"align": 0.1}}))
    with pytest.raises(CheckpointError, match=r"another configuration: objectives\.align"):
        Tagger.from_pretrained(copy, "cpu")


def test_weights_of_another_label_set_are_refused(copy: Path) -> None:
    state = load_file(copy / "model.safetensors")
    state["classifier.weight"] = state["classifier.weight"][:7].clone()
    save_file(state, copy / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(CheckpointError, match="do not fit"):
        Tagger.from_pretrained(copy, "cpu")


def test_a_folder_with_another_model_is_refused(
    copy: Path, backbones: dict[str, Path], tmp_path: Path
) -> None:
    shutil.copy(backbones["bert"] / "config.json", copy / "config.json")
    with pytest.raises(CheckpointError, match="no PhoneXL model"):
        Tagger.from_pretrained(copy, "cpu")
    with pytest.raises(CheckpointError, match="nor can it be fetched from the hub"):
        Tagger.from_pretrained("nobody/nothing", "cpu")
    with pytest.raises(CheckpointError, match="no run directory"):
        Tagger.from_pretrained(tmp_path, "cpu")


@pytest.mark.parametrize("name", ["settings.json", "config.json", "model.safetensors"])
def test_a_damaged_run_says_what_to_do(copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes()[:100])
    with pytest.raises(CheckpointError, match="train again"):
        Tagger.from_pretrained(copy, "cpu")
