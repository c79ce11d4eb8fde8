"""What the Transcriber asks of a scheme: options in, an `Engine` out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import regex

from cjkv_phon.errors import unsupported
from cjkv_phon.types import TokenTranscription

DETAILS = ("broad", "narrow")
TONES = ("letters", "numbers", "none")
FOREIGN = ("keep", "read")


class Sentence(NamedTuple):
    """What goes in: tokens and, where known, which of them white space follows."""

    tokens: tuple[str, ...]
    spaces: tuple[bool, ...] | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to transcribe: the arguments of `Transcriber`, before or after `resolve`.

    Attributes:
        lang: Canonical language code.
        scheme: Name of the scheme.
        detail: ``broad`` (phonemic) or ``narrow`` (phonetic).
        variety: Regional variety, None for the default.
        tones: ``letters`` (Chao), ``numbers`` or ``none``.
        romanization: Name of the romanization, None for the default.
        foreign: ``keep`` passes digits and Latin letters through, ``read``
            reads them in the language where the scheme can.
    """

    lang: str
    scheme: str
    detail: str = "broad"
    variety: str | None = None
    tones: str = "letters"
    romanization: str | None = None
    foreign: str = "keep"

    def resolve(
        self,
        *,
        varieties: Sequence[str],
        romanizations: Sequence[str],
        details: Sequence[str] = DETAILS,
        tones: Sequence[str] = TONES,
        foreign: Sequence[str] = ("keep",),
    ) -> Options:
        """Check every option against what a scheme offers and fill in the defaults.

        Args:
            varieties: Known varieties, the default first.
            romanizations: Known romanizations, the default first.
            details: Known details.
            tones: Known tone notations.
            foreign: Known treatments of foreign script.

        Returns:
            The options with no None left.

        Raises:
            UnsupportedOptionError: On a value that is not offered; the message
                lists what is.
        """
        variety = self.variety if self.variety is not None else varieties[0]
        romanization = self.romanization if self.romanization is not None else romanizations[0]
        for name, value, choices in (
            ("detail", self.detail, details),
            ("variety", variety, varieties),
            ("tones", self.tones, tones),
            ("romanization", romanization, romanizations),
            ("foreign", self.foreign, foreign),
        ):
            if value not in choices:
                raise unsupported(name, value, choices)
        return replace(self, variety=variety, romanization=romanization)


class Engine(ABC):
    """One language in one scheme, ready to transcribe.

    A factory ``create(options: Options) -> Engine`` builds it; `schemes` says
    which factory belongs to which (scheme, language). Engines are built once
    per process, may keep caches (`memo.Memo`), must be safe to call from
    several threads, and need not pickle.

    Attributes:
        options: The resolved options.
        versions: Names and versions of what it is made of, for the signature,
            such as ``("pypinyin-0.47.1",)``. Empty when nothing but this
            package is involved.
    """

    versions: tuple[str, ...] = ()

    def __init__(self, options: Options) -> None:
        self.options = options

    @abstractmethod
    def transcribe(self, sentences: Sequence[Sentence]) -> Sequence[tuple[TokenTranscription, ...]]:
        """Transcribe a batch.

        Args:
            sentences: Sentences; tokens may be any text, the empty string included.

        Returns:
            For each sentence, exactly one transcription a token, in order.
        """

    def segment(self, text: str) -> Sentence:
        """Cut raw text into tokens: at white space, and around punctuation.

        Languages written without spaces override this.

        Args:
            text: Any text.

        Returns:
            Tokens in order, white space left out, and where it stood.
        """
        return cut_words(text)


def cut_words(text: str) -> Sentence:
    """Cut raw text into tokens: at white space, and around punctuation.

    Args:
        text: Any text.

    Returns:
        Tokens in order, white space left out, and where it stood.

    Example:
        >>> cut_words("독립 만세!")
        Sentence(tokens=('독립', '만세', '!'), spaces=(True, False, False))
    """
    tokens: list[str] = []
    spaces: list[bool] = []
    for match in _WORD.finditer(text):
        tokens.append(match.group())
        spaces.append(match.end() < len(text) and text[match.end()].isspace())
    return Sentence(tuple(tokens), tuple(spaces))


# A word (letters, marks, digits, with inner hyphens, apostrophes and decimal
# points), or one character that is neither word nor white space, with its marks.
_WORD = regex.compile(
    r"[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:[-'’.,·][\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*)*|\S\p{M}*"
)
