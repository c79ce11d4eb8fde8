"""``cjkv-phon dictionary``: build, transcribe and look up bilingual dictionaries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cjkv_phon.cli.options import FiniteRange, refuse_idle
from cjkv_phon.cli.writing import refuse_overwriting, writing
from cjkv_phon.io.output import STDOUT
from cjkv_phon.schemes import DEFAULT_SCHEME

if TYPE_CHECKING:
    from cjkv_phon.dictionary import BilingualDictionary

F = TypeVar("F", bound=Callable[..., Any])

_SCHEME = click.option(
    "--scheme", default=DEFAULT_SCHEME, show_default=True, metavar="NAME",
    help="How both sides are transcribed.",
)  # fmt: skip
_OUTPUT = click.option(
    "-o", "--output", default=STDOUT, metavar="OUT", help="File; .gz and .zst compress."
)


def languages(command: F) -> F:
    """Add ``--from`` and ``--to``."""
    for name, variable, side in (("--to", "target", "second"), ("--from", "source", "first")):
        command = click.option(
            name, variable, required=True, metavar="LANG", help=f"Language of the {side} side."
        )(command)
    return command


@click.group()
def command() -> None:
    """Build, transcribe and look up bilingual dictionaries."""


@command.command()
@click.argument("to_english", metavar="SOURCE-EN")
@click.argument("from_english", metavar="EN-TARGET")
@languages
@click.option("--min-weight", type=FiniteRange(0, 1), default=0.0, help="Least weight kept.")
@click.option("--max-translations", type=click.IntRange(1), help="Most translations of a word.")
@click.option(
    "--max-senses", type=click.IntRange(1), help="Leave out English words with more translations."
)
@click.option("--own-script", is_flag=True, help="Keep only words in the script of their language.")
@click.option("--plain", is_flag=True, help="Write two columns, without IPA.")
@_SCHEME
@_OUTPUT
def build(
    to_english: str, from_english: str, source: str, target: str, min_weight: float,
    max_translations: int | None, max_senses: int | None, own_script: bool, plain: bool,
    scheme: str, output: str,
) -> None:  # fmt: skip
    """Build a dictionary through English from two MUSE dictionaries.

    \b
    cjkv-phon dictionary build ja-en.txt en-ko.txt --from ja --to ko -o ja-ko.txt
    """  # noqa: D301 - click reads the backspace
    from cjkv_phon.dictionary import load_dictionary, pivot

    if plain:
        refuse_idle("says nothing with --plain, which writes no IPA", "scheme")
    refuse_overwriting(output, to_english, from_english)
    found = pivot(
        load_dictionary(to_english, source, "en"),
        load_dictionary(from_english, "en", target),
        min_weight=min_weight,
        max_translations=max_translations,
        max_senses=max_senses,
        own_script=own_script,
    )
    if plain:
        with writing(output) as write:
            write("".join(f"{pair.source}\t{pair.target}\n" for pair in found))
    else:
        _write_transcribed(found, scheme, output)


@command.command()
@click.argument("file", metavar="FILE")
@languages
@_SCHEME
@_OUTPUT
def transcribe(file: str, source: str, target: str, scheme: str, output: str) -> None:
    """Write source⇥source IPA⇥target⇥target IPA, which the trainer reads."""
    from cjkv_phon.dictionary import load_dictionary

    refuse_overwriting(output, file)
    _write_transcribed(load_dictionary(file, source, target), scheme, output)


@command.command()
@click.argument("file", metavar="FILE")
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@languages
def lookup(file: str, words: tuple[str, ...], source: str, target: str) -> None:
    """Print the translations of words, Chinese ones in either spelling.

    Exit code 1 if a word is not there.
    """
    from cjkv_phon.dictionary import load_dictionary

    dictionary = load_dictionary(file, source, target)
    missing = 0
    for word in words:
        found = dictionary.lookup(word)
        missing += not found
        for translation in found:
            click.echo(f"{word}\t{translation.source}\t{translation.target}")
    if missing:
        raise click.exceptions.Exit(1)


def _write_transcribed(found: BilingualDictionary, scheme: str, output: str) -> None:
    from cjkv_phon.dictionary import transcribe_dictionary
    from cjkv_phon.transcriber import Transcriber

    source = Transcriber(found.source_lang, scheme)
    target = Transcriber(found.target_lang, scheme)
    rows = transcribe_dictionary(found, source, target)
    with writing(output) as write:
        write("".join("\t".join(pair) + "\n" for pair in rows))
