"""What an alignment is made of: subwords of tokens, of their sound, of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, count, repeat
from typing import NamedTuple, overload

from cjkv_phon.alignment.spans import Span, Written, overlapping, unit_spans
from cjkv_phon.types import TokenTranscription


class Pieces(NamedTuple):
    """The subwords of one string.

    Attributes:
        ids: Their numbers in the vocabulary; at least one.
        texts: How the tokenizer writes them (``▁電``, ``##子``).
        offsets: For each the characters of the string that it stands for, in
            code points. Together they cover every character; neighbours
            overlap where one character became several subwords, and a mark
            without a character of its own (``Ġ``) may be empty.
        empty: The tokenizer left nothing of the string, and the one subword
            here is its unknown token.
    """

    ids: tuple[int, ...]
    texts: tuple[str, ...]
    offsets: tuple[Span, ...]
    empty: bool = False


class AlignedToken:
    """One token with its subwords.

    The spans of the units are found when they are asked for: most users want
    the subwords of tokens alone.

    Args:
        transcription: The token and its sound.
        orthography: Subwords of ``transcription.text``.
        phonemes: Subwords of its IPA or romanization.
        written: Which of the two.
    """

    __slots__ = (
        "_unit_orthography",
        "_unit_phonemes",
        "orthography",
        "phonemes",
        "transcription",
        "written",
    )

    def __init__(
        self,
        transcription: TokenTranscription,
        orthography: Pieces,
        phonemes: Pieces,
        written: Written = "ipa",
    ) -> None:
        self.transcription = transcription
        self.orthography = orthography
        self.phonemes = phonemes
        self.written: Written = written
        self._unit_orthography: tuple[Span, ...] | None = None
        self._unit_phonemes: tuple[Span, ...] | None = None

    @property
    def unit_orthography(self) -> tuple[Span, ...]:
        """For each unit the subwords of `orthography` that it overlaps, as a range."""
        found = self._unit_orthography
        if found is None:
            units = [(unit.start, unit.end) for unit in self.transcription.units]
            found = self._unit_orthography = overlapping(units, self.orthography.offsets)
        return found

    @property
    def unit_phonemes(self) -> tuple[Span, ...]:
        """For each unit the subwords of `phonemes` that it overlaps, as a range."""
        found = self._unit_phonemes
        if found is None:
            units = unit_spans(self.transcription, self.written)
            found = self._unit_phonemes = overlapping(units, self.phonemes.offsets)
        return found

    def _fields(self) -> tuple[TokenTranscription, Pieces, Pieces, Written]:
        return self.transcription, self.orthography, self.phonemes, self.written

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AlignedToken):
            return NotImplemented
        return self._fields() == other._fields()

    def __hash__(self) -> int:
        return hash(self._fields())

    def __repr__(self) -> str:
        return "AlignedToken({!r}, {!r}, {!r}, {!r})".format(*self._fields())


class Side:
    """The subwords of a whole sentence, of its orthography or of its phonemes.

    Attributes:
        pieces: The subwords, token by token.
    """

    __slots__ = ("__dict__", "_counts", "_unit_spans", "pieces")

    def __init__(
        self, pieces: Sequence[Pieces], unit_spans: Callable[[], Iterable[tuple[Span, ...]]]
    ) -> None:
        self.pieces = tuple(pieces)
        self._counts = [len(piece[0]) for piece in self.pieces]
        self._unit_spans = unit_spans

    @cached_property
    def ids(self) -> list[int]:
        """Numbers of all subwords, in order, no special tokens."""
        return list(chain.from_iterable([piece.ids for piece in self.pieces]))

    @cached_property
    def texts(self) -> list[str]:
        """How the tokenizer writes them."""
        return list(chain.from_iterable([piece.texts for piece in self.pieces]))

    @cached_property
    def offsets(self) -> list[Span]:
        """For each subword its characters in its own token (see `Pieces.offsets`)."""
        return list(chain.from_iterable([piece.offsets for piece in self.pieces]))

    @cached_property
    def word_ids(self) -> list[int]:
        """For each subword the token it belongs to."""
        return list(chain.from_iterable(map(repeat, count(), self._counts)))

    @cached_property
    def spans(self) -> list[Span]:
        """For each token its subwords; the spans tile the sentence's subwords."""
        ends = list(accumulate(self._counts))
        return list(zip([0, *ends], ends, strict=False))

    @cached_property
    def unit_spans(self) -> list[list[Span]]:
        """For each token, for each of its units, the subwords that it overlaps."""
        return [
            [(start + first, start + last) for first, last in units]
            for (start, _), units in zip(self.spans, self._unit_spans(), strict=True)
        ]

    @property
    def empty(self) -> list[int]:
        """Tokens of which the tokenizer left nothing, so that they are unknown tokens."""
        return [number for number, piece in enumerate(self.pieces) if piece.empty]

    def __len__(self) -> int:
        return sum(self._counts)


class Alignment(Sequence[AlignedToken]):
    """One sentence, or a stretch of a long one, with its subwords.

    Attributes:
        tokens: The aligned tokens, in order.
        signature: What transcribed them.
        first: Number of the first token in the sentence (see `windows`).
        limit: Most subwords, special tokens not counted, that the model
            takes; None where it takes any number.
    """

    __slots__ = ("__dict__", "first", "limit", "signature", "tokens")

    def __init__(
        self,
        tokens: Sequence[AlignedToken],
        signature: str = "",
        first: int = 0,
        limit: int | None = None,
    ) -> None:
        self.tokens = tuple(tokens)
        self.signature = signature
        self.first = first
        self.limit = limit

    @cached_property
    def orthography(self) -> Side:
        """Subwords of the tokens."""
        tokens = self.tokens
        return Side([t.orthography for t in tokens], lambda: [t.unit_orthography for t in tokens])

    @cached_property
    def phonemes(self) -> Side:
        """Subwords of their sound."""
        tokens = self.tokens
        return Side([t.phonemes for t in tokens], lambda: [t.unit_phonemes for t in tokens])

    @cached_property
    def overlong(self) -> list[int]:
        """Tokens that are longer, alone, than the model takes."""
        limit = self.limit
        if limit is None:
            return []
        return [number for number, token in enumerate(self.tokens) if _longest(token) > limit]

    def windows(self) -> list[Alignment]:
        """Split at token boundaries into stretches that the model takes.

        Every token is in exactly one window, in order. A window holds as many
        tokens as fit on both sides; a token that does not fit alone
        (`overlong`) is a window of its own and is not cut.

        Returns:
            One alignment a window, itself where everything fits; the windows'
            `first` says where they start.
        """
        limit = self.limit
        if limit is None or max(len(self.orthography), len(self.phonemes)) <= limit:
            return [self]
        found: list[Alignment] = []
        begin = used_text = used_sound = 0
        for number, token in enumerate(self.tokens):
            text, sound = len(token.orthography.ids), len(token.phonemes.ids)
            if number > begin and (used_text + text > limit or used_sound + sound > limit):
                found.append(self._window(begin, number))
                begin, used_text, used_sound = number, 0, 0
            used_text += text
            used_sound += sound
        found.append(self._window(begin, len(self.tokens)))
        return found

    def _window(self, begin: int, end: int) -> Alignment:
        return Alignment(self.tokens[begin:end], self.signature, self.first + begin, self.limit)

    @overload
    def __getitem__(self, index: int) -> AlignedToken: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[AlignedToken, ...]: ...
    def __getitem__(self, index: int | slice) -> AlignedToken | tuple[AlignedToken, ...]:
        return self.tokens[index]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[AlignedToken]:
        return iter(self.tokens)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Alignment):
            return NotImplemented
        return (self.tokens, self.first, self.limit) == (other.tokens, other.first, other.limit)

    def __hash__(self) -> int:
        return hash((self.tokens, self.first, self.limit))

    def __repr__(self) -> str:
        return (
            f"<Alignment of {len(self)} tokens: {len(self.orthography)} subwords, "
            f"{len(self.phonemes)} of phonemes>"
        )


def _longest(token: AlignedToken) -> int:
    return max(len(token.orthography.ids), len(token.phonemes.ids))
