"""Third parties add schemes and languages by entry point; ours cannot be replaced."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from cjkv_phon import CjkvPhonError, Transcriber, UnsupportedLanguageError, schemes


@pytest.fixture
def third_party(monkeypatch: pytest.MonkeyPatch, upper_module: str) -> Iterator[None]:
    points = [
        EntryPoint(name, f"{upper_module}:create", schemes.ENTRY_POINT_GROUP)
        for name in ("loud.yue", "loud.ko", "standard.ko", "nameless")
    ]
    points += [
        EntryPoint("absent.ko", "no_such_module:create", schemes.ENTRY_POINT_GROUP),
        EntryPoint("empty.ko", f"{upper_module}:nothing", schemes.ENTRY_POINT_GROUP),
    ]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    schemes.registry.cache_clear()
    yield
    monkeypatch.undo()
    schemes.registry.cache_clear()


@pytest.mark.usefixtures("third_party")
def test_an_entry_point_adds_a_language() -> None:
    assert Transcriber("yue", scheme="loud")(["nei"]).ipa == ["NEI"]


@pytest.mark.usefixtures("third_party")
def test_an_entry_point_adds_a_scheme_to_our_language() -> None:
    assert Transcriber("ko", scheme="loud")(["x"]).ipa == ["X"]
    assert "loud" in schemes.schemes_for("ko")


@pytest.mark.usefixtures("third_party")
def test_an_entry_point_cannot_replace_a_built_in_scheme() -> None:
    assert schemes.registry()["standard", "ko"] == schemes.BUILT_IN["standard", "ko"]


@pytest.mark.usefixtures("third_party")
@pytest.mark.parametrize("scheme", ["absent", "empty"])
def test_an_entry_point_that_cannot_be_loaded_is_one_clear_error(scheme: str) -> None:
    with pytest.raises(CjkvPhonError, match=rf"the scheme {scheme}\.ko of .* is broken"):
        Transcriber("ko", scheme=scheme)


@pytest.mark.usefixtures("third_party")
def test_an_entry_point_without_a_language_is_ignored() -> None:
    assert all(lang for _, lang in schemes.registry())
    with pytest.raises(UnsupportedLanguageError):
        schemes.canonical_language("nameless")


def test_every_built_in_factory_can_be_imported() -> None:
    import importlib

    for target in schemes.BUILT_IN.values():
        module, _, attribute = target.partition(":")
        assert callable(getattr(importlib.import_module(module), attribute))
