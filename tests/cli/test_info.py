from __future__ import annotations

import json

import pytest

from cjkv_phon import schemes
from cjkv_phon.cli import info
from cjkv_phon.errors import MissingDependencyError
from cjkv_phon.version import __version__


@pytest.fixture
def few_schemes(monkeypatch):
    def create(self, *args):
        raise MissingDependencyError("viphoneme", "phonexl")

    table = {("upper", "ko"): "upper_scheme_module:create", ("other", "vi"): "broken:create"}
    monkeypatch.setattr(schemes, "registry", lambda: table)
    monkeypatch.setattr(info, "registry", lambda: table)
    monkeypatch.setitem(info.EXTRAS, "magic", ("no_such_module", "magic"))


@pytest.fixture
def missing_vi(monkeypatch):
    real = schemes.create

    def create(options):
        if options.lang == "vi":
            raise MissingDependencyError("viphoneme", "phonexl")
        return real(options)

    monkeypatch.setattr("cjkv_phon.transcriber.create", create)


def test_what_is_installed_is_ready_and_what_is_not_names_its_command(
    cli, upper_module, few_schemes, missing_vi
):
    outcome = cli("info")
    assert outcome.code == 0
    lines = outcome.out.decode().split("\n")
    assert lines[0].startswith(f"cjkv-phon {__version__} · Python 3.")
    assert "  upper     ko  ready (upper-1.0)" in lines
    assert "  other     vi  viphoneme is not installed" in lines
    assert '  pip install "cjkv-phon[phonexl]"' in lines
    assert '  pip install "cjkv-phon[magic]"' in lines


def test_json_says_the_same(cli, upper_module, few_schemes, missing_vi):
    report = json.loads(cli("info", "--json").out)
    assert report["version"] == __version__
    rows = {(row["scheme"], row["lang"]): row for row in report["schemes"]}
    assert rows["upper", "ko"]["signature"].startswith("ko|upper|broad|")
    assert rows["other", "vi"]["install"] == 'pip install "cjkv-phon[phonexl]"'
    assert [row["version"] for row in report["extras"] if row["extra"] == "magic"] == [""]


def test_a_broken_engine_of_a_third_party_breaks_nothing(cli, upper_module, few_schemes):
    assert "  other     vi  broken: ModuleNotFoundError" in cli("info").out.decode()


@pytest.mark.parametrize("typed", [("--lang", "ko"), ("--scheme", "nonsense")])
def test_what_would_say_nothing_without_a_file_to_count_is_refused(cli, few_schemes, typed):
    outcome = cli("info", *typed)
    assert outcome.code == 2
    assert f"{typed[0]} needs --stats FILE" in outcome.err
