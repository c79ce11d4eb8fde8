"""The group: what it lists is what there is, and it imports nothing to say so."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from cjkv_phon.cli import COMMANDS
from cjkv_phon.version import __version__

HEAVY = ("numpy", "panphon", "pandas", "sudachipy", "pypinyin", "epitran", "torch", "regex")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_says(name):
    module, text = COMMANDS[name]
    command = importlib.import_module(module).command
    assert command.help.split("\n")[0] == text


def imported(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return set(done.stdout.decode().split("\n")[-2].split())


def test_importing_the_package_imports_no_engine():
    modules = imported("import cjkv_phon")
    assert not modules & {*HEAVY, "click"}
    assert {name for name in modules if name.startswith("cjkv_phon")} == {
        "cjkv_phon",
        "cjkv_phon.version",
    }


def test_help_imports_no_engine_and_no_command():
    modules = imported(
        "from cjkv_phon.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass"
    )
    assert not modules & set(HEAVY)
    ours = {name for name in modules if name.startswith("cjkv_phon.")}
    assert ours == {
        "cjkv_phon.cli",
        "cjkv_phon.cli.failure",
        "cjkv_phon.errors",
        "cjkv_phon.version",
    }


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_the_commands(cli, flag):
    outcome = cli(flag)
    assert outcome.code == 0
    for name in COMMANDS:
        assert f"  {name} " in outcome.out.decode()


@pytest.mark.parametrize("flag", ["-V", "--version"])
def test_version(cli, flag):
    outcome = cli(flag)
    assert (outcome.code, outcome.out.decode().strip()) == (
        0,
        f"cjkv-phon, version {__version__}",
    )


def test_a_wrong_command_suggests_the_nearest(cli):
    outcome = cli("transcibe")
    assert outcome.code == 2
    assert "did you mean transcribe?" in outcome.err


def test_a_command_like_no_other_lists_them(cli):
    outcome = cli("xyzzy")
    assert outcome.code == 2
    assert f"there are: {', '.join(COMMANDS)}" in outcome.err


@pytest.mark.parametrize("option", ["--format", "--column", "--delimiter", "--field"])
def test_where_the_tokens_are_is_said_alike_in_every_command(option):
    said = set()
    for module, _ in COMMANDS.values():
        params = importlib.import_module(module).command.params
        said |= {repr(p.to_info_dict()) for p in params if option in p.opts}
    assert len(said) == 1
