"""The package as a stranger meets it: imports, version, errors."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import regex

import cjkv_phon
from cjkv_phon.errors import FormatError, MissingDependencyError, require

ROOT = Path(__file__).resolve().parents[2]
ENGINES = (
    "panphon", "sudachipy", "pypinyin", "dragonmapper", "pykakasi", "korean_romanizer",
    "epitran", "viphoneme", "torch", "transformers", "pandas", "numpy", "pyarrow",
)  # fmt: skip


def modules_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    "statement",
    ["import cjkv_phon", "from cjkv_phon import Transcriber, transcribe", "import cjkv_phon.cli"],
)
def test_importing_loads_no_engine(statement: str) -> None:
    assert modules_after(statement).isdisjoint(ENGINES)


def test_every_public_name_can_be_had() -> None:
    for name in cjkv_phon.__all__:
        assert getattr(cjkv_phon, name) is not None


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        cjkv_phon.nonsense  # noqa: B018


def test_the_version_heads_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = regex.search(r"^## \[(\d+\.\d+\.\d+)\]", text, regex.MULTILINE)
    assert newest is not None
    assert newest.group(1) == cjkv_phon.__version__


def test_a_missing_package_gives_the_pip_command() -> None:
    with pytest.raises(
        MissingDependencyError,
        match=r'not_there is not installed. Type: pip install "cjkv-phon\[phonexl\]"',
    ):
        require("not_there.inside", extra="phonexl")


@pytest.mark.parametrize(
    "error",
    [
        FormatError("no column 2", path="a.conll", line=3, column=7),
        MissingDependencyError("x", "y"),
    ],
)
def test_errors_pickle(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)


def test_a_format_error_names_the_place() -> None:
    assert str(FormatError("no column 2", path="a.conll", line=3)) == "a.conll:3: no column 2"
