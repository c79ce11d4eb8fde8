"""Options of the command line that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from cjkv_phon.engine import DETAILS, FOREIGN, TONES
from cjkv_phon.io.detection import AUTO, NAMES
from cjkv_phon.schemes import DEFAULT_SCHEME

F = TypeVar("F", bound=Callable[..., Any])

LANGUAGES = "zh, ja, ko or vi"


class LanguageType(click.types.StringParamType):
    """A language code, which the Transcriber checks; says the usual ones where it is missing."""

    name = "lang"

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """Return what to type."""
        return f"Type one: -l {LANGUAGES}."


_TRANSCRIBER = (
    click.option(
        "-l", "--lang", required=True, type=LanguageType(), metavar="LANG", help=f"{LANGUAGES}."
    ),
    click.option(
        "--scheme", default=DEFAULT_SCHEME, show_default=True, metavar="NAME",
        help="standard, phonexl or paper; see cjkv-phon info.",
    ),
    click.option(
        "--detail", type=click.Choice(DETAILS), default=DETAILS[0], show_default=True,
        help="Phonemic or phonetic IPA.",
    ),
    click.option("--variety", metavar="NAME", help="Regional variety, such as saigon."),
    click.option(
        "--tones", type=click.Choice(TONES), default=TONES[0], show_default=True,
        help="How tones are written in IPA.",
    ),
    click.option(
        "--romanization", metavar="NAME", help="Romanization, if not the language's default."
    ),
    click.option(
        "--foreign", type=click.Choice(FOREIGN), default=FOREIGN[0], show_default=True,
        help="Keep digits and Latin letters, or read them where the scheme can.",
    ),
)  # fmt: skip


class FiniteRange(click.FloatRange):
    """A number in a range; neither infinite nor ``nan``, which every comparison lets pass."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number."""
        number: float = super().convert(value, param, ctx)
        if not isfinite(number):
            self.fail(f"{value} is no finite number", param, ctx)
        return number


_LAYOUT = (
    click.option(
        "--format", "format_name", type=click.Choice((AUTO, *NAMES)), default=AUTO,
        show_default=True, help="Format of the input.",
    ),
    click.option(
        "--column", type=click.IntRange(1, 100_000), metavar="N", help="Token column (CoNLL).",
    ),
    click.option("--delimiter", type=click.Choice(("tab", "space")), help="Delimiter (CoNLL)."),
    click.option("--field", metavar="NAME", help="Field with tokens or text (JSONL, Parquet)."),
)  # fmt: skip


def transcriber_options(command: F) -> F:
    """Add the options of `Transcriber`, named like its arguments."""
    return _with(_TRANSCRIBER, command)


def layout_options(command: F) -> F:
    """Add ``format_name`` and the fields of a `Layout`: what a file is and where its tokens are."""
    return _with(_LAYOUT, command)


def joined_option(command: F) -> F:
    """Add ``joined``: character-level data, whose tokens are parts of words."""
    return click.option("--joined", is_flag=True, help="No white space stands between tokens.")(
        command
    )


def refuse_idle(reason: str, *names: str) -> None:
    """Stop if an option was typed that would say nothing.

    Args:
        reason: Why, for the message: what stands behind the option's name.
        *names: The options, as the running command names its arguments.

    Raises:
        UsageError: If one of them was typed.
    """
    context = click.get_current_context()
    for option in context.command.params:
        is_typed = context.get_parameter_source(option.name or "") is not ParameterSource.DEFAULT
        if option.name in names and is_typed:
            raise click.UsageError(f"{option.opts[-1]} {reason}")


def _with(options: Sequence[Callable[[F], F]], command: F) -> F:
    for option in reversed(options):
        command = option(command)
    return command
