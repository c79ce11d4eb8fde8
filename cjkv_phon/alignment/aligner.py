"""`align_subwords`: the subwords of tokens and of their sound, side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from operator import itemgetter
from typing import Any

from cjkv_phon.alignment.encoding import AlignedToken, Alignment, Pieces
from cjkv_phon.alignment.spans import Written
from cjkv_phon.alignment.tokenizers import word_subwords
from cjkv_phon.errors import unsupported
from cjkv_phon.memo import DEFAULT_ENTRIES, LONGEST_KEY
from cjkv_phon.types import TokenTranscription, Transcription

WRITTEN: tuple[Written, ...] = ("ipa", "romanization")

# Read from the tuples in C.
_TEXT, _IPA, _ROMANIZATION = map(
    itemgetter, map(TokenTranscription._fields.index, ("text", "ipa", "romanization"))
)


class SubwordAligner:
    """Align transcriptions with the subwords of one tokenizer.

    Every token is cut on its own, as Hugging Face tokenizers cut the words of a
    list (``is_split_into_words=True``), so what is known of a token is kept.

    Args:
        tokenizer: See `tokenizers.word_subwords`.
        phonemes: What the phonemic side is written in, ``ipa`` or ``romanization``.
        max_length: Most subwords the model takes, special tokens included; by
            default what the tokenizer says. `Alignment.windows` splits by it.

    Raises:
        AlignmentError: If the tokenizer cannot be aligned.
        UnsupportedOptionError: If ``phonemes`` is something else.
    """

    def __init__(
        self, tokenizer: Any, phonemes: Written = "ipa", max_length: int | None = None
    ) -> None:
        if phonemes not in WRITTEN:
            raise unsupported("phonemes", phonemes, WRITTEN)
        self.phonemes: Written = phonemes
        self._subwords = word_subwords(tokenizer, max_length)
        self._pieces: dict[str, Pieces] = {}
        self._tokens: dict[TokenTranscription, AlignedToken] = {}
        self._size = self._subwords.vocabulary_size()

    @property
    def limit(self) -> int | None:
        """Most subwords of a window, special tokens not counted; None for any."""
        return self._subwords.limit

    @property
    def special_tokens(self) -> tuple[list[int], list[int]]:
        """Numbers of the special tokens that go before and after a sequence."""
        before, after = self._subwords.special_tokens
        return list(before), list(after)

    def __call__(self, transcription: Transcription) -> Alignment:
        """Align one sentence."""
        return self.align_batch([transcription])[0]

    def align_batch(self, transcriptions: Sequence[Transcription]) -> list[Alignment]:
        """Align sentences at once: what is new to all of them is cut in one call."""
        found = self._known(transcriptions)
        new = [token for token, aligned in found.items() if aligned is None]
        if new:
            found.update(self._aligned(new))
        limit = self.limit
        return [
            # Every token of the batch is in there by now.
            Alignment([found[token] for token in t.tokens], t.signature, limit=limit)  # type: ignore[misc]
            for t in transcriptions
        ]

    def pipe(
        self, transcriptions: Iterable[Transcription], batch_size: int = 1000
    ) -> Iterator[Alignment]:
        """Align a stream of sentences, in order, lazily, in bounded memory."""
        stream = iter(transcriptions)
        while batch := list(islice(stream, batch_size)):
            yield from self.align_batch(batch)

    def _known(
        self, transcriptions: Sequence[Transcription]
    ) -> dict[TokenTranscription, AlignedToken | None]:
        """Return every token of a batch with what is remembered of it."""
        size = self._subwords.vocabulary_size()
        if size != self._size:  # Somebody added subwords: nothing known holds.
            self._size = size
            self._pieces, self._tokens = {}, {}
        remembered = self._tokens
        found: dict[TokenTranscription, AlignedToken | None] = {}
        for transcription in transcriptions:
            for token in transcription.tokens:
                if token not in found:
                    found[token] = remembered.get(token)
        return found

    def _aligned(
        self, tokens: Sequence[TokenTranscription]
    ) -> dict[TokenTranscription, AlignedToken]:
        """Align new tokens and remember them."""
        texts = list(map(_TEXT, tokens))
        sounds = list(map(_IPA if self.phonemes == "ipa" else _ROMANIZATION, tokens))
        pieces = self._cut([*texts, *sounds])
        aligned = map(
            AlignedToken,
            tokens,
            map(pieces.__getitem__, texts),
            map(pieces.__getitem__, sounds),
            repeat(self.phonemes),
        )
        fresh = dict(zip(tokens, aligned, strict=True))
        if len(self._tokens) + len(fresh) > DEFAULT_ENTRIES:
            self._tokens = {}
        self._tokens.update(
            fresh
            if max(map(len, texts)) <= LONGEST_KEY
            else {t: a for t, a in fresh.items() if len(t.text) <= LONGEST_KEY}
        )
        return fresh

    def _cut(self, words: Sequence[str]) -> dict[str, Pieces]:
        """Cut words in one call of the tokenizer, but for those it is known of."""
        known = {word: piece for word in words if (piece := self._pieces.get(word)) is not None}
        missing = [word for word in dict.fromkeys(words) if word not in known]
        if missing:
            fresh = dict(zip(missing, self._subwords.cut(missing), strict=True))
            known.update(fresh)
            if len(self._pieces) + len(fresh) > DEFAULT_ENTRIES:
                self._pieces = {}
            self._pieces.update(
                fresh
                if max(map(len, missing)) <= LONGEST_KEY
                else {word: piece for word, piece in fresh.items() if len(word) <= LONGEST_KEY}
            )
        return known


# The last tokenizers that were used, for calls of one sentence at a time.
_RECENT: deque[tuple[Any, tuple[object, ...], SubwordAligner]] = deque(maxlen=4)


def align_subwords(
    transcription: Transcription,
    tokenizer: Any,
    *,
    phonemes: Written = "ipa",
    max_length: int | None = None,
) -> Alignment:
    """Say which subwords of a tokenizer each token, and each unit of its sound, belongs to.

    Nothing is lost: the spans of the tokens tile the subwords; the offsets of a
    token's subwords cover all its characters, whatever the tokenizer's
    normaliser did to them; a token of which the tokenizer leaves nothing is
    its unknown token (`Side.empty` names it). Nothing is truncated:
    `Alignment.windows` splits what is longer than the model takes.

    Args:
        transcription: A transcribed sentence.
        tokenizer: A fast or slow tokenizer of transformers, a
            ``tokenizers.Tokenizer``, or anything with ``tokenize`` and
            ``convert_tokens_to_ids``.
        phonemes: ``ipa`` or ``romanization``.
        max_length: Most subwords the model takes, special tokens included.

    Returns:
        The aligned tokens; ``.orthography`` and ``.phonemes`` hold the subwords
        of the whole sentence.

    Raises:
        AlignmentError: If the tokenizer cannot be aligned.

    Example:
        >>> from cjkv_phon.types import TokenTranscription, Transcription, Unit
        >>> units = (Unit(0, 1, "jeon", "tɕʌn"), Unit(1, 2, "ja", "dʑa"))
        >>> token = TokenTranscription("전자", units, "tɕʌndʑa", "jeonja")
        >>> class Letters:
        ...     unk_token, unk_token_id = "?", 0
        ...     def tokenize(self, text): return list(text)
        ...     def convert_tokens_to_ids(self, pieces): return [ord(p) for p in pieces]
        >>> aligned = align_subwords(Transcription((token,)), Letters())
        >>> aligned.orthography.unit_spans, aligned.phonemes.unit_spans
        ([[(0, 1), (1, 2)]], [[(0, 4), (4, 7)]])
    """
    return _aligner(tokenizer, phonemes, max_length)(transcription)


def _aligner(tokenizer: Any, phonemes: Written, max_length: int | None) -> SubwordAligner:
    settings = (phonemes, max_length, getattr(tokenizer, "model_max_length", None))
    for known, known_settings, aligner in tuple(_RECENT):
        if known is tokenizer and known_settings == settings:
            return aligner
    aligner = SubwordAligner(tokenizer, phonemes, max_length)
    _RECENT.append((tokenizer, settings, aligner))
    return aligner
