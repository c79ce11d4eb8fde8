"""Importing packages that need, at import, what today's Python no longer brings.

pykakasi 2.2 asks ``pkg_resources`` (gone since setuptools 82) where its files are;
viphoneme imports large packages for features that are not used here. Stand-ins take
their place while such a package is imported, and only then.
"""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from cjkv_phon.errors import require

_lock = threading.RLock()


def require_legacy(module: str, *, extra: str, stand_ins: Mapping[str, ModuleType]) -> ModuleType:
    """Import an optional package with stand-ins for what it imports in vain.

    Args:
        module: Dotted module name.
        extra: The extra of this distribution that installs it.
        stand_ins: Modules to offer by name during the import; whatever was
            imported under these names before is back afterwards.

    Returns:
        The imported module.

    Raises:
        MissingDependencyError: If it is not installed.
    """
    with _lock:
        if module in sys.modules:
            return require(module, extra=extra)
        with _standing_in(stand_ins), _same_path(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # invalid escapes in old sources
            return require(module, extra=extra)


def stand_in(name: str, **attributes: Any) -> dict[str, ModuleType]:
    """Make a module that has nothing but the attributes given."""
    module = ModuleType(name)
    vars(module).update(attributes)
    return {name: module}


def resource_filename(module: str, resource: str) -> str:
    """Return where a file of a package is, as ``pkg_resources.resource_filename`` does."""
    spec = find_spec(module.partition(".")[0])
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(module)
    return str(Path(spec.origin).parent.joinpath(*module.split(".")[1:-1], resource))


@contextmanager
def _standing_in(stand_ins: Mapping[str, ModuleType]) -> Iterator[None]:
    before = {name: sys.modules.get(name) for name in stand_ins}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, original in before.items():
            if original is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = original


@contextmanager
def _same_path() -> Iterator[None]:
    path = list(sys.path)
    try:
        yield
    finally:
        sys.path[:] = path
