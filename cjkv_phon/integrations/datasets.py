"""A function for ``datasets.Dataset.map``: columns of tokens or text gain their sound.

Needs the extra ``datasets`` to be of use, but imports nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cjkv_phon.io.base import Wanted
from cjkv_phon.io.fields import SPACES, results_of, sentence_of
from cjkv_phon.transcriber import Transcriber


class MapTranscriber:
    """Transcribe batches of a dataset.

    Pass it to ``map`` with ``batched=True``. A column of token lists gains lists,
    one entry a token; a column of texts gains texts; None stays None. Where a
    column ``spaces`` stands beside the tokens (one boolean a token), it is used.

    It pickles as its options, for ``num_proc``, and hashes the same in every
    process and before and after use, so that `datasets` finds its cache again;
    the versions of the engines are part of the hash.

    Args:
        lang: Language code.
        column: Column with tokens or text.
        ipa: Add a column ``ipa``.
        romanization_column: Add a column ``romanization``.
        units: Add a column ``units`` with offsets.
        **options: The other arguments of `Transcriber`.

    Raises:
        UnsupportedOptionError: If the scheme does not offer an option.

    Example:
        >>> batch = {"tokens": [["독립", "만세"]]}
        >>> MapTranscriber("ko", romanization_column=False)(batch)
        {'ipa': [['toŋnip', 'manse']]}
    """

    def __init__(
        self,
        lang: str,
        column: str = "tokens",
        *,
        ipa: bool = True,
        romanization_column: bool = True,
        units: bool = False,
        **options: Any,
    ) -> None:
        self._lang = lang
        self._options = dict(sorted(options.items()))
        self._column = column
        self._wanted = (ipa, romanization_column, units)
        self._transcriber: Transcriber | None = None
        self.signature = self._ready().signature

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """Return the new columns of a batch.

        Raises:
            KeyError: If the column is not there.
            ValueError: If it holds neither text nor lists of tokens.
        """
        transcriber = self._ready()
        values = batch[self._column]
        spaces = batch.get(SPACES) or [None] * len(values)
        sentences = [
            sentence_of(value, space, transcriber.segment)
            for value, space in zip(values, spaces, strict=True)
        ]
        results = iter(transcriber.transcribe_batch([s for s in sentences if s is not None]))
        wanted = Wanted(*self._wanted)
        rows = [
            results_of(value, () if sentence is None else next(results).tokens, wanted)
            for value, sentence in zip(values, sentences, strict=True)
        ]
        names = [name for name, is_asked in zip(_NAMES, self._wanted, strict=True) if is_asked]
        return {name: [row[name] for row in rows] for name in names}

    def _ready(self) -> Transcriber:
        if self._transcriber is None:
            self._transcriber = Transcriber(self._lang, **self._options)
        return self._transcriber

    def __getstate__(self) -> dict[str, Any]:
        # Without the engine and its caches: they are built anew where they are needed.
        return {**self.__dict__, "_transcriber": None}

    def __repr__(self) -> str:
        return f"MapTranscriber({self.signature!r}, column={self._column!r})"


_NAMES = ("ipa", "romanization", "units")
