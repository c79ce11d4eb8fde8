"""Which format is this file? Its name where that is clear, else its first lines.

A wrong guess never loses data: every format but ``xtreme`` only adds to the
lines, and ``xtreme`` (which drops a language prefix and overwrites columns 3
and 4) is chosen only where the content is unmistakably that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from cjkv_phon.errors import FormatError, UnsupportedOptionError, unsupported
from cjkv_phon.io.base import BLANKS, BOM, Format, Layout
from cjkv_phon.io.source import HEAD_BYTES, Source

AUTO = "auto"
NAMES = ("conll", "conllu", "xtreme", "jsonl", "parquet", "text")

_ENDINGS = {
    ".conllu": "conllu",
    ".jsonl": "jsonl",
    ".json": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
_COLUMN_ENDINGS = (".conll", ".conll03", ".bio", ".iob", ".iob2", ".bioes", ".tsv", ".tab")
_PARQUET_MAGIC = b"PAR1"
_PREFIX = re.compile(r"[a-z]{2,3}(?:-[a-z]+)*:")
_UNIVERSAL_TAGS = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X _".split()
)
_ENTITY_LABEL = re.compile(r"O|[BIESLU]-\S+")
_NUMBERED = re.compile(r"[0-9]+(?:[-.][0-9]+)?")
_FEWEST_ROWS = 3  # a line of text may well end in "X" or "O"
# Letters that IPA has and no tag, lemma or feature list.
_IPA_LETTER = re.compile(r"[\u0250-\u02AF\u02B0\u02B2\u02B7\u02D0\u02E5-\u02E9]")


def detect(source: Source, name: str, layout: Layout) -> Format:
    """Choose the format of a file and how its columns lie.

    Args:
        source: The file.
        name: One of `NAMES`, or ``auto``.
        layout: What the user says about columns and fields.

    Raises:
        UnsupportedOptionError: If the name is not known, or the layout is one
            that the format has not.
    """
    if name == AUTO:
        name = _guess(source)
        if name in ("text", "xtreme") and (layout.column or layout.delimiter):
            name = "conll"
    _check_layout(name, layout, source.path)
    return _build(name, _rows(source), layout)


def _check_layout(name: str, layout: Layout, path: str) -> None:
    given = {
        "--column": (layout.column, ("conll",)),
        "--delimiter": (layout.delimiter, ("conll",)),
        "--field": (layout.field, ("jsonl", "parquet")),
    }
    for option, (value, formats) in given.items():
        if value is not None and name in NAMES and name not in formats:
            raise UnsupportedOptionError(
                f"{path}: {option} says nothing in the format {name}; leave it out, or type "
                f"--format {formats[0]} if the file is that"
            )


def _build(name: str, rows: list[str], layout: Layout) -> Format:
    if name == "conll":
        return _conll(rows, layout)
    if name == "conllu":
        from cjkv_phon.io.conllu import Conllu

        return Conllu()
    if name == "xtreme":
        from cjkv_phon.io.xtreme import Xtreme

        return Xtreme(_common_prefix(rows))
    if name == "jsonl":
        from cjkv_phon.io.jsonl import Jsonl

        return Jsonl(layout.field)
    if name == "parquet":
        from cjkv_phon.io.parquet import Parquet

        return Parquet(layout.field)
    if name == "text":
        from cjkv_phon.io.text import Text

        return Text()
    raise unsupported("format", name, (AUTO, *NAMES))


def _guess(source: Source) -> str:
    if source.head.startswith(_PARQUET_MAGIC):
        return "parquet"
    for ending, name in _ENDINGS.items():
        if source.name.endswith(ending):
            if name == "parquet" and source.head:
                raise FormatError(
                    "this is no Parquet file, though its name says so; name its format with "
                    "--format",
                    path=source.path,
                )
            return name
    rows = _rows(source)
    if not rows:
        return "text"
    if all(row.lstrip(BLANKS).startswith("{") for row in rows[:3]):
        return "jsonl"
    tabs = [row.split("\t") for row in rows if not row.startswith("#")]
    if tabs and all(len(row) == 10 and _NUMBERED.fullmatch(row[0]) for row in tabs):
        return "conllu"
    return _guess_columns(source.name, rows, tabs)


def _guess_columns(name: str, rows: Sequence[str], tabs: Sequence[list[str]]) -> str:
    columns = _tab_columns(tabs) if tabs else None
    if columns == "xtreme":
        is_named = name.endswith((".tsv", ".tab")) or "." not in name
        return "xtreme" if is_named or _common_prefix(rows) else "conll"
    if name.endswith(".txt"):  # a text may have tabs; only labels tell columns
        return "conll" if _has_labels(rows) else "text"
    if columns or name.endswith(_COLUMN_ENDINGS) or _has_labels(rows):
        return "conll"
    return "text"


def _tab_columns(rows: Sequence[list[str]]) -> str | None:
    """Judge rows that have tabs: ``xtreme``, ``conll``, or None for neither."""
    widths = Counter(map(len, rows))
    width, count = widths.most_common(1)[0]
    if width < 2 or count < 0.9 * len(rows):
        return None
    rows = [row for row in rows if len(row) == width]
    last = [row[-1] for row in rows]
    if width == 2 and len(widths) == 1 and _labels([row[1] for row in rows]):
        return "xtreme"
    if width == 4 and len(widths) == 1 and _labels([row[1] for row in rows]):
        ipa = sum(bool(_IPA_LETTER.search(row[2])) for row in rows)
        if ipa >= 0.2 * len(rows) and not _labels(last):
            return "xtreme"
    return "conll"


def _has_labels(rows: Sequence[str]) -> bool:
    """Whether these are columns with spaces between them and labels at the end."""
    if any(row.startswith("-DOCSTART-") for row in rows):
        return True
    fields = [row.split() for row in rows if not row.startswith("#")]
    return (
        len(fields) >= _FEWEST_ROWS
        and len({len(row) for row in fields}) == 1 < len(fields[0])
        and _labels([row[-1] for row in fields])
    )


def _labels(values: Sequence[str]) -> bool:
    """Whether all are part-of-speech tags of UD, or all are entity labels."""
    return all(value.strip() in _UNIVERSAL_TAGS for value in values) or all(
        _ENTITY_LABEL.fullmatch(value.strip()) for value in values
    )


def _common_prefix(rows: Sequence[str]) -> str:
    """Return ``ko:`` if every token starts with that, else the empty string."""
    prefixes = {match.group() if (match := _PREFIX.match(row)) else "" for row in rows}
    return prefixes.pop() if len(prefixes) == 1 else ""


def _conll(rows: Sequence[str], layout: Layout) -> Format:
    from cjkv_phon.io.conll import DOCUMENT_START, Conll, cut_columns

    tokens = [row for row in rows if not row.startswith(DOCUMENT_START)]
    plain = [row for row in tokens if not row.startswith("#")] or tokens
    with_tab = sum("\t" in row for row in plain)
    with_space = sum(" " in row.strip(BLANKS) for row in plain)
    is_tab = with_tab * 2 >= len(plain) if with_tab else not with_space
    delimiter = {"tab": "\t", "space": " "}.get(layout.delimiter or "", "\t" if is_tab else " ")
    fields = [cut_columns(row, delimiter) for row in plain]
    width = Counter(map(len, fields)).most_common(1)[0][0] if fields else None
    column = layout.column - 1 if layout.column is not None else _token_column(fields)
    return Conll(column, delimiter, width)


def _token_column(fields: Sequence[list[str]]) -> int:
    """Return 1 where the first column numbers the tokens of each sentence, else 0."""
    numbers = [row[0] for row in fields]
    is_numbered = (
        len(numbers) > 1
        and numbers[0] in ("0", "1")
        and all(len(row) > 1 for row in fields)
        and all(number.isdecimal() for number in numbers)
        and all(
            int(number[:9]) == int(before[:9]) + 1 or number == numbers[0]
            for before, number in pairwise(numbers)
        )
    )
    return int(is_numbered)


def _rows(source: Source) -> list[str]:
    """Return the lines of the head that are not blank, without their ends."""
    lines = source.head.decode("utf-8", "replace").removeprefix(BOM).split("\n")
    if len(lines) > 1 and len(source.head) == HEAD_BYTES:
        lines.pop()  # cut in the middle
    return [line.rstrip("\r") for line in lines if line.strip(BLANKS)]
