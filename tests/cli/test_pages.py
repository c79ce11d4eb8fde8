"""The README and the guides: what they say to type runs and gives what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import shlex
from pathlib import Path

import click
import pytest

import cjkv_phon
from cjkv_phon import integrations
from cjkv_phon.cli import COMMANDS

ROOT = Path(__file__).parents[2]
OPTIONS = {
    "transcribe": ("command-line.md",),
    "evaluate": ("evaluation.md",),
    "align": ("alignment.md",),
    "compare": ("phones.md",),
    "cognates": ("phones.md",),
    "dictionary": ("dictionaries.md",),
    "view": ("view.md",),
    "info": ("command-line.md", "alignment.md"),
}
"""The pages of the guide that say what the options of a command mean."""

PAGES = ("README.md", "docs/guide/quickstart.md", "docs/guide/command-line.md")


def commands() -> list[str]:
    """Return the command lines about our examples, without the installation before them."""
    text = "\n".join((ROOT / page).read_text("utf-8") for page in PAGES)
    lines = re.findall(r"^(?:pip install \. && )?(cjkv-phon .*examples/.*)$", text, re.MULTILINE)
    return list(dict.fromkeys(lines))


@pytest.mark.parametrize("line", commands())
def test_a_command_about_the_examples_runs(cli, tmp_path, monkeypatch, line):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    args = shlex.split(line, comments=True)[1:]
    outcome = cli(*args)
    assert (outcome.code, outcome.err) == (0, "")
    shown = Path(args[args.index("-o") + 1]).read_bytes() if "-o" in args else outcome.out
    source = Path(args[1]).read_bytes()
    assert shown.count(b"\n") == source.count(b"\n")
    assert len(shown) > len(source)


def test_the_pages_name_the_examples_of_every_language():
    named = " ".join(commands())
    assert all(f"examples/{name}" in named for name in ("korean", "japanese", "chinese", "vietn"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_stands_on_the_page_of_its_command(name):
    """The options of transcribe stand in its table; a page that has more of them links there."""
    text = "".join((ROOT / "docs/guide" / page).read_text("utf-8") for page in OPTIONS[name])
    missing = [one for one in options(name) if not named(one, text)]
    if missing and name != "transcribe":
        assert "command-line.md#transcribe" in text
        shared = {flags for flags in options("transcribe") if "--output" not in flags}
        missing = [one for one in missing if one not in shared]
    assert missing == []


def options(name: str) -> list[tuple[str, ...]]:
    """Return how each option of a command is typed, those of its own commands too."""

    def of(command: click.Command) -> list[tuple[str, ...]]:
        own = [tuple(one.opts) for one in command.params if isinstance(one, click.Option)]
        below = command.commands.values() if isinstance(command, click.Group) else ()
        return own + [one for each in below for one in of(each)]

    return of(importlib.import_module(COMMANDS[name][0]).command)


def named(flags: tuple[str, ...], text: str) -> bool:
    return any(re.search(rf"(?<![\w-]){flag}(?![\w-])", text) for flag in flags)


INWARD = {
    "chinese", "cli", "gold", "japanese", "korean", "memo", "parallel", "phonexl", "version",
    "vietnamese", "width", "worker",
}  # fmt: skip
"""Modules that are no interface; what is public of them is had through the others."""


def test_the_reference_has_every_module_that_is_an_interface_and_all_that_the_guide_imports():
    pages = [ROOT / "README.md", *(ROOT / "docs/guide").glob("*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    modules = {module.name for module in pkgutil.iter_modules(cjkv_phon.__path__)}
    expected = {f"cjkv_phon.{name}" for name in modules - INWARD - {"__main__", "integrations"}}
    expected |= {
        f"cjkv_phon.integrations.{module.name}"
        for module in pkgutil.iter_modules(integrations.__path__)
    }
    expected |= set(re.findall(r"from (cjkv_phon\.[\w.]+) import", text))
    reference = (ROOT / "docs/reference/cjkv_phon.md").read_text("utf-8")
    assert expected == set(re.findall(r"^::: (\S+)$", reference, re.MULTILINE))


def test_the_quick_start_names_every_extra():
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    table = re.search(r"^\[project\.optional-dependencies\]\n(.*?)^\[", project, re.DOTALL | re.M)
    extras = re.findall(r"^(\w+) = ", table[1], re.MULTILINE)
    page = (ROOT / "docs/guide/quickstart.md").read_text("utf-8")
    cells = " ".join(re.findall(r"^\| (`.*?) \|", page, re.MULTILINE))
    assert set(extras) == set(re.findall(r"`(\w+)`", cells))


def test_the_readme_gives_what_it_shows():
    failed, attempted = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert failed == 0
    assert attempted > 0


def test_the_engine_of_the_guide_works():
    page = (ROOT / "docs/guide/extending.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    scope: dict[str, object] = {}
    exec(compile(code, "extending.md", "exec"), scope)
    from cjkv_phon.engine import Options, Sentence

    engine = scope["create"](Options("yue", "standard"))  # type: ignore[operator]
    ((token,),) = engine.transcribe([Sentence(("你",))])
    assert token.text == "你"
    assert engine.options.romanization == "jyutping"
