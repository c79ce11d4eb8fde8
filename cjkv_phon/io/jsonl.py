"""JSON Lines: an object a line; keys are added to the raw line, the rest of it stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from cjkv_phon.errors import FormatError
from cjkv_phon.io.base import BLANKS, Chunk, LineFormat, Record, Segment, Wanted, body
from cjkv_phon.io.fields import SPACES, TEXT, TOKENS, FieldError, results_of, sentence_of
from cjkv_phon.types import TokenTranscription

# No number is looked at, so none is converted (Python refuses very long ones).
_DECODER = json.JSONDecoder(parse_int=lambda digits: 0, parse_float=lambda digits: 0.0)
# Some readers take these for line ends, so they are escaped in what we write.
_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_WHITE_SPACE = re.compile(r"[ \t\r]*")


class Member(NamedTuple):
    """A key of an object with its value, and where the value stands in the line."""

    key: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Jsonl(LineFormat):
    """Objects with ``tokens`` (a list) or ``text`` gain ``ipa`` and ``romanization``.

    Our keys are written before the closing brace, or in the place of a key of
    the same name. A line whose field is null gains nulls.

    Attributes:
        field: Key to read; None for ``tokens``, or else ``text``.
    """

    name: ClassVar[str] = "jsonl"
    takes_units: ClassVar[bool] = True

    field: str | None = None

    def parse(self, lines: Sequence[str], chunk: Chunk, segment: Segment) -> Iterator[Record]:
        """Read every line that is not blank; a slot is (index, members, value, is null)."""
        for index, line in enumerate(lines):
            if not line.strip(BLANKS):
                continue
            place = (chunk.path, chunk.line + index)
            members = _members(line, *place)
            found = _field(members, self.field, *place)
            spaces = next((m.value for m in members if m.key == SPACES), None)
            try:
                sentence = sentence_of(found.value, spaces, segment)
            except FieldError as error:
                raise FormatError(
                    f"key {found.key!r}: {error}",
                    path=chunk.path, line=chunk.line + index, column=found.start + 1,
                ) from None  # fmt: skip
            if sentence is None:
                sentence = segment("")
            yield Record(sentence, (index, members, found.value))

    def patch(
        self,
        lines: list[str],
        record: Record,
        tokens: Sequence[TokenTranscription],
        wanted: Wanted,
    ) -> None:
        """Set the keys in the raw line."""
        index, members, value = record.slots
        line: str = lines[index]
        results = results_of(value, tokens, wanted)
        # Written the way the line is: ASCII escapes if it has them, spaces if it has them.
        ascii_only = line.isascii() and "\\u" in line
        gap = " " if not members or line[members[0].start - 1] in BLANKS else ""
        text = {key: _dumps(result, ascii_only, gap) for key, result in results.items()}
        present = {member.key for member in members}
        brace = body(line).rstrip(BLANKS).rindex("}")
        end = len(line[:brace].rstrip(BLANKS)) if members else brace
        new = ("," + gap).join(f'"{key}":{gap}{text[key]}' for key in results if key not in present)
        if new:
            line = line[:end] + ("," + gap if members else "") + new + line[end:]
        for member in reversed(members):
            if member.key in text:
                line = line[: member.start] + text[member.key] + line[member.end :]
        lines[index] = line


def _dumps(value: object, ascii_only: bool, gap: str) -> str:
    text = json.dumps(value, ensure_ascii=ascii_only, separators=("," + gap, ":" + gap))
    if text.isprintable():
        return text
    return _SEPARATOR.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _members(line: str, path: str, number: int) -> list[Member]:
    """Scan the top level of an object, keeping the place of every value."""
    at = _skip(line, 0)
    if line[at : at + 1] != "{":
        raise FormatError(
            "a JSON object is expected on every line; for one array of objects type: "
            "jq -c '.[]' FILE > NEW.jsonl",
            path=path, line=number, column=at + 1,
        )  # fmt: skip
    members: list[Member] = []
    try:
        at = _skip(line, at + 1)
        closed = line[at : at + 1] == "}"
        while not closed:
            if at == len(line):
                raise FormatError(
                    "the object does not end on its line; one a line is expected. Type: "
                    "jq -c . FILE > NEW.jsonl",
                    path=path, line=number, column=at + 1,
                )  # fmt: skip
            if line[at : at + 1] != '"':
                raise json.JSONDecodeError("a key in double quotes is expected", line, at)
            key, at = _DECODER.raw_decode(line, at)
            at = _skip(line, at)
            if line[at : at + 1] != ":":
                raise json.JSONDecodeError("a colon is expected", line, at)
            start = _skip(line, at + 1)
            value, end = _DECODER.raw_decode(line, start)
            members.append(Member(key, value, start, end))
            at = _skip(line, end)
            closed = line[at : at + 1] == "}"
            if not closed:
                if line[at : at + 1] != ",":
                    raise json.JSONDecodeError("a comma or } is expected", line, at)
                at = _skip(line, at + 1)
        if (rest := _skip(line, at + 1)) < len(line):
            raise json.JSONDecodeError("nothing may follow the object", line, rest)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}",
            path=path, line=number, column=error.pos + 1,
        ) from None  # fmt: skip
    except RecursionError:
        raise FormatError("the JSON is nested too deeply", path=path, line=number) from None
    return members


def _skip(line: str, at: int) -> int:
    match = _WHITE_SPACE.match(line, at)
    return match.end() if match else at


def _field(members: list[Member], field: str | None, path: str, number: int) -> Member:
    wanted = (field,) if field is not None else (TOKENS, TEXT)
    last = {member.key: member for member in members}  # of a repeated key the last one counts
    for name in wanted:
        if name in last:
            return last[name]
    there = ", ".join(last) or "none"
    raise FormatError(
        f"there is no key {' or '.join(map(repr, wanted))} (keys: {there}); name the key of the "
        "tokens or the text with --field",
        path=path, line=number, column=1,
    )  # fmt: skip
