"""The examples in the docstrings are right."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import cjkv_phon_train

MODULES = [
    module.name
    for module in pkgutil.walk_packages(cjkv_phon_train.__path__, "cjkv_phon_train.")
    if not module.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_are_right(name: str) -> None:
    result = doctest.testmod(
        importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert result.failed == 0


def test_every_public_name_can_be_had() -> None:
    for name in cjkv_phon_train.__all__:
        assert getattr(cjkv_phon_train, name) is not None
