"""What a transcription is made of: units in tokens in a sentence.

`Unit` and `TokenTranscription` are named tuples, so they are immutable, small,
picklable and cheap to make by the million; `Transcription` is a sequence of
`TokenTranscription`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, NamedTuple, overload

Status = Literal["ok", "passthrough", "unknown"]
"""``ok``: read; ``passthrough``: not of this language (punctuation, digits,
Latin) and copied; ``unknown``: should have been read but could not be."""


class Unit(NamedTuple):
    """The smallest piece of a token that has a pronunciation of its own.

    A syllable in Chinese, Korean and Vietnamese, a mora or an indivisible
    group of kanji in Japanese, a run of foreign characters anywhere.

    Attributes:
        start: Offset of the first character, in code points of the original token.
        end: Offset after the last character.
        romanization: Latin spelling.
        ipa: Transcription, tone included.
        segments: The transcription cut into IPA segments (a base with its
            diacritics; tone letters of one syllable are one segment). Empty
            where nothing was read.
        reading: The sound in the script that the language itself uses to
            show it: the surface syllable in Hangul, kana (furigana), numbered
            pinyin, normalised quốc ngữ. Empty where nothing was read.
        status: How this piece was handled.
    """

    start: int
    end: int
    romanization: str
    ipa: str
    segments: tuple[str, ...] = ()
    reading: str = ""
    status: Status = "ok"


class TokenTranscription(NamedTuple):
    """One token with its pronunciation.

    Attributes:
        text: The token as it came in, every code point of it.
        units: Its pieces from left to right; they tile the token: the first
            starts at 0, each starts where the one before it ends, the last
            ends at ``len(text)``.
        ipa: Transcription of the whole token.
        romanization: Latin spelling of the whole token, with the separators
            that its orthography asks for (``Xī'ān``).
        status: ``unknown`` if any unit is unknown, else ``ok`` if any unit
            was read, else ``passthrough``.
    """

    text: str
    units: tuple[Unit, ...]
    ipa: str
    romanization: str
    status: Status = "ok"

    @property
    def segments(self) -> tuple[str, ...]:
        """IPA segments of the whole token."""
        return tuple(segment for unit in self.units for segment in unit.segments)

    @property
    def reading(self) -> str:
        """The units' readings, one after the other."""
        return "".join(unit.reading for unit in self.units)


class DeferredTranscription(TokenTranscription):
    """A `TokenTranscription` whose units are built when they are first asked for.

    Most of the time of reading a new word goes into its units, which nobody looks at
    who wants strings. In their place stands the function that makes them of the text.
    For everybody else this is the plain tuple: it compares, hashes, prints, unpacks,
    copies and pickles as that.
    """

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Its pieces, see `TokenTranscription.units`."""
        build: Any = tuple.__getitem__(self, 1)
        made: tuple[Unit, ...] = build(self.text)
        return made

    def plain(self) -> TokenTranscription:
        """Return the same with its units in their place."""
        return TokenTranscription(self.text, self.units, self.ipa, self.romanization, self.status)

    def __reduce__(self) -> tuple[Any, ...]:
        return TokenTranscription, tuple(self.plain())

    def __radd__(self, other: tuple[Any, ...]) -> tuple[Any, ...]:
        return other + self.plain()


def _as_plain(name: str) -> Callable[..., Any]:
    compares = name in ("__eq__", "__ne__")

    def method(self: DeferredTranscription, *arguments: Any, **named: Any) -> Any:
        if compares and not isinstance(arguments[0], tuple):
            return NotImplemented  # nothing is built to know that a token is not None
        # In C a tuple compares the places themselves, of both sides.
        plain = [
            one.plain() if isinstance(one, DeferredTranscription) else one for one in arguments
        ]
        return getattr(self.plain(), name)(*plain, **named)

    method.__name__ = name
    return method


# Whatever reads the tuple's places reads those of the plain tuple.
for _name in (
    *("__getitem__", "__iter__", "__contains__", "count", "index", "__add__", "__mul__"),
    *("__rmul__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__"),
    *("__repr__", "__getnewargs__", "_asdict", "_replace"),
):
    setattr(DeferredTranscription, _name, _as_plain(_name))

# Read in C.
_TEXT, _IPA, _ROMANIZATION, _STATUS = map(attrgetter, ("text", "ipa", "romanization", "status"))


@dataclass(frozen=True, slots=True, init=False)
class Transcription(Sequence[TokenTranscription]):
    """One sentence with its pronunciation: exactly as many tokens as came in.

    Attributes:
        tokens: The transcribed tokens, in order.
        spaces: For each token, whether white space follows it; None where
            that is not known.
        signature: What made it, see `Transcriber.signature`.
    """

    tokens: tuple[TokenTranscription, ...]
    spaces: tuple[bool, ...] | None = None
    signature: str = ""

    def __init__(
        self,
        tokens: tuple[TokenTranscription, ...],
        spaces: tuple[bool, ...] | None = None,
        signature: str = "",
    ) -> None:
        # One is made for every sentence of a corpus: twice as fast as what dataclass writes.
        _set_tokens(self, tokens)
        _set_spaces(self, spaces)
        _set_signature(self, signature)

    @property
    def lang(self) -> str:
        """Language code, the first field of the signature."""
        return self.signature.partition("|")[0]

    @property
    def text(self) -> list[str]:
        """The original tokens."""
        return list(map(_TEXT, self.tokens))

    @property
    def ipa(self) -> list[str]:
        """IPA, one string a token."""
        return list(map(_IPA, self.tokens))

    @property
    def romanization(self) -> list[str]:
        """Romanization, one string a token."""
        return list(map(_ROMANIZATION, self.tokens))

    @property
    def status(self) -> list[Status]:
        """Status, one a token."""
        return list(map(_STATUS, self.tokens))

    @overload
    def __getitem__(self, index: int) -> TokenTranscription: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TokenTranscription, ...]: ...
    def __getitem__(
        self, index: int | slice
    ) -> TokenTranscription | tuple[TokenTranscription, ...]:
        return self.tokens[index]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[TokenTranscription]:
        return iter(self.tokens)

    def _repr_html_(self) -> str:
        """What a notebook shows: readings over the characters, IPA under them."""
        from cjkv_phon.render import transcription_fragment

        return transcription_fragment(self)


_set_tokens, _set_spaces, _set_signature = (
    vars(Transcription)[name].__set__ for name in ("tokens", "spaces", "signature")
)


def passthrough_unit(text: str, start: int, end: int, status: Status = "passthrough") -> Unit:
    """Copy ``text[start:end]`` into a unit that was not read."""
    piece = text[start:end]
    return Unit(start, end, piece, piece, (), "", status)


def passthrough_token(text: str, status: Status = "passthrough") -> TokenTranscription:
    """Copy a whole token that was not read; the empty token has no units."""
    units = (passthrough_unit(text, 0, len(text), status),) if text else ()
    return TokenTranscription(text, units, text, text, status)


def combined_status(units: Sequence[Unit]) -> Status:
    """Return a token's status from its units' (see `TokenTranscription.status`)."""
    statuses = {unit.status for unit in units}
    if "unknown" in statuses:
        return "unknown"
    return "ok" if "ok" in statuses else "passthrough"
