"""``cjkv-phon compare``: words of several languages side by side."""

from __future__ import annotations

import json
from typing import Any

import click

from cjkv_phon.cli.writing import writing
from cjkv_phon.io.output import STDOUT
from cjkv_phon.phones import LOAN, PROFILES
from cjkv_phon.schemes import DEFAULT_SCHEME


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="LANG:WORD...")
@click.option("--scheme", default=DEFAULT_SCHEME, show_default=True, metavar="NAME")
@click.option(
    "--profile", type=click.Choice(list(PROFILES)), default=LOAN.name, show_default=True,
    help="What distances are measured with.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--html", is_flag=True, help="Print a page to look at.")
@click.option("-o", "--output", default=STDOUT, metavar="OUT", help="File to write.")
def command(
    words: tuple[str, ...], scheme: str, profile: str, as_json: bool, html: bool, output: str
) -> None:
    """Align words of several languages segment by segment, with their distances.

    \b
    cjkv-phon compare ja:電子産業 ko:전자산업 zh:电子产业 vi:"công nghiệp điện tử"
    """  # noqa: D301 - click reads the backspace
    if as_json and html:
        raise click.UsageError("--json and --html exclude each other")
    for word in words:
        if word.partition(":")[1] and not word.partition(":")[2].strip():
            raise click.UsageError(f"{word!r} has no word after the colon, such as ja:電子")
    from cjkv_phon.comparison import compare

    found = compare(*words, scheme=scheme, profile=PROFILES[profile])
    if html:
        from cjkv_phon.render import comparison_page

        text = comparison_page(found)
    elif as_json:
        text = json.dumps(_object(found), ensure_ascii=False) + "\n"
    else:
        text = f"{found}\n"
    with writing(output) as write:
        write(text)


def _object(found: Any) -> dict[str, Any]:
    return {
        "words": [
            {
                "lang": word.lang,
                "text": word.text,
                "romanization": word.romanization,
                "ipa": word.ipa,
                "signature": word.transcription.signature,
            }
            for word in found.words
        ],
        "columns": [list(column) for column in found.columns],
        "distances": [list(row) for row in found.distances],
        "profile": found.profile.name,
    }
