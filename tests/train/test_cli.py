"""The command line: quick to answer, no torch until it trains, errors in one line."""

from __future__ import annotations

import gzip
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import torch
from click.testing import CliRunner

from cjkv_phon.cli.failure import run
from cjkv_phon_train.cli import COMMANDS, group, main
from cjkv_phon_train.config import OPTIONS
from cjkv_phon_train.presets import PRESETS


def python(code: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return result.stdout


def call(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(group, list(arguments), catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


def failure(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as leaving:
        run(group, list(arguments))
    return int(leaving.value.code or 0), capsys.readouterr().err


def test_importing_cjkv_phon_never_imports_torch() -> None:
    code = (
        "import sys, cjkv_phon\n"
        "for name in cjkv_phon.__all__: getattr(cjkv_phon, name)\n"
        "import cjkv_phon.cli\n"
        "print([m for m in ('torch', 'transformers', 'cjkv_phon_train') if m in sys.modules])"
    )
    assert python(code).strip() == "[]"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_imports_neither_torch_nor_transformers(command: str) -> None:
    arguments = [command, "--help"] if command else ["--help"]
    code = (
        "import sys\nfrom cjkv_phon_train.cli import main\n"
        f"try: main({arguments})\nexcept SystemExit: pass\n"
        "print([m for m in ('torch', 'transformers', 'datasets') if m in sys.modules])"
    )
    assert python(code).strip().endswith("[]")


def test_the_table_of_commands_says_what_the_commands_say() -> None:
    for name, (_, text) in COMMANDS.items():
        command = group.get_command(None, name)  # type: ignore[arg-type,attr-defined]
        assert command.get_short_help_str(200) == text


def test_every_setting_is_an_option() -> None:
    text = " ".join(call("train", "--help").split())
    for name in OPTIONS:
        assert f"--{name.replace('_', '-')}" in text


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_can_be_looked_at_and_overridden(preset: str) -> None:
    shown = json.loads(
        call("train", "--preset", preset, "--alpha", "0.5", "--no-trim", "--dry-run")
    )
    assert shown["objectives"]["alpha"] == 0.5
    assert shown["model"]["trim"] is False


def test_train_evaluate_and_predict_work_from_end_to_end(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    output = call(
        "train", "--preset", "udpos-ja-ko", "--data", str(corpus), "--backbone",
        str(backbones["minilm"]), "--dictionary", f"ja-ko:{corpus / 'ja-ko.txt'}", "--epochs", "8",
        "--batch-size", "8", "--lr", "3e-3", "--no-tensorboard", "--output", str(folder),
    )  # fmt: skip
    assert "dev-ja\tF1" in output
    results = json.loads((folder / "results.json").read_text())["scores"]
    files = [f"ja:{corpus / 'dev-ja.tsv'}", f"ko:{corpus / 'dev-ko.tsv'}"]
    scores = json.loads(call("evaluate", str(folder), *files, "--json"))
    assert list(scores.values()) == list(results.values())
    table = call("evaluate", str(folder), files[0])
    assert "  NOUN\tP " in table
    tagged = call("predict", str(folder), str(corpus / "dev-ko.tsv"), "-l", "ko")
    lines = tagged.split("\n")
    assert [line.partition("\t")[0] for line in lines[:6]] == [
        "학생", "이", "물", "을", "마신다", "."
    ]  # fmt: skip
    assert lines[6] == ""
    assert lines[0].partition("\t")[2] in {
        "NOUN",
        "PROPN",
        "PRON",
        "VERB",
        "ADJ",
        "ADV",
        "ADP",
        "NUM",
    }


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_training_without_a_gpu_says_so(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    result = CliRunner().invoke(
        group,
        ["train", "--data", str(corpus), "--backbone", str(backbones["bert"]), "--max-steps", "1",
         "--no-tensorboard", "--output", str(tmp_path / "run")],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "no GPU found: training on the CPU" in result.stderr
    assert "Loading weights" not in result.stderr


def test_raw_text_is_cut_transcribed_and_tagged(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path, upper_scheme: str
) -> None:
    folder = tmp_path / "run"
    call(
        "train", "--data", str(corpus), "--backbone", str(backbones["minilm"]), "--source", "ko",
        "--train", f"ko:{corpus / 'dev-ko.tsv'}", "--dev", f"ko:{corpus / 'dev-ko.tsv'}",
        "--target", "ko", "--max-steps", "1", "--no-tensorboard", "--output", str(folder),
    )  # fmt: skip
    text = tmp_path / "raw.txt"
    text.write_text("학생이 물을 마신다.\n", encoding="utf-8")
    output = tmp_path / "out.tsv"
    call("predict", str(folder), str(text), "-l", "ko", "--scheme", upper_scheme, "-o", str(output))
    words = [line.partition("\t")[0] for line in output.read_text("utf-8").split("\n") if line]
    assert "".join(words) == "학생이물을마신다."
    asked = ["predict", str(folder), str(text), "-l", "ko", "--scheme", upper_scheme, "-o"]
    call(*asked, str(tmp_path / "out.tsv.gz"))
    assert gzip.decompress((tmp_path / "out.tsv.gz").read_bytes()) == output.read_bytes()
    result = CliRunner().invoke(group, [*asked, str(text)])
    assert result.exit_code == 2
    assert "would overwrite the input" in result.output
    assert text.read_text("utf-8") == "학생이 물을 마신다.\n"
    text.write_bytes("학생이\n".encode() * 3 + b"\xff")
    broken = CliRunner().invoke(group, [*asked, str(tmp_path / "half.tsv")])
    assert broken.exit_code != 0
    assert not list(tmp_path.glob("*half*")), "nothing is left of a file that could not be read"


def test_a_language_row_that_is_none_is_refused() -> None:
    for arguments in (["predict", "run", "-l", "ko"], ["evaluate", "run", "ko:x.tsv"]):
        result = CliRunner().invoke(group, [*arguments, "--language-row", "onw"])
        assert result.exit_code == 2
        assert "'auto', 'own', 'source'" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["train", "--preset", "x"], 2, "there is no preset 'x'"),
        (["train", "--data", "/nowhere", "--gamma", "0"], 2, "no train data for ja in /nowhere"),
        (["train", "--gamma", "1"], 2, "type --dictionary ja-ko:PATH"),
        (["trian"], 2, "did you mean train?"),
    ],
)
def test_errors_are_one_line_that_says_what_to_type(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    found, text = failure(capsys, *arguments)
    assert found == code
    assert message in text


def test_evaluating_what_is_no_run_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, text = failure(capsys, "evaluate", str(tmp_path), "ja:x.tsv")
    assert code == 1
    assert "is no run directory" in text


def test_a_missing_extra_is_the_pip_command(monkeypatch: pytest.MonkeyPatch) -> None:
    from cjkv_phon import MissingDependencyError
    from cjkv_phon_train.errors import heavy

    def fail() -> Any:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    with pytest.raises(MissingDependencyError, match=r'pip install "cjkv-phon\[train\]"'), heavy():
        fail()


def test_errors_are_signed_by_the_program_that_was_typed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["report", str(tmp_path / "nowhere")])
    assert stopped.value.code == 1
    assert capsys.readouterr().err.startswith("cjkv-phon-train: ")


def test_every_option_stands_in_the_manual() -> None:
    pages = (Path(__file__).parents[2] / "docs/training").glob("*.md")
    text = "\n".join(page.read_text("utf-8") for page in pages)

    def flags(command: click.Command) -> list[list[str]]:
        own = [one.opts + one.secondary_opts for one in command.params if one.opts[0][0] == "-"]
        below = command.commands.values() if isinstance(command, click.Group) else ()
        return own + [one for each in below for one in flags(each)]

    for module, _ in COMMANDS.values():
        for typed in flags(importlib.import_module(module).command):
            found = [flag for flag in typed if re.search(rf"(?<![\w-]){flag}(?![\w-])", text)]
            assert found, f"{module}: {typed[0]}"
