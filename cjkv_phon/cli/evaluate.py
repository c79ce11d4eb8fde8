"""``cjkv-phon evaluate``: transcriptions against a gold lexicon."""

from __future__ import annotations

import json
from typing import Any

import click
import regex

from cjkv_phon.cli.options import transcriber_options
from cjkv_phon.cli.writing import refuse_overwriting, writing
from cjkv_phon.engine import Sentence
from cjkv_phon.evaluation import (
    Evaluation,
    characters,
    evaluate,
    folding_table,
    read_lexicon,
    segment,
)
from cjkv_phon.io import read_lines
from cjkv_phon.io.output import STDOUT
from cjkv_phon.transcriber import Transcriber
from cjkv_phon.types import TokenTranscription

LEVELS = ("ipa", "reading", "romanization")
CONFUSIONS_SHOWN = 15


def _pattern(value: str) -> regex.Pattern[str]:
    try:
        return regex.compile(value)
    except regex.error as error:
        raise click.BadParameter(f"{value!r}: {error}") from None


def _count(value: str) -> int | None:
    """Return a number, None for ``all``."""
    if value == "all":
        return None
    if not value.isdecimal():
        raise click.BadParameter(f"{value!r} is neither a number nor 'all'")
    return int(value)


@click.command()
@click.argument("gold")
@transcriber_options
@click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="ipa",
    show_default=True,
    help="What the second column of GOLD is compared with.",
)
@click.option("--fold", is_flag=True, help="Apply the language's folding table to both sides.")
@click.option(
    "--ignore", type=_pattern, metavar="REGEX", help="Remove what matches from both sides."
)
@click.option("--joined", is_flag=True, help="No white space follows the words.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--errors", type=_count, default="0", metavar="N|all", help="List this many wrong words."
)
@click.option("-o", "--output", default=STDOUT, metavar="OUT", help="File to write to.")
def command(
    gold: str,
    level: str,
    fold: bool,
    ignore: regex.Pattern[str] | None,
    joined: bool,
    as_json: bool,
    errors: int | None,
    output: str,
    **options: Any,
) -> None:
    """Measure transcriptions against the lexicon GOLD (word⇥pronunciation).

    Several lines for a word are several right answers: the nearest counts.
    Spaces inside a pronunciation do not count. GOLD may be compressed; - is stdin.
    """
    refuse_overwriting(output, gold)
    transcriber = Transcriber(**options)
    folding = folding_table(transcriber.lang) if fold else ()
    lexicon = read_lexicon(read_lines(gold), gold)
    spaces = (False,) if joined else None
    tokens = [one[0] for one in transcriber.pipe(Sentence((word,), spaces) for word in lexicon)]
    result = evaluate(
        lexicon,
        {token.text: _sound(token, level) for token in tokens},
        folding=folding,
        ignore=ignore,
        cut=segment if level == "ipa" else characters,
    )
    how = {
        "gold": gold,
        "signature": transcriber.signature,
        "level": level,
        "fold": fold,
        "ignore": ignore.pattern if ignore is not None else None,
        "joined": joined,
        "unknown": sum(token.status == "unknown" for token in tokens),
    }
    with writing(output) as write:
        write(_as_json(result, how, errors) if as_json else _as_text(result, how, errors))


def _sound(token: TokenTranscription, level: str) -> str:
    """Return what the gold is compared with; from IPA, only what was read."""
    if level == "ipa":
        return "".join(token.segments)
    return token.reading if level == "reading" else token.romanization


def _as_json(result: Evaluation, how: dict[str, Any], errors: int | None) -> str:
    report = how | {
        "words": result.words,
        "wrong": len(result.errors),
        "wer": result.wer,
        "segments": result.segments,
        "edits": result.edits,
        "per": result.per,
        "confusions": [
            {"gold": gold, "found": found, "count": count}
            for (gold, found), count in result.confusions.most_common()
        ],
        "errors": [
            {"word": one.word, "gold": one.gold, "found": one.hypothesis, "edits": one.edits}
            for one in result.errors[:errors]
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _as_text(result: Evaluation, how: dict[str, Any], errors: int | None) -> str:
    lines = [
        f"{how['gold']}  {how['signature']}",
        f"level {how['level']}, {'folded' if how['fold'] else 'strict'}"
        + (f", ignoring {how['ignore']}" if how["ignore"] else ""),
        f"WER {result.wer:8.2%}  {len(result.errors)} of {result.words} words",
        f"PER {result.per:8.2%}  {result.edits} of {result.segments} segments",
        f"unknown {how['unknown']}",
    ]
    common = result.confusions.most_common(CONFUSIONS_SHOWN)
    if common:
        lines += ["", "count  gold → found"]
        lines += [f"{count:5}  {gold or '∅'} → {found or '∅'}" for (gold, found), count in common]
    shown = result.errors[:errors]
    if shown:
        lines += ["", "word\tgold\tfound"]
        lines += [f"{one.word}\t{one.gold}\t{one.hypothesis}" for one in shown]
    return "\n".join(lines) + "\n"
