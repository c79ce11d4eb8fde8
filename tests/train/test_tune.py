"""Tuning: the paper's grid, each point once, the best on source dev whatever the target says."""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cjkv_phon_train.cli import group
from cjkv_phon_train.config import read_toml
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.experiments import runner as runner_module
from cjkv_phon_train.experiments.plan import Request
from cjkv_phon_train.experiments.suite_file import load_suite
from cjkv_phon_train.experiments.tune import (
    PAPER_GRID,
    folder_name,
    points,
    read_grid,
    tries,
    useful,
)
from cjkv_phon_train.presets import VARIANTS

STAND_IN = '''
"""Trains nothing: alpha and gamma make the source score; the target score is its contrary."""
import json
from pathlib import Path
from cjkv_phon_train.experiments.worker import first_line

tables = json.loads(first_line(0))
told = tables["objectives"]
folder = Path(tables["training"]["output"])
(folder / "settings.json").write_text(json.dumps(tables))
source = 100 * told["alpha"] - told["gamma"]
scores = {"dev-ja": {"f1": source}, "dev-ko": {"f1": SIGN * source}, "test-ko": {"f1": 99 - source}}
results = {"scores": scores, "best_source_f1": SIGN * source, "best_target_f1": -source}
(folder / "results.json").write_text(json.dumps(results))
'''

SUITE = """
[datasets.small]
preset = "udpos-ja-ko"
[variants.full]
variant = "full"
[variants.align]
variant = "align"
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    path = tmp_path / "suite.toml"
    path.write_text(SUITE, encoding="utf-8")
    return path


def tuned(
    folder: Path, monkeypatch: pytest.MonkeyPatch, suite: Path, *arguments: str, sign: int = -1
) -> tuple[str, dict[str, Any]]:
    worker = folder / "worker.py"
    worker.write_text(STAND_IN.replace("SIGN", str(sign)), encoding="utf-8")
    monkeypatch.setattr(runner_module, "WORKER", (sys.executable, str(worker)))
    out = folder / "out"
    command = ["experiment", "tune", str(suite), "--out", str(out), *arguments]
    result = CliRunner().invoke(group, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    path = out / "small" / "tuning.json"
    return result.stdout, json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def test_the_grid_is_the_papers() -> None:
    assert {name: len(values) for name, values in PAPER_GRID.items()} == {
        "alpha": 4, "beta": 4, "gamma": 4, "mask": 7, "switch": 7,
    }  # fmt: skip


def test_every_point_comes_once_in_an_order_of_its_own() -> None:
    grid = {"alpha": (1, 2, 3), "head": ("crf", "softmax")}
    found = [tuple(point.items()) for point in points(grid, order=1)]
    assert len(set(found)) == len(found) == 6
    assert found == [tuple(point.items()) for point in points(grid, order=1)]
    assert found != [tuple(point.items()) for point in points(grid, order=2)]


def test_what_a_variant_leaves_out_is_not_tuned(suite: Path, tmp_path: Path) -> None:
    def names(row: str) -> set[str]:
        from cjkv_phon_train.config import load_settings

        settings = load_settings("udpos-ja-ko", values=VARIANTS[row])
        return set(useful(PAPER_GRID, settings))

    assert names("full") == set(PAPER_GRID)
    assert names("align") == {"alpha"}
    assert names("mlm") == {"beta", "mask"}
    assert names("xmlm") == {"gamma", "mask", "switch"}
    with pytest.raises(SettingsError, match="no loss weights to tune"):
        names("pe")


def test_source_dev_alone_selects(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two worlds whose source scores are the same and whose target scores are reversed."""
    found = []
    for sign in (-1, 1):
        folder = tmp_path / str(sign)
        folder.mkdir()
        found.append(tuned(folder, monkeypatch, suite, "--budget", "8", sign=sign))
    assert found[0] == found[1]
    shown, written = found[0]
    best = max(written["tries"], key=lambda one: one["source_f1"])
    assert written["best"] == best == written["tries"][0]
    assert best["source_f1"] == 100 * best["options"]["alpha"] - best["options"]["gamma"]
    assert len({json.dumps(one["options"]) for one in written["tries"]}) == 8
    assert f"alpha = {best['options']['alpha']}" in shown


def test_the_best_options_are_a_table_that_a_suite_understands(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, written = tuned(tmp_path, monkeypatch, suite, "--budget", "3")
    more = tmp_path / "more.toml"
    more.write_text(f'extends = "suite.toml"\n{shown}', encoding="utf-8")
    assert load_suite(more).datasets["small"].options == written["best"]["options"]
    assert read_toml(more)["datasets"]["small"] == written["best"]["options"]


def test_a_larger_budget_goes_on_where_the_smaller_one_ended(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, few = tuned(tmp_path, monkeypatch, suite, "--budget", "2")
    folders = {one["folder"] for one in few["tries"]}
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("out/*/*/*/results.json")}
    _, more = tuned(tmp_path, monkeypatch, suite, "--budget", "4")
    assert folders < {one["folder"] for one in more["tries"]}
    assert len(more["tries"]) == 4
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_other_options_can_be_tried_in_place_of_the_papers(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["--no-paper-grid", "--grid", "phoneme-lr=1e-4,1e-3", "--grid", "head=crf"]
    _, written = tuned(tmp_path, monkeypatch, suite, *arguments)
    assert len(written["tries"]) == 2
    assert {one["options"]["phoneme_lr"] for one in written["tries"]} == {1e-4, 1e-3}
    with pytest.raises(SettingsError, match="write OPTION=VALUE,VALUE"):
        read_grid(["alfa=1"], paper=True)
    with pytest.raises(SettingsError, match="choose from: crf, softmax"):
        read_grid(["head=x"], paper=True)
    for item in ("seed=1,2", "output=a,b"):
        with pytest.raises(SettingsError, match="other than seed and output"):
            read_grid([item], paper=True)


def test_a_value_with_separators_stays_inside_the_folder_of_tries() -> None:
    names = {folder_name({"backbone": value}) for value in ("../../x", "..-..-x", "a/x", "a-x")}
    assert len(names) == 4
    assert not any("/" in name for name in names)


def test_runs_without_source_dev_cannot_be_ranked(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "STAND_IN", STAND_IN.replace('"dev-ja"', '"dev-vi"'))
    with pytest.raises(SettingsError, match="has no score on source dev"):
        tuned(tmp_path, monkeypatch, suite, "--budget", "1")


@pytest.mark.parametrize("command", [("experiment", "tune"), ("experiment",), ("report",)])
def test_a_file_in_place_of_the_folder_to_write_to_is_refused(
    suite: Path, command: tuple[str, ...]
) -> None:
    said = CliRunner().invoke(group, [*command, str(suite), "--out", str(suite)])
    assert said.exit_code == 2
    assert "--out" in said.output
    assert "is a file" in said.output


def test_a_budget_below_one_is_refused(suite: Path) -> None:
    said = CliRunner().invoke(group, ["experiment", "tune", str(suite), "--budget", "0"])
    assert said.exit_code == 2
    assert "--budget" in said.output


def test_a_variant_or_a_data_set_that_is_not_there_is_refused(suite: Path, tmp_path: Path) -> None:
    request = Request(tmp_path, {}, {})
    for dataset, variant, message in (
        ("large", "full", "there is no data set 'large'; there are: small"),
        ("small", "fall", "--variant fall: there is none; there are: full, align"),
    ):
        with pytest.raises(SettingsError, match=message):
            list(tries(load_suite(suite), dataset, variant, request, PAPER_GRID, 1, 1))


def test_built_in_data_sets_can_be_tuned_by_name(tmp_path: Path) -> None:
    (tmp_path / "udpos").mkdir()
    for name in ("udpos/train-ja", "udpos/dev-ja", "udpos/dev-ko"):
        (tmp_path / f"{name}.tsv.gz").touch()
    (tmp_path / "ja-ko-dict.txt.gz").touch()
    command = ["experiment", "tune", "udpos-ja-ko", "--data", str(tmp_path), "--dry-run"]
    result = CliRunner().invoke(
        group, [*command, "--budget", "2", "--profile", "paper"], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    lines = result.stdout.strip().split("\n")
    assert len(lines) == 2
    assert all(line.startswith("runs/udpos-ja-ko/alpha-") for line in lines)
    request = Request(tmp_path, {"DATA": str(tmp_path)}, {}, "paper")
    common = load_suite("common")
    one = next(islice(tries(common, "udpos-ja-ko", "full", request, PAPER_GRID, 7, 1), 1))
    assert one.run.settings.training.seed == 7
    assert one.run.settings.objectives.alpha == one.options["alpha"]
