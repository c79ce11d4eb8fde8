"""The command line: a click group that imports a command only when it is used."""

from __future__ import annotations

import importlib
from typing import NoReturn

import click

from cjkv_phon.version import __version__

# Name → (module with a click command ``command``, one line of help). The help is
# repeated here so that ``cjkv-phon --help`` imports none of them; a test compares.
COMMANDS: dict[str, tuple[str, str]] = {
    "transcribe": ("cjkv_phon.cli.transcribe", "Transcribe files into romanization and IPA."),
    "evaluate": (
        "cjkv_phon.cli.evaluate",
        "Measure transcriptions against the lexicon GOLD (word⇥pronunciation).",
    ),
    "align": (
        "cjkv_phon.cli.align",
        "Align the tokens of FILE and their sound with a tokenizer's subwords.",
    ),
    "compare": (
        "cjkv_phon.cli.compare",
        "Align words of several languages segment by segment, with their distances.",
    ),
    "cognates": (
        "cjkv_phon.cli.cognates",
        "Rank CANDIDATES by how close they sound to each of WORDS.",
    ),
    "dictionary": (
        "cjkv_phon.cli.dictionary",
        "Build, transcribe and look up bilingual dictionaries.",
    ),
    "view": (
        "cjkv_phon.cli.view",
        "Make one HTML file of FILE: readings over the characters, IPA under them.",
    ),
    "info": ("cjkv_phon.cli.info", "Show versions, schemes and which engines are installed."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on use.

    Attributes:
        table: Its commands, laid out as `COMMANDS`.
    """

    table = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, None for a name that is not known."""
        if cmd_name not in self.table:
            return None
        command: click.Command = importlib.import_module(self.table[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a command line, or name the nearest one there is."""
        name = args[0]
        if name not in self.table and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, self.table, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(self.table)}"
            raise click.UsageError(f"there is no command {name!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.table.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="cjkv-phon")
def group() -> None:
    """Chinese, Japanese, Korean and Vietnamese text as sound."""


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line; errors of ours become one line and exit code 1 or 2."""
    from cjkv_phon.cli.failure import run

    run(group, args)
