"""Every exception that cjkv_phon raises on purpose.

All of them derive from `CjkvPhonError` and from the built-in exception that a
caller would expect, so both ``except CjkvPhonError`` and ``except ValueError``
work.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from types import ModuleType


class CjkvPhonError(Exception):
    """Base class of every error of this package."""


class UnsupportedLanguageError(CjkvPhonError, ValueError):
    """No scheme transcribes this language."""


class UnsupportedOptionError(CjkvPhonError, ValueError):
    """An option has a value that the chosen scheme does not know."""


class InvalidTextError(CjkvPhonError, ValueError):
    """The input is no Unicode text: it holds a lone surrogate."""


class AlignmentError(CjkvPhonError, ValueError):
    """Characters and subwords cannot be matched."""


class MissingDependencyError(CjkvPhonError, ImportError):
    """An optional package is needed; the message is the command that installs it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f'{package} is not installed. Type: pip install "cjkv-phon[{extra}]"')
        self.package = package
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingDependencyError], tuple[str, str]]:
        return type(self), (self.package, self.extra)


class FormatError(CjkvPhonError, ValueError):
    """A file is not what it should be.

    Attributes:
        reason: What is wrong and what to do about it, without the place.
        path: Name of the file, ``-`` for standard input.
        line: 1-based line, or None where the whole file is meant.
        column: 1-based column, or None where the whole line is meant.
    """

    def __init__(
        self,
        reason: str,
        *,
        path: str = "-",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {reason}")
        self.reason = reason
        self.path = path
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_format_error, (self.reason, self.path, self.line, self.column)


def _rebuild_format_error(
    reason: str, path: str, line: int | None, column: int | None
) -> FormatError:
    return FormatError(reason, path=path, line=line, column=column)


def require(module: str, *, extra: str, package: str | None = None) -> ModuleType:
    """Import an optional dependency.

    Args:
        module: Dotted module name.
        extra: The extra of this distribution that installs it.
        package: Name of the distribution where it differs from the module.

    Returns:
        The imported module.

    Raises:
        MissingDependencyError: If it is not installed; the message is the
            exact pip command.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and not module.startswith(error.name.partition(".")[0]):
            raise MissingDependencyError(error.name, extra) from error
        raise MissingDependencyError(package or module.partition(".")[0], extra) from error


def unsupported(option: str, value: object, choices: Iterable[str]) -> UnsupportedOptionError:
    """Build the error for an option value that is not among its choices."""
    known = ", ".join(choices) or "nothing"
    return UnsupportedOptionError(f"{option}={value!r} is not supported here; choose from: {known}")
