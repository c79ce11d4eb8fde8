"""Alignments as rows of JSON Lines and Parquet, with the same columns everywhere."""

from __future__ import annotations

from typing import Any

from cjkv_phon.alignment.encoding import Alignment, Side
from cjkv_phon.alignment.spans import Span

Row = dict[str, Any]


def row(window: Alignment, sentence: int) -> Row:
    """Return one window as a row.

    Args:
        window: An alignment, or one of its windows.
        sentence: 0-based number of the sentence it belongs to.

    Returns:
        ``sentence``, ``first_token``, ``tokens``, ``ipa``, ``romanization``,
        ``units`` (spans of characters, a list a token) and ``signature``; of
        the orthography ``input_ids``, ``pieces``, ``word_ids``, ``offsets``,
        ``token_spans``, ``unit_spans`` and ``empty``, and of the phonemes the
        same with ``phoneme_`` before the name. Special tokens are not included.
    """
    tokens = [token.transcription for token in window]
    return {
        "sentence": sentence,
        "first_token": window.first,
        "tokens": [token.text for token in tokens],
        "ipa": [token.ipa for token in tokens],
        "romanization": [token.romanization for token in tokens],
        "units": [[[unit.start, unit.end] for unit in token.units] for token in tokens],
        **_side(window.orthography, ""),
        **_side(window.phonemes, "phoneme_"),
        "signature": window.signature,
    }


def parquet_schema() -> Any:
    """Return the Arrow schema of `row`."""
    from cjkv_phon.errors import require

    pa = require("pyarrow", extra="parquet")
    texts, numbers = pa.list_(pa.string()), pa.list_(pa.int32())
    spans = pa.list_(pa.list_(pa.int32()))
    side = {
        "input_ids": numbers, "pieces": texts, "word_ids": numbers, "offsets": spans,
        "token_spans": spans, "unit_spans": pa.list_(spans), "empty": numbers,
    }  # fmt: skip
    columns = {"sentence": pa.int64(), "first_token": pa.int32()}
    columns |= dict.fromkeys(("tokens", "ipa", "romanization"), texts)
    columns |= {"units": pa.list_(spans), **side}
    columns |= {f"phoneme_{name}": kind for name, kind in side.items()}
    return pa.schema({**columns, "signature": pa.string()}.items())


def _side(side: Side, prefix: str) -> Row:
    fields = {
        "input_ids": side.ids,
        "pieces": side.texts,
        "word_ids": side.word_ids,
        "offsets": _lists(side.offsets),
        "token_spans": _lists(side.spans),
        "unit_spans": [_lists(spans) for spans in side.unit_spans],
        "empty": side.empty,
    }
    return {prefix + name: value for name, value in fields.items()}


def _lists(spans: list[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
