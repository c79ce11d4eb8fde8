"""Missing engines, imports with stand-ins, threads."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from cjkv_phon import MissingDependencyError, Transcriber
from cjkv_phon.phonexl import epitran_rules
from cjkv_phon.phonexl.legacy import require_legacy, resource_filename, stand_in

Get = Callable[..., Transcriber]


@pytest.mark.parametrize(
    ("lang", "scheme", "module", "package"),
    [
        ("zh", "phonexl", "pypinyin", "pypinyin"),
        ("zh", "paper", "dragonmapper", "dragonmapper"),
        ("ja", "phonexl", "pykakasi", "pykakasi"),
        ("ko", "paper", "korean_romanizer", "korean-romanizer"),
        ("vi", "paper", "viphoneme", "viphoneme"),
    ],
)
def test_a_missing_engine_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, lang: str, scheme: str, module: str, package: str
) -> None:
    class Absent:
        def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
            if name.partition(".")[0] == module:
                raise ModuleNotFoundError(f"No module named {module!r}", name=module)
            return None

    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])
    command = rf'{package} is not installed. Type: pip install "cjkv-phon\[phonexl\]"'
    with pytest.raises(MissingDependencyError, match=command):
        Transcriber(lang, scheme=scheme)


def test_missing_epitran_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(epitran_rules, "find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"epitran.*cjkv-phon\[phonexl\]"):
        Transcriber("vi", scheme="phonexl")


def test_english_needs_no_engine() -> None:
    assert Transcriber("en", scheme="phonexl")(["cat"]).ipa == ["kæt"]


def test_building_an_engine_imports_neither_panphon_nor_epitran(get: Get) -> None:
    get("vi")
    program = (
        "import sys\n"
        "from cjkv_phon import Transcriber\n"
        "Transcriber('vi', scheme='phonexl')(['ăn'])\n"
        "Transcriber('en', scheme='phonexl')(['eat'])\n"
        "print(sorted({'panphon', 'pandas', 'epitran'} & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_stand_ins_are_gone_after_the_import(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "old_package.py").write_text(
        "import pkg_resources, sys\n"
        "sys.path.append('./Rules')\n"
        "where = pkg_resources.resource_filename('cjkv_phon.phonexl.flite', 'data')\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    path, before = list(sys.path), sys.modules.get("pkg_resources")
    missing = stand_in("pkg_resources", resource_filename=resource_filename)
    module: Any = require_legacy("old_package", extra="phonexl", stand_ins=missing)
    monkeypatch.delitem(sys.modules, "old_package")
    assert Path(module.where).name == "data"
    assert Path(module.where).is_dir()
    assert sys.path == path
    assert sys.modules.get("pkg_resources") is before


def test_dragonmapper_is_not_changed_for_others(get: Get) -> None:
    get("zh")(["哦"])
    transcriptions = importlib.import_module("dragonmapper.transcriptions")
    with pytest.raises(ValueError, match="Not a valid syllable"):
        transcriptions.pinyin_to_ipa("ó")


@pytest.mark.parametrize("scheme", ["phonexl", "paper"])
@pytest.mark.parametrize(
    ("lang", "letters"),
    [
        ("zh", "電子行業然而月，"),
        ("ja", "電子産業の月、ァ"),
        ("ko", "전자산업값않"),
        ("vi", "ăếnghcu"),
    ],
)
def test_threads_that_share_an_engine_agree(get: Get, scheme: str, lang: str, letters: str) -> None:
    sentences = [[letters[at : at + size] for size in range(4)] for at in range(len(letters))] * 10
    alone = [get(lang, scheme)(sentence).ipa for sentence in sentences]
    shared = Transcriber(lang, scheme=scheme)  # one that remembers nothing yet
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda sentence: shared(sentence).ipa, sentences)) == alone
