"""The part of ``cjkv-phon info`` that counts a corpus: ``--stats FILE --tokenizer …``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cjkv_phon.alignment.loading import load_tokenizer
from cjkv_phon.errors import UnsupportedOptionError
from cjkv_phon.statistics import Sample, corpus_statistics
from cjkv_phon.width import text_table

_HEADER = (
    "file", "tokenizer", "samples", "labels", "tokens", "orthography", "phonemes",
    "unknown orth.", "unknown phon.",
)  # fmt: skip


def statistics_rows(
    files: Sequence[str], tokenizers: Sequence[str], lang: str | None, scheme: str
) -> list[dict[str, Any]]:
    """Count each file with each tokenizer: Table 2 of the PhoneXL paper.

    Args:
        files: Files in any format; with labels where there are some.
        tokenizers: See `load_tokenizer`.
        lang: Language to transcribe; None takes the IPA that the files hold.
        scheme: How to transcribe.

    Returns:
        A row a file and tokenizer: means are a sentence's, unknowns shares.

    Raises:
        UnsupportedOptionError: If a file holds no IPA and no language is named.
    """
    rows = []
    for name in tokenizers:
        tokenizer = load_tokenizer(name)
        for file in files:
            counted = corpus_statistics(_samples(file, lang, scheme), tokenizer)
            rows.append({"file": file, "tokenizer": name, **counted.as_dict()})
    return rows


def statistics_text(rows: Sequence[dict[str, Any]]) -> str:
    """Return the rows as a table for a person; lengths are means a sentence."""
    cells = [list(_HEADER)]
    for row in rows:
        labels = "–" if row["labels"] is None else str(row["labels"])
        means = (row["mean_tokens"], row["mean_orthography"], row["mean_phonemes"])
        shares = (row["unknown_orthography"], row["unknown_phonemes"])
        cells.append(
            [row["file"], row["tokenizer"], str(row["samples"]), labels]
            + [f"{mean:.1f}" for mean in means]
            + [f"{share:.2%}" for share in shares]
        )
    return text_table(cells)


def _samples(file: str, lang: str | None, scheme: str) -> Iterator[Sample]:
    from cjkv_phon.io.records import read_records

    if lang is None:
        for record in read_records(file):
            if record.ipa is None:
                raise UnsupportedOptionError(
                    f"{file} holds no IPA; name its language, such as -l ko, to transcribe it"
                )
            yield Sample(record.tokens, record.ipa, record.labels)
        return
    from cjkv_phon.transcriber import Transcriber

    transcriber = Transcriber(lang, scheme)
    for record in read_records(file, transcriber.segment):
        yield Sample(record.tokens, transcriber(record.tokens, record.spaces).ipa, record.labels)
