"""Runs: they learn, they repeat themselves, they can be interrupted, split and documented."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from transformers import TrainerCallback

from cjkv_phon_train import run_directory, training
from cjkv_phon_train.config import Settings, load_settings
from cjkv_phon_train.data import COLUMNS
from cjkv_phon_train.errors import CheckpointError, DeviceMemoryError, SettingsError
from cjkv_phon_train.prediction import Tagger
from cjkv_phon_train.preparation import prepare
from cjkv_phon_train.switching import Draws
from cjkv_phon_train.trainer import EpochSampler, parameter_groups
from cjkv_phon_train.training import build_trainer, train

ALL = {"alpha": 0.1, "beta": 0.01, "gamma": 0.01}


@pytest.fixture
def options(backbones: dict[str, Path], corpus: Path, tmp_path: Path) -> dict[str, Any]:
    return {
        "data": str(corpus), "dictionary": f"ja-ko:{corpus / 'ja-ko.txt'}",
        "backbone": str(backbones["minilm"]), "output": str(tmp_path / "run"),
        "batch_size": 8, "epochs": 2, "lr": 1e-3, "tensorboard": False, "log_steps": 2, **ALL,
    }  # fmt: skip


def run(options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return train(load_settings(values=options | more))


def weights(folder: str | Path) -> dict[str, torch.Tensor]:
    return load_file(Path(folder) / "model.safetensors")


def largest_difference(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> float:
    assert one.keys() == other.keys()
    return max(float((one[key] - other[key]).abs().max()) for key in one)


def without_dropout(folder: Path, target: Path) -> Path:
    """Copy a backbone with its dropout off, which is random in each process."""
    import shutil

    shutil.copytree(folder, target)
    config = json.loads((target / "config.json").read_text())
    config |= {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    (target / "config.json").write_text(json.dumps(config))
    return target


def test_a_tiny_backbone_overfits_32_sentences_with_every_objective_on(
    options: dict[str, Any],
) -> None:
    result = run(
        options, epochs=25, batch_size=16, lr=3e-3, new_lr=1e-2, phoneme_lr=1e-2, patience=0
    )
    assert result["scores"]["dev-ja"]["f1"] > 99
    assert result["scores"]["dev-ja"]["accuracy"] > 99
    assert set(result["scores"]) == {"dev-ja", "dev-ko"}
    logs = [entry for entry in result["history"] if "loss_task" in entry]
    for name in ("loss", "loss_task", "loss_align", "loss_mlm", "loss_xmlm"):
        assert logs[-1][name] < logs[0][name], name
    assert {"oe_norm", "pe_norm", "grad_norm"} <= set(logs[0])


def test_a_run_repeats_itself_to_the_last_bit_whoever_builds_the_batches(
    options: dict[str, Any], tmp_path: Path
) -> None:
    run(options, max_steps=3)
    run(options, max_steps=3, output=str(tmp_path / "again"), workers=1)
    run(options, max_steps=3, output=str(tmp_path / "other"), seed=7)
    first = weights(options["output"])
    assert largest_difference(first, weights(tmp_path / "again")) == 0
    assert largest_difference(first, weights(tmp_path / "other")) > 0


def test_a_trimmed_backbone_found_in_the_cache_gives_the_same_run(
    options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJKV_PHON_CACHE", str(tmp_path / "cache"))
    run(options, max_steps=1, trim=True)
    run(options, max_steps=1, trim=True, output=str(tmp_path / "again"))
    assert largest_difference(weights(options["output"]), weights(tmp_path / "again")) == 0


class KilledError(Exception):
    pass


class Kill(TrainerCallback):
    """Saves a checkpoint after some steps and kills the run before the next."""

    def __init__(self, step: int) -> None:
        self.step = step

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        control.should_save = state.global_step == self.step

    def on_step_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if state.global_step == self.step:
            raise KilledError


@pytest.mark.parametrize("step", [3, 4])
def test_a_run_that_was_interrupted_ends_as_if_it_had_not_been(
    options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """In the middle of an epoch, and at its end: four steps are an epoch."""
    run(options, patience=0)
    whole = weights(options["output"])
    broken = options | {"output": str(tmp_path / "broken"), "patience": 0}
    built = build_trainer

    def build_and_stop(prepared: Any, arguments: Any) -> Any:
        trainer = built(prepared, arguments)
        trainer.add_callback(Kill(step))
        return trainer

    monkeypatch.setattr(training, "build_trainer", build_and_stop)
    with pytest.raises(KilledError):
        run(broken)
    monkeypatch.undo()
    run(broken, resume=True)
    assert largest_difference(whole, weights(broken["output"])) == 0


def test_patience_is_not_forgotten_when_a_run_is_interrupted(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is learned, so that the first epoch stays the best: it ends after four."""
    options |= {"lr": 0, "new_lr": 0, "phoneme_lr": 0, "epochs": 8, "patience": 3}
    built = build_trainer

    def build_and_stop(prepared: Any, arguments: Any) -> Any:
        trainer = built(prepared, arguments)
        trainer.add_callback(Kill(9))
        return trainer

    monkeypatch.setattr(training, "build_trainer", build_and_stop)
    with pytest.raises(KilledError):
        run(options)
    monkeypatch.undo()
    assert run(options, resume=True)["steps"] == 16


def test_two_processes_and_accumulated_steps_equal_one_process(
    options: dict[str, Any], backbones: dict[str, Path], tmp_path: Path
) -> None:
    plain = without_dropout(backbones["minilm"], tmp_path / "plain")
    options |= {
        "backbone": str(plain), "max_steps": 4, "head_dropout": 0.0, "keep": "last", "patience": 0,
    }  # fmt: skip
    run(options, batch_size=8)
    run(options, batch_size=2, accumulate=4, output=str(tmp_path / "accumulated"))
    settings = load_settings(
        values=options | {"batch_size": 4, "output": str(tmp_path / "parallel")}
    )
    toml = tmp_path / "run.toml"
    toml.write_text(to_toml(settings), encoding="utf-8")
    command = [
        sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "--master-port",
        "29531", "-m", "cjkv_phon_train", "train", "--config", str(toml),
    ]  # fmt: skip
    result = subprocess.run(
        command, capture_output=True, text=True, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-3000:]
    one = weights(options["output"])
    assert largest_difference(one, weights(tmp_path / "accumulated")) < 1e-5
    assert largest_difference(one, weights(tmp_path / "parallel")) < 1e-5
    scores = [
        json.loads((Path(folder) / "results.json").read_text())["scores"]
        for folder in (options["output"], tmp_path / "parallel")
    ]
    assert scores[0] == scores[1]


def to_toml(settings: Settings) -> str:
    lines: list[str] = []
    for part, table in settings.as_dict().items():
        lines.append(f"[{part}]")
        lines += [f"{name} = {json.dumps(value)}" for name, value in table.items()]
    return "\n".join(lines) + "\n"


def test_bf16_learns_about_the_same_as_fp32(options: dict[str, Any], tmp_path: Path) -> None:
    exact = run(options, max_steps=4, patience=0)
    rough = run(options, max_steps=4, patience=0, precision="bf16", output=str(tmp_path / "bf16"))
    one, other = (r["train"]["train_loss"] for r in (exact, rough))
    assert other == pytest.approx(one, rel=0.02)
    assert all(value.dtype == torch.float32 for value in weights(tmp_path / "bf16").values())


def test_a_run_directory_says_everything(options: dict[str, Any]) -> None:
    run(options, max_steps=2, tensorboard=True)
    folder = Path(options["output"])
    settings = json.loads((folder / "settings.json").read_text())
    assert Settings.from_dict(settings).objectives.alpha == 0.1
    data = json.loads((folder / "data.json").read_text())
    train_ja = data["corpora"][0]
    assert (train_ja["role"], train_ja["lang"], train_ja["sentences"]) == ("train", "ja", 32)
    assert len(train_ja["sha256"]) == 64
    assert train_ja["phonemes"] == COLUMNS
    assert data["added_symbols"] == ["ɰ"]
    environment = json.loads((folder / "environment.json").read_text())
    assert environment["versions"]["torch"] == torch.__version__
    assert "git" in environment
    card = (folder / "README.md").read_text()
    assert "library_name: transformers" in card
    assert train_ja["sha256"][:16] in card
    assert "| dev-ko |" in card
    assert list(folder.rglob("events.out.tfevents*")) or list(Path("runs").rglob("events.out*"))


def test_the_model_kept_is_the_best_on_source_dev(options: dict[str, Any]) -> None:
    result = run(options, epochs=3, lr=3e-3, patience=0, watch_target=True)
    source = [e["eval_source_f1"] for e in result["history"] if "eval_source_f1" in e]
    assert len([e for e in result["history"] if "eval_target_f1" in e]) == 3
    assert result["best_source_f1"] == max(source)
    assert result["scores"]["dev-ja"]["f1"] == pytest.approx(max(source))


def test_training_stops_when_source_dev_stops_gaining(options: dict[str, Any]) -> None:
    result = run(options, epochs=9, lr=0.0, new_lr=0.0, phoneme_lr=0.0, patience=2)
    assert result["steps"] == 3 * 4


def test_released_choices_run_end_to_end(options: dict[str, Any]) -> None:
    result = run(options, compat="released", max_steps=3)
    assert result["steps"] == 3
    keys = set(weights(options["output"]))
    assert not any("crf" in key for key in keys)
    assert sum(key.endswith("decoder") for key in keys) == 2


@pytest.mark.parametrize(
    "more",
    [
        {"pooling": "subwords", "phonemic": "none", "alpha": 0.0},
        {"phonemic": "articulatory", "language_embedding": False},
        {"trim": True, "phonemic": "copied"},
        {"gamma": 0.0, "phonemes": "romanization"},
    ],
)
def test_every_kind_of_model_trains_and_predicts(
    options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    monkeypatch.setenv("CJKV_PHON_CACHE", str(tmp_path / "cache"))
    result = run(options | more, max_steps=2)
    tagger = Tagger.from_pretrained(options["output"], device="cpu")
    again = tagger.evaluate(str(Path(options["data"]) / "dev-ko.tsv"), "ko")
    assert again.as_dict() == result["scores"]["dev-ko"]


def test_new_parameters_have_learning_rates_of_their_own(options: dict[str, Any]) -> None:
    settings = load_settings(
        values=options | {"lr": 1e-5, "new_lr": 1e-3, "phoneme_lr": 1e-4, "weight_decay": 0.1}
    )
    model = prepare(settings).model
    rates = {
        id(p): (group["lr"], group["weight_decay"])
        for group in parameter_groups(model, settings.training)
        for p in group["params"]
    }
    assert len(rates) == len(list(model.parameters()))
    named = {name: rates[id(p)] for name, p in model.named_parameters()}
    assert named["vectors.phonemic.weight"] == (1e-4, 0.1)
    assert named["vectors.language.weight"] == (1e-4, 0.1)
    assert named["objectives.align.temperature"] == (1e-4, 0.0)
    assert named["classifier.weight"] == (1e-3, 0.1)
    assert named["objectives.task.head.crf.transitions"] == (1e-3, 0.0)
    backbone = {rate for name, rate in named.items() if name.startswith("encoder.")}
    assert backbone == {(1e-5, 0.1), (1e-5, 0.0)}


def test_the_order_of_an_epoch_depends_on_seed_and_epoch_alone() -> None:
    lengths = [n % 17 for n in range(0, 403, 13)]
    draws = Draws(1)
    sampler = EpochSampler(lengths, 4, draws)
    first = list(sampler)
    assert first == list(EpochSampler(lengths, 4, Draws(1)))
    assert sorted(first) == list(range(31))
    draws.epoch = 1
    assert list(sampler) != first
    steps = [[lengths[i] for i in first[at : at + 4]] for at in range(0, 28, 4)]
    assert all(max(step) - min(step) <= 4 for step in steps)
    assert list(EpochSampler(lengths, 4, Draws(1), by_length=False)) != first


def test_a_finished_run_is_not_written_over(options: dict[str, Any]) -> None:
    run(options, max_steps=1)
    with pytest.raises(CheckpointError, match="--resume"):
        run(options, max_steps=1)
    with pytest.raises(CheckpointError, match=r"another configuration \(alpha: 0.1 there, 0.7 now"):
        run(options, max_steps=1, resume=True, alpha=0.7)
    for name, value in {"seed": 7, "lr": 3e-3, "batch_size": 2, "select": "switched"}.items():
        with pytest.raises(CheckpointError, match=f"another configuration .{name}: "):
            run(options, max_steps=1, resume=True, **{name: value})
    assert run(options, max_steps=2, resume=True, log_steps=1)["steps"] == 2


def test_contradictions_are_refused_before_anything_is_loaded(options: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="--alpha 0"):
        run(options, phonemic="none")
    for name, value in {"fusion": "late", "sound_scale": 0.1}.items():
        with pytest.raises(SettingsError, match="--phonemic xavier"):
            run(options | {"alpha": 0}, phonemic="none", **{name: value})
    with pytest.raises(SettingsError, match="--phonemic articulatory"):
        run(options, sound_context=1)
    with pytest.raises(SettingsError, match="--gamma 0"):
        run(options, dictionary="")
    with pytest.raises(SettingsError, match="--phonemes ipa"):
        run(options, phonemic="articulatory", phonemes="romanization")
    with pytest.raises(SettingsError, match="mask"):
        run(options, mask=0.0)


def test_what_does_not_fit_the_run_is_refused(
    options: dict[str, Any], backbones: dict[str, Path]
) -> None:
    ja, ko = (Path(options["data"]) / f"dev-{lang}.tsv" for lang in ("ja", "ko"))
    with pytest.raises(SettingsError, match="add --target ko"):
        run(options, target="vi", gamma=0.0, dev=f"ja:{ja},ko:{ko}")
    with pytest.raises(SettingsError, match="type --max-length 160"):
        run(options, max_length=200)
    with pytest.raises(SettingsError, match="type --max-length 158"):
        run(options, max_length=160, backbone=str(backbones["xlmr"]))


def test_half_precision_without_a_gpu_is_refused(options: dict[str, Any]) -> None:
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(SettingsError, match="--precision bf16"):
        run(options, precision="fp16")


def test_a_finished_run_is_pushed_without_its_checkpoints(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub

    seen: dict[str, Any] = {}
    uploaded: dict[str, bytes] = {}

    class FakeHub:
        def create_repo(self, name: str, exist_ok: bool) -> None:
            seen["created"] = name

        def upload_folder(self, repo_id: str, folder_path: Any, **arguments: Any) -> None:
            seen.setdefault("repo_id", repo_id)
            ignored = arguments.get("ignore_patterns", [])
            for path in Path(folder_path).iterdir():
                if not any(fnmatch(path.name, pattern) for pattern in ignored):
                    assert path.name not in uploaded
                    uploaded[path.name] = path.read_bytes()

    monkeypatch.setattr(huggingface_hub, "HfApi", FakeHub)
    run(options, max_steps=1, push_to_hub="me/tagger")
    assert seen["created"] == seen["repo_id"] == "me/tagger"
    written = {"settings.json", "data.json", "config.json", "README.md"}
    assert {"results.json", "model.safetensors"} | written <= set(uploaded)
    assert not [name for name in uploaded if name.startswith(("checkpoint", "sentences", "."))]
    folder = str(Path(options["output"]).parent)
    assert folder in (Path(options["output"]) / "settings.json").read_text(), "it is said here"
    for name in written:
        assert folder.encode() not in uploaded[name], name


def test_the_revision_is_that_of_the_package_not_of_a_repository_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@b"]
        subprocess.run(["git", "-C", tmp_path, *who, *words], check=True, capture_output=True)

    git("init")
    (tmp_path / ".gitignore").write_text("lib\n")
    git("add", ".gitignore")
    git("commit", "-m", "first")
    module = tmp_path / "lib" / "run_directory.py"
    module.parent.mkdir()
    module.touch()
    monkeypatch.setattr(run_directory, "__file__", str(module))
    assert run_directory.git_revision() == ""
    git("add", "-f", "lib")
    git("commit", "-m", "second")
    assert len(run_directory.git_revision()) == 40


def test_a_file_of_a_run_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    run_directory.write_json(path, {"a": 1})
    with pytest.raises(UnicodeEncodeError):
        run_directory.write_json(path, {"a": "\ud800"})
    assert json.loads(path.read_text()) == {"a": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_out_of_memory_says_which_batch_size_to_type(
    options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: Any, **__: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(training.PhoneXLTrainer, "training_step", explode)
    with pytest.raises(DeviceMemoryError, match="--batch-size 4 --accumulate 2"):
        run(options)
