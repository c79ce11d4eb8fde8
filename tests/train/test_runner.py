"""The runner: nothing is done twice, nothing is lost, whoever is killed."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from click.testing import CliRunner

from cjkv_phon.cli.failure import run as run_command
from cjkv_phon_train.cli import group
from cjkv_phon_train.config import Settings
from cjkv_phon_train.errors import CheckpointError
from cjkv_phon_train.experiments import runner as runner_module
from cjkv_phon_train.experiments.folders import (
    FAILED,
    LOCK,
    LOG,
    Claim,
    State,
    checkpoints,
    fcntl,
    make_ready,
    state,
)
from cjkv_phon_train.experiments.plan import PlannedRun, Request, plan
from cjkv_phon_train.experiments.runner import Runner, child_environment, devices
from cjkv_phon_train.experiments.suite_file import load_suite
from cjkv_phon_train.preparation import trimmed_backbone
from cjkv_phon_train.run_directory import read_json, write_json
from cjkv_phon_train.training import train

STAND_IN = '''
"""Trains nothing: a step is a checkpoint, the score is the seed; ill at the asking of clip."""
import json, os, signal, sys, threading, time
from pathlib import Path
from cjkv_phon_train.experiments.worker import end_with, first_line

tables = json.loads(first_line(0))
threading.Thread(target=end_with, args=(0,), daemon=True).start()
told = tables["training"]
folder = Path(told["output"])
(folder / "settings.json").write_text(json.dumps(tables))
begin = 0
if told["resume"]:
    begin = max(int(path.name.split("-")[1]) for path in folder.glob("checkpoint-*"))
for step in range(begin + 1, int(told["epochs"]) + 1):
    print("step", step, flush=True)
    place = folder / f"checkpoint-{step}"
    place.mkdir()
    (place / "trainer_state.json").write_text("{}")
    if told["clip"] == 13:
        sys.exit("the loss is not a number")
    if told["clip"] == 9 and step == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(told["warmup"])
(folder / "model.safetensors").write_text("weights")
scores = {"dev-ja": {"f1": float(told["seed"])}, "dev-ko": {"f1": 100.0 - told["seed"]}}
(folder / "results.json").write_text(json.dumps({
    "scores": scores, "gpu": os.environ.get("CUDA_VISIBLE_DEVICES"),
    "threads": os.environ["OMP_NUM_THREADS"],
}))
'''


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    path = tmp_path_factory.mktemp("worker") / "worker.py"
    path.write_text(STAND_IN, encoding="utf-8")
    return (sys.executable, str(path))


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., list[PlannedRun]]:
    def made(seeds: tuple[int, ...] = (1, 2), **options: Any) -> list[PlannedRun]:
        runs = []
        for seed in seeds:
            folder = str(tmp_path / "data" / "variant" / str(seed))
            told = {"epochs": 3, "tensorboard": False} | options
            settings = Settings().with_values(told | {"seed": seed, "output": folder})
            runs.append(PlannedRun("data", "variant", seed, settings))
        return runs

    return made


def steps(run: PlannedRun) -> list[int]:
    lines = (run.folder / LOG).read_text().split("\n")
    return [int(line.removeprefix("step ")) for line in lines if line.startswith("step ")]


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_finished_runs_are_skipped_and_small(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    runs, lines = make(), []
    one = Runner(worker=stand_in, say=lines.append)
    assert one.work(runs).done == runs
    assert [path.name for path in sorted(runs[0].folder.iterdir())] == [
        LOG, "results.json", "settings.json",
    ]  # fmt: skip
    assert lines[1].startswith("[2/2] data variant 2  dev-ja 2.00  dev-ko 98.00  ")
    assert lines[1].endswith("; 0 s left")
    again = one.work(make((1, 2), workers=3))
    assert (len(again.skipped), again.done) == (2, [])
    assert steps(runs[0]) == [1, 2, 3]


def test_models_are_kept_when_asked_for(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    runs = make((1,))
    Runner(worker=stand_in, keep_models=True).work(runs)
    assert (runs[0].folder / "model.safetensors").exists()
    Runner(worker=stand_in).work(runs)
    assert not (runs[0].folder / "model.safetensors").exists()


def test_a_run_of_other_settings_is_neither_taken_for_this_one_nor_overwritten(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    one = Runner(worker=stand_in)
    one.work(make((1,)))
    with pytest.raises(CheckpointError, match=r"epochs: 3\.0 there, 4\.0 now.*--redo"):
        one.work(make((1, 2), epochs=4))
    assert steps(make((1,))[0]) == [1, 2, 3]
    assert not make((2,))[0].folder.exists()


def test_options_that_are_new_since_a_run_count_as_their_defaults(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    run = make((1,))[0]
    Runner(worker=stand_in).work([run])
    tables = read_json(run.folder / "settings.json")
    del tables["training"]["patience"]
    write_json(run.folder / "settings.json", tables)
    assert state(run) is State.DONE
    tables["training"]["no_longer_known"] = 1
    write_json(run.folder / "settings.json", tables)
    with pytest.raises(CheckpointError, match="no_longer_known"):
        state(run)


def test_a_failing_run_is_recorded_and_the_others_go_on(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    runs = make((1,), clip=13) + make((2,))
    outcome = Runner(worker=stand_in).work(runs)
    assert outcome.failed == [(runs[0], "exit code 1: the loss is not a number")]
    assert outcome.done == [runs[1]]
    failed = read_json(runs[0].folder / FAILED)
    assert failed["code"] == 1
    assert failed["log"] == ["step 1", "the loss is not a number"]


def test_a_killed_child_is_recorded_and_gone_on_with(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    run = make((1,), clip=9)[0]
    outcome = Runner(worker=stand_in).work([run])
    assert outcome.failed == [(run, "killed by signal 9")]
    assert state(run) is State.HALF
    assert Runner(worker=stand_in).work([run]).done == [run]
    assert steps(run) == [1, 2, 3]
    assert not (run.folder / FAILED).exists()


def test_half_written_checkpoints_are_not_gone_on_from(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    run = make((1,), clip=9)[0]
    Runner(worker=stand_in).work([run])
    (run.folder / "checkpoint-2" / "trainer_state.json").write_text('{"log_history": [')
    Runner(worker=stand_in).work([run])
    assert steps(run) == [1, 2, 2]  # Killed again in step 2, which it did twice.
    for path in run.folder.glob("checkpoint-*"):
        (path / "trainer_state.json").unlink()
    assert state(run) is State.NEW
    (run.folder / "results.json").write_text('{"scores": ')
    Runner(worker=stand_in).work([run])
    assert steps(run) == [1, 2]  # From the beginning, with a new log.
    (run.folder / "settings.json").write_bytes('{"data": "日'.encode()[:-1])
    assert state(run) is State.HALF
    assert make_ready(run).training.resume
    assert read_json(run.folder / "settings.json")["training"]["clip"] == 9
    assert Runner(worker=stand_in).work([run]).done == [run]


def test_what_another_process_has_claimed_is_left_to_it(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    runs = make()
    claim = Claim.take(runs[0].folder)
    assert claim is not None
    assert (runs[0].folder / LOCK).read_text() == f"{os.getpid()}\n"
    outcome = Runner(worker=stand_in).work(runs)
    assert (outcome.elsewhere, outcome.done) == ([runs[0]], [runs[1]])
    claim.release()
    assert Runner(worker=stand_in).work(runs).done == [runs[0]]


def test_a_lock_file_that_nobody_holds_is_no_claim(make: Callable[..., list[PlannedRun]]) -> None:
    folder = make((1,))[0].folder
    folder.mkdir(parents=True)
    (folder / LOCK).write_text("1\n")
    claim = Claim.take(folder)
    assert claim is not None
    claim.release()


@pytest.mark.skipif(fcntl is None, reason="no such locks here")
def test_a_file_system_without_locks_is_not_taken_for_another_process(
    make: Callable[..., list[PlannedRun]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(OSError, match="No locks"):
        Claim.take(make((1,))[0].folder)


@pytest.mark.parametrize("content", ["[]", "null", "3", "{"])
def test_settings_that_are_damaged_are_begun_anew(
    make: Callable[..., list[PlannedRun]], stand_in: tuple[str, ...], content: str
) -> None:
    (run,) = make((1,))
    run.folder.mkdir(parents=True)
    (run.folder / "settings.json").write_text(content)
    assert Runner(worker=stand_in).work([run]).done == [run]


def test_no_run_is_begun_when_time_is_up(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    runs = make((1, 2, 3), warmup=0.1)
    outcome = Runner(worker=stand_in, seconds=0.05).work(runs)
    assert (outcome.done, outcome.left) == (runs[:1], runs[1:])


def test_the_time_of_several_calls_is_counted_together(
    stand_in: tuple[str, ...], make: Callable[..., list[PlannedRun]]
) -> None:
    runs = make((1, 2), warmup=0.3)
    runner = Runner(worker=stand_in, seconds=0.2)
    assert runner.work(runs[:1]).done == runs[:1]
    assert runner.work(runs[1:]).left == runs[1:]


def test_devices_are_dealt_out_and_threads_are_one_unless_told_otherwise(
    stand_in: tuple[str, ...],
    make: Callable[..., list[PlannedRun]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    runs = make((1, 2, 3, 4), warmup=0.05)
    Runner(worker=stand_in, jobs=4, devices=("4", "7")).work(runs)
    results = [read_json(run.folder / "results.json") for run in runs]
    assert [one["gpu"] for one in results] == ["4", "7", "4", "7"]
    assert {one["threads"] for one in results} == {"1"}
    assert child_environment({"OMP_NUM_THREADS": "6"}, (), 0)["OMP_NUM_THREADS"] == "6"
    assert devices({"CUDA_VISIBLE_DEVICES": "2, 3"}) == ["2", "3"]
    assert devices({"CUDA_VISIBLE_DEVICES": ""}) == []


PARENT = """
import json, sys
from cjkv_phon.cli.failure import run
from cjkv_phon_train.cli import group
from cjkv_phon_train.experiments import runner
runner.WORKER = tuple(json.loads(sys.argv[1]))
run(group, sys.argv[2:])
"""

SUITE = """
[datasets.data]
[variants.variant]
epochs = 3
warmup = {warmup}
clip = {clip}
"""


@pytest.fixture
def suite(tmp_path: Path) -> Callable[..., Path]:
    def written(warmup: float = 0.0, clip: float = 1.0) -> Path:
        path = tmp_path / "suite.toml"
        path.write_text(SUITE.format(warmup=warmup, clip=clip), encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_children_end_with_their_runner(
    stand_in: tuple[str, ...], suite: Callable[..., Path], tmp_path: Path, number: int
) -> None:
    arguments = ["experiment", str(suite(warmup=60)), "--seeds", "1", "--out", str(tmp_path)]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, json.dumps(stand_in), *arguments], stderr=subprocess.PIPE
    )
    folder = tmp_path / "data" / "variant" / "1"
    until((folder / "checkpoint-1" / "trainer_state.json").exists)
    assert Claim.take(folder) is None
    parent.send_signal(number)
    said = parent.communicate(timeout=60)[1].decode()
    if number == signal.SIGINT:
        assert (parent.returncode, said) == (130, "\ncjkv-phon: stopped\n")
    # The child holds the claim, too, so that it is free only when the child is gone.
    claims: list[Claim | None] = []

    def free() -> bool:
        claims.append(Claim.take(folder))
        return claims[-1] is not None

    until(free)
    assert claims[-1] is not None
    claims[-1].release()
    assert not (folder / "results.json").exists()


@pytest.fixture
def typed(
    stand_in: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    monkeypatch.setattr(runner_module, "WORKER", stand_in)

    def call(*arguments: str, code: int = 0) -> Any:
        result = CliRunner().invoke(group, ["experiment", *arguments], catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    yield call


def test_the_command_runs_what_is_not_done_and_tells_the_report_about_the_suite(
    typed: Callable[..., Any], suite: Callable[..., Path], tmp_path: Path
) -> None:
    arguments = [str(suite()), "--out", str(tmp_path / "out"), "--seeds", "1,2", "--jobs", "2"]
    shown = typed(*arguments, "--dry-run").stdout
    assert [line.partition("\t")[2] for line in shown.split("\n")[:2]] == ["new", "new"]
    assert not (tmp_path / "out").exists()
    said = typed(*arguments).stderr
    assert "[2/2] data variant" in said
    assert "2 runs done already" in typed(*arguments).stderr
    assert read_json(tmp_path / "out" / "suite.suite.json")["variants"]["variant"]["datasets"] == [
        "data"
    ]
    typed(*arguments, "--set", "batch-size=4", "--redo")
    shown = typed(*arguments, "--set", "batch-size=4", "--dry-run").stdout
    assert [line.partition("\t")[2] for line in shown.split("\n")[:2]] == ["done", "done"]


def test_the_command_ends_with_code_1_and_the_list_of_what_failed(
    typed: Callable[..., Any], suite: Callable[..., Path], tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    said = typed(str(suite(clip=13)), "--out", out, "--seeds", "1", code=1).stderr
    assert said.split("\n")[-2] == (
        f"failed: {out}/data/variant/1: exit code 1: the loss is not a number (see log.txt there)"
    )


def test_the_command_lists_suites_and_refuses_others(
    typed: Callable[..., Any], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "objectives\tObjectives (Tables 3 and 7): baseline, pe" in typed("--list").stdout
    assert "experiment tune udpos-ja-ko" in typed().stdout
    with pytest.raises(SystemExit) as leaving:
        run_command(group, ["experiment", "objektives"])
    assert leaving.value.code == 2
    assert "or one of: baselines, embeddings" in capsys.readouterr().err


REAL = """
[common]
backbone = "${BACKBONE}"
batch_size = 8
epochs = 3
lr = 1e-3
tensorboard = false
patience = 0
trim = true
[datasets.tiny]
preset = "udpos-ja-ko"
data = "${DATA}"
dictionary = ["ja-ko:${DATA}/ja-ko.txt"]
[variants.baseline]
variant = "baseline"
[variants.full]
variant = "full"
"""


def outcome_of(results: dict[str, Any]) -> tuple[Any, ...]:
    losses = [entry["eval_loss"] for entry in results["history"] if "eval_loss" in entry]
    return results["scores"], losses


def test_parallel_runs_of_which_one_was_killed_give_what_single_runs_give(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJKV_PHON_CACHE", str(tmp_path / "cache"))
    (tmp_path / "real.toml").write_text(REAL, encoding="utf-8")
    variables = {"DATA": str(corpus), "BACKBONE": str(backbones["minilm"])}
    request = Request(tmp_path / "out", variables, {}, seeds=(5,))
    runs, _ = plan(load_suite(tmp_path / "real.toml"), request)
    children: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def seen(*arguments: Any, **more: Any) -> Any:
        children.append(popen(*arguments, **more))
        return children[-1]

    def kill() -> None:
        until(lambda: bool(checkpoints(runs[1].folder)))  # whole, not half written
        children[1].kill()

    monkeypatch.setattr(subprocess, "Popen", seen)
    killer = threading.Thread(target=kill)
    killer.start()
    outcome = Runner(jobs=2).work(runs)
    killer.join()
    assert outcome.failed == [(runs[1], "killed by signal 9")]
    outcome = Runner().work(runs)
    assert (outcome.failed, outcome.elsewhere) == ([], [])
    assert (outcome.skipped, outcome.done) == (runs[:1], runs[1:])
    assert read_json(runs[1].folder / "settings.json")["training"]["resume"] is True
    assert not list(tmp_path.glob("out/tiny/*/5/*.safetensors"))
    # A reference in this process, with one thread as in the children.
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    for run in runs:
        whole = train(run.settings.with_values({"output": str(tmp_path / run.variant)}))
        assert outcome_of(read_json(run.folder / "results.json")) == outcome_of(whole)
    torch.set_num_threads(threads)


def test_a_backbone_is_trimmed_once_and_appears_whole(
    backbones: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJKV_PHON_CACHE", str(tmp_path))
    made = [trimmed_backbone(str(backbones["minilm"]), ["学生", "水"]) for _ in range(2)]
    assert made[0] == made[1]
    # Half of one, as a killed process of an earlier version left it.
    (Path(made[0][0]) / "trim.json").unlink()
    assert trimmed_backbone(str(backbones["minilm"]), ["水", "学生"]) == made[0]
    assert [path.name for path in (tmp_path / "trimmed").iterdir()] == [Path(made[0][0]).name]
