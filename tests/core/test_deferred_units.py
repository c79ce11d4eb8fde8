"""A transcription whose units are built late is the plain one to whoever looks."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from cjkv_phon.types import DeferredTranscription, TokenTranscription, Unit

UNITS = (Unit(0, 1, "a", "a", ("a",), "a"), Unit(1, 2, "b", "p", ("p",), "b"))
PLAIN = TokenTranscription("ab", UNITS, "ap", "ab", "ok")


def deferred() -> DeferredTranscription:
    fields: tuple[Any, ...] = ("ab", lambda text: UNITS[: len(text)], "ap", "ab", "ok")
    return tuple.__new__(DeferredTranscription, fields)


@pytest.mark.parametrize(
    "look",
    [
        repr, hash, list, tuple, len, lambda t: t[1], lambda t: t[-1], lambda t: t[1:3],
        lambda t: t.segments, lambda t: t.reading, lambda t: t._asdict(),
        lambda t: t._replace(ipa="x"), lambda t: t.__add__((1,)), lambda t: t * 2,
        lambda t: UNITS in t, lambda t: t.index(UNITS), lambda t: t < ("b",), lambda t: [*t],
        lambda t: (t.text, t.status), lambda t: type(pickle.loads(pickle.dumps(t))),
        lambda t: copy.copy(t), lambda t: copy.deepcopy(t),
    ],
)  # fmt: skip
def test_it_shows_what_the_plain_one_shows(look: Callable[[TokenTranscription], object]) -> None:
    assert look(deferred()) == look(PLAIN)


def test_it_equals_the_plain_one_from_both_sides() -> None:
    assert deferred() == PLAIN
    assert (PLAIN == deferred()) is True  # noqa: SIM300 - the other side
    assert deferred() == deferred()
    assert deferred() != PLAIN._replace(ipa="x")
    assert len({deferred(), PLAIN}) == 1


def test_its_units_are_built_once_and_only_when_asked_for() -> None:
    calls: list[str] = []

    def build(text: str) -> tuple[Unit, ...]:
        calls.append(text)
        return UNITS

    token = tuple.__new__(DeferredTranscription, ("ab", build, "ap", "ab", "ok"))
    assert (token.ipa, token.romanization, token.text, token.status) == ("ap", "ab", "ab", "ok")
    assert calls == []
    assert token.units is token.units
    assert calls == ["ab"]
