"""The core stands alone: the add-on imports it, never the other way round."""

from __future__ import annotations

import ast
from pathlib import Path

import cjkv_phon

ROOT = Path(cjkv_phon.__file__).parent


def imported(path: Path) -> set[str]:
    """Names of all modules that a file imports anywhere, in functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value.partition(":")[0])  # "module:attribute", imported by name
    return found


def test_no_module_of_the_core_imports_the_trainer():
    paths = sorted(ROOT.rglob("*.py"))
    assert ROOT / "cli" / "view.py" in paths
    guilty = {
        str(path.relative_to(ROOT)): name
        for path in paths
        for name in imported(path)
        if name.partition(".")[0] == "cjkv_phon_train"
    }
    assert not guilty


def test_the_check_sees_imports_inside_functions(tmp_path):
    path = tmp_path / "module.py"
    path.write_text("def f():\n    from cjkv_phon_train.sources import read_records\n")
    assert "cjkv_phon_train.sources" in imported(path)
