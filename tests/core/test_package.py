"""The package as a stranger meets it: imports, version, errors."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from collections import Counter
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


LICENCES = {
    "MIT": r"\bMIT\b(?!-)",
    "Apache-2.0": r"\bApache-2\.0\b",
    "BSD-3-Clause": r"\bBSD-3-Clause\b",
    "CC-BY-SA-4.0": r"\bCC BY-SA 4\.0\b",
    "MIT-Festival": r"\bMIT-Festival\b",
    "Unicode-3.0": r"\bUnicode License v3\b",
}


def test_the_licence_of_the_package_names_those_of_its_tables() -> None:
    named = {"MIT"}
    for notice in ROOT.glob("cjkv_phon/*/data/NOTICE.md"):
        rows = regex.findall(r"^\| .*`.*\| (.+) \|$", notice.read_text("utf-8"), regex.MULTILINE)
        for row in rows:
            found = {name for name, text in LICENCES.items() if regex.search(text, row)}
            assert found, f"{notice}: {row}"
            named |= found
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (expression,) = regex.findall(r'^license = "(.+)"$', project, regex.MULTILINE)
    assert set(expression.split(" AND ")) == named


def test_a_table_under_a_licence_of_its_own_stands_in_the_notice_beside_it() -> None:
    checked = 0
    for table in ROOT.glob("cjkv_phon/*/data/*.tsv"):
        head = [line for line in table.read_text("utf-8").split("\n")[:12] if line[:1] == "#"]
        licence = regex.search(r"Licen[cs]e:?(.*)", " ".join(head))
        if licence is not None and "MIT" not in licence[1]:
            checked += 1
            assert f"`{table.name}`" in (table.parent / "NOTICE.md").read_text("utf-8")
    assert checked > 5


def test_no_function_or_table_is_left_that_nothing_uses() -> None:
    """A name that occurs once, where it is made, and on no page, is nobody's."""
    code = {path: path.read_text("utf-8") for path in (ROOT / "cjkv_phon").rglob("*.py")}
    elsewhere = [
        path.read_text("utf-8")
        for folder, pattern in (
            ("cjkv_phon_train", "*.py"), ("tools", "*.py"), ("benchmarks", "*.py"), ("docs", "*.md")
        )
        for path in (ROOT / folder).rglob(pattern)
    ]  # fmt: skip
    uses = Counter(regex.findall(r"\w+", "\n".join([*code.values(), *elsewhere])))
    unused = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, text in code.items()
        for name in top_level_names(text)
        if uses[name] == 1
    ]
    assert unused == []


def test_no_function_has_more_than_sixty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in (ROOT / "cjkv_phon").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 60
    ]
    assert long == []


def top_level_names(code: str) -> list[str]:
    """Return the functions, classes and constants of a module that no decorator takes."""
    names = []
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
    return [name for name in names if not name.startswith("__")]


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
