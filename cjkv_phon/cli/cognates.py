"""``cjkv-phon cognates``: which words of one language sound like words of another."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cjkv_phon.cli.writing import refuse_overwriting, writing
from cjkv_phon.io.output import STDOUT
from cjkv_phon.phones import LOAN, PROFILES
from cjkv_phon.schemes import DEFAULT_SCHEME


@click.command()
@click.argument("words", metavar="WORDS")
@click.argument("candidates", metavar="CANDIDATES")
@click.option("--from", "source", required=True, metavar="LANG", help="Language of WORDS.")
@click.option("--to", "target", required=True, metavar="LANG", help="Language of CANDIDATES.")
@click.option(
    "-n", "--count", type=click.IntRange(1), default=5, show_default=True, metavar="N",
    help="Candidates a word.",
)  # fmt: skip
@click.option("--scheme", default=DEFAULT_SCHEME, show_default=True, metavar="NAME")
@click.option(
    "--profile", type=click.Choice(list(PROFILES)), default=LOAN.name, show_default=True,
    help="What distances are measured with.",
)  # fmt: skip
@click.option("-o", "--output", default=STDOUT, metavar="OUT", help="File to write.")
def command(
    words: str, candidates: str, source: str, target: str, count: int, scheme: str,
    profile: str, output: str,
) -> None:  # fmt: skip
    """Rank CANDIDATES by how close they sound to each of WORDS.

    Both are files with one word or phrase a line (- is standard input). The
    columns of the result: word, its IPA, rank, candidate, its IPA, distance
    (0 is the same, 1 has nothing in common).

    \b
    cjkv-phon cognates japanese.txt korean.txt --from ja --to ko -n 3
    """  # noqa: D301 - click reads the backspace
    if words == candidates:
        raise click.UsageError("WORDS and CANDIDATES are the same file")
    refuse_overwriting(output, words, candidates)
    from cjkv_phon.comparison import CognateIndex

    index = CognateIndex(read_words(candidates), target, scheme, PROFILES[profile])
    with writing(output) as write:
        for word, found in index.rank(read_words(words), source, count):
            for place, candidate in enumerate(found, start=1):
                other = candidate.word
                cells = (
                    word.text, word.ipa, str(place), other.text, other.ipa,
                    f"{candidate.distance:.4f}",
                )  # fmt: skip
                write("\t".join(cells) + "\n")


def read_words(path: str) -> Iterator[str]:
    """Yield the lines of a file that are not blank, without white space around them."""
    from cjkv_phon.io import read_lines

    yield from filter(None, (line.strip() for line in read_lines(path)))
