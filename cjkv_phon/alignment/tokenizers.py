"""One way to ask any tokenizer for the subwords of single words."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from cjkv_phon.alignment.encoding import Pieces
from cjkv_phon.alignment.fallback import piece_offsets
from cjkv_phon.alignment.spans import covering
from cjkv_phon.errors import AlignmentError

# Words that are handed over as one list; each is cut on its own all the same.
_GROUP = 256


class WordSubwords(ABC):
    """Cuts words into subwords, each on its own, as for a list of words.

    Attributes:
        special_tokens: Numbers that the model wants before and after a sequence.
        limit: Most subwords a sequence may have besides them; None for any.
        unknown_id: Number of the token that stands for what is not known.
    """

    special_tokens: tuple[list[int], list[int]] = ([], [])
    limit: int | None = None
    unknown_id: int = -1

    @abstractmethod
    def cut(self, words: Sequence[str]) -> list[Pieces]:
        """Return the subwords of each word; never none (see `Pieces.empty`)."""

    @abstractmethod
    def vocabulary_size(self) -> int:
        """Return the number of subwords known now; it changes when some are added."""


def word_subwords(tokenizer: Any, max_length: int | None = None) -> WordSubwords:
    """Choose how to ask a tokenizer.

    Args:
        tokenizer: A fast tokenizer of transformers; a ``tokenizers.Tokenizer``;
            or anything with ``tokenize(text)``, ``convert_tokens_to_ids(pieces)``
            and ``unk_token_id``, such as a slow tokenizer of transformers.
        max_length: Most subwords of a sequence, special tokens included; by
            default what the tokenizer says about its model.

    Raises:
        AlignmentError: If it is none of these, or ``max_length`` leaves no room.
    """
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None and hasattr(tokenizer, "encode_batch") and hasattr(tokenizer, "to_str"):
        backend = tokenizer
    asked: WordSubwords
    if backend is not None and hasattr(backend, "encode_batch"):
        asked = FastSubwords(tokenizer, backend)
    elif hasattr(tokenizer, "tokenize") and hasattr(tokenizer, "convert_tokens_to_ids"):
        asked = SlowSubwords(tokenizer)
    else:
        raise AlignmentError(
            f"{type(tokenizer).__name__} is no tokenizer that can be aligned: it needs the "
            "methods tokenize(text) and convert_tokens_to_ids(pieces)"
        )
    before, after = asked.special_tokens
    if max_length is None:
        # transformers says 10**30 where it does not know.
        stated = getattr(tokenizer, "model_max_length", None)
        max_length = stated if isinstance(stated, int) and stated < 10**9 else None
    if max_length is not None:
        asked.limit = max_length - len(before) - len(after)
        if asked.limit < 1:
            raise AlignmentError(
                f"max_length={max_length} leaves no room beside "
                f"{len(before) + len(after)} special tokens"
            )
    return asked


class FastSubwords(WordSubwords):
    """A tokenizer with a Rust core, which knows offsets itself."""

    def __init__(self, tokenizer: Any, backend: Any) -> None:
        self._tokenizer = tokenizer
        self._backend = backend
        self._unknown = _unknown(tokenizer, backend)
        self.unknown_id = self._unknown[0]
        self.special_tokens = self._special_tokens()

    def cut(self, words: Sequence[str]) -> list[Pieces]:
        """Return the subwords of each word."""
        backend = self._backend
        truncation, padding = backend.truncation, backend.padding
        # Left over from somebody's call; nothing may be cut off here.
        if truncation is not None:
            backend.no_truncation()
        if padding is not None:
            backend.no_padding()
        try:
            groups = [words[k : k + _GROUP] for k in range(0, len(words), _GROUP)]
            encodings = backend.encode_batch(groups, is_pretokenized=True, add_special_tokens=False)
        finally:
            if truncation is not None:
                backend.enable_truncation(**truncation)
            if padding is not None:
                backend.enable_padding(**padding)
        found: list[Pieces] = []
        for group, encoding in zip(groups, encodings, strict=True):
            found += self._split(group, encoding)
        return found

    def _split(self, words: Sequence[str], encoding: Any) -> Iterator[Pieces]:
        """Give each word of a list its own subwords."""
        ids, texts, offsets = encoding.ids, encoding.tokens, encoding.offsets
        counts = Counter(encoding.word_ids)
        start = 0
        for number, word in enumerate(words):
            end = start + counts[number]
            if end == start:
                yield _empty(self._unknown, word)
                continue
            yield Pieces(
                tuple(ids[start:end]),
                tuple(texts[start:end]),
                covering(offsets[start:end], len(word)),
            )
            start = end

    def vocabulary_size(self) -> int:
        """Return the number of subwords known now."""
        return int(self._backend.get_vocab_size())

    def _special_tokens(self) -> tuple[list[int], list[int]]:
        backend = self._backend
        inside = backend.encode("a", add_special_tokens=False).ids
        whole = backend.encode("a").ids
        for start in range(len(whole) - len(inside) + 1):
            if whole[start : start + len(inside)] == inside:
                return whole[:start], whole[start + len(inside) :]
        return [], []


class SlowSubwords(WordSubwords):
    """A tokenizer in Python: offsets are found by comparing pieces with the word."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._unknown = _unknown(tokenizer, None)
        self.unknown_id = self._unknown[0]
        self.special_tokens = self._special_tokens()

    def cut(self, words: Sequence[str]) -> list[Pieces]:
        """Return the subwords of each word."""
        tokenizer = self._tokenizer
        unknown_text = self._unknown[1]
        found: list[Pieces] = []
        for word in words:
            texts = [str(piece) for piece in tokenizer.tokenize(word)] if word else []
            if not texts:
                found.append(_empty(self._unknown, word))
                continue
            ids = tokenizer.convert_tokens_to_ids(texts)
            ids = [self._unknown[0] if number is None else int(number) for number in ids]
            offsets = covering(piece_offsets(word, texts, unknown_text), len(word))
            found.append(Pieces(tuple(ids), tuple(texts), offsets))
        return found

    def vocabulary_size(self) -> int:
        """Return the number of subwords known now, −1 where it does not say."""
        return len(self._tokenizer) if hasattr(self._tokenizer, "__len__") else -1

    def _special_tokens(self) -> tuple[list[int], list[int]]:
        build = getattr(self._tokenizer, "build_inputs_with_special_tokens", None)
        if build is None:
            return [], []
        mark = -1
        whole = list(build([mark]))
        place = whole.index(mark) if mark in whole else len(whole)
        return whole[:place], whole[place + 1 :]


def _unknown(tokenizer: Any, backend: Any) -> tuple[int, str]:
    """Number and text of the unknown token."""
    text = getattr(tokenizer, "unk_token", None)
    number = getattr(tokenizer, "unk_token_id", None)
    if number is None and backend is not None:
        model = json.loads(backend.to_str())["model"]
        text, number = model.get("unk_token"), model.get("unk_id")
        if number is None and text is not None:
            number = backend.token_to_id(text)
        elif number is not None:
            text = backend.id_to_token(number)
    if number is None:
        # A byte-level vocabulary needs none; a pad token says "nothing here" as well.
        text = getattr(tokenizer, "pad_token", None)
        number = getattr(tokenizer, "pad_token_id", None)
    if number is None:
        raise AlignmentError(
            f"{type(tokenizer).__name__} has neither an unknown nor a padding token, so an empty "
            "token could not keep its place; set tokenizer.unk_token"
        )
    return int(number), str(text or "")


def _empty(unknown: tuple[int, str], word: str) -> Pieces:
    return Pieces((unknown[0],), (unknown[1],), ((0, len(word)),), empty=True)
