"""Fields of JSONL and Parquet: tokens or text in; ``ipa``, ``romanization``, ``units`` out.

A list of tokens gains lists with one entry a token, a text gains texts. ``units``
is a list with one list of units a token; offsets count code points of the field
itself: of the token in a list, of the whole text in a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cjkv_phon.engine import Sentence
from cjkv_phon.io.base import Segment, Wanted
from cjkv_phon.io.text import running_text, token_gaps, token_offsets
from cjkv_phon.types import TokenTranscription

TOKENS = "tokens"
TEXT = "text"
SPACES = "spaces"
OURS = ("ipa", "romanization", "units")


class FieldError(ValueError):
    """A field holds what cannot be transcribed; the caller knows where it is."""


def sentence_of(value: object, spaces: object, segment: Segment) -> Sentence | None:
    """Return the sentence that a field holds, None for a null.

    Args:
        value: A list of strings, a string or None.
        spaces: The value of the field ``spaces`` beside it; used if it is a
            list of booleans, one a token.
        segment: Cuts a text into tokens.

    Raises:
        FieldError: If it is neither.
    """
    if value is None:
        return None
    if isinstance(value, str):
        _check(value)
        return segment(value)
    if not isinstance(value, list):
        raise FieldError(f"a list of tokens or a text is expected, not {_kind(value)}")
    for place, token in enumerate(value):
        if not isinstance(token, str):
            raise FieldError(f"token {place + 1} is no text but {_kind(token)}")
        _check(token)
    known = (
        isinstance(spaces, list)
        and len(spaces) == len(value)
        and all(isinstance(space, bool) for space in spaces)
    )
    return Sentence(tuple(value), tuple(spaces) if known else None)  # type: ignore[arg-type]


def results_of(
    value: object, tokens: Sequence[TokenTranscription], wanted: Wanted
) -> dict[str, Any]:
    """Return our fields for a field's value, in order."""
    if value is None:
        return dict.fromkeys(names(wanted))
    text = value if isinstance(value, str) else None
    results: dict[str, Any] = {}
    for name in names(wanted):
        if name == "units":
            results[name] = _units(text, tokens)
            continue
        pieces = [getattr(token, name) for token in tokens]
        results[name] = pieces if text is None else running_text(pieces, token_gaps(text, tokens))
    return results


def names(wanted: Wanted) -> list[str]:
    """Return the names of our fields, in order."""
    asked = (wanted.ipa, wanted.romanization, wanted.units)
    return [name for name, is_wanted in zip(OURS, asked, strict=True) if is_wanted]


def _units(text: str | None, tokens: Sequence[TokenTranscription]) -> list[list[dict[str, Any]]]:
    starts = [0] * len(tokens)
    if text is not None:
        starts = token_offsets(text, [token.text for token in tokens])
    return [
        [
            {
                "start": start + unit.start,
                "end": start + unit.end,
                "romanization": unit.romanization,
                "ipa": unit.ipa,
                "segments": list(unit.segments),
                "reading": unit.reading,
                "status": unit.status,
            }
            for unit in token.units
        ]
        for start, token in zip(starts, tokens, strict=True)
    ]


def _check(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FieldError(
            f"lone surrogate {text[error.start]!r}: this is no Unicode text; repair it where the "
            "file was made"
        ) from None


def _kind(value: object) -> str:
    kinds = {
        "dict": "an object", "list": "a list", "tuple": "a pair", "NoneType": "null",
        "bool": "true or false", "bytes": "binary data",
    }  # fmt: skip
    return kinds.get(type(value).__name__, "a number")
