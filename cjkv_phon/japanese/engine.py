"""Scheme ``standard`` for Japanese: sentences in, transcribed tokens out."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any
from unicodedata import is_normalized

import regex

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.reading import Reader
from cjkv_phon.japanese.romanization import ROMANIZATIONS
from cjkv_phon.japanese.speech import Speaker
from cjkv_phon.japanese.stretches import Span, Stretch
from cjkv_phon.japanese.words import Word
from cjkv_phon.memo import Memo
from cjkv_phon.normalize import Normalized, normalize
from cjkv_phon.types import TokenTranscription, Unit, passthrough_token

VARIETIES = ("tokyo", "tokyo-nasal", "tokyo-devoiced", "spelling")
SENTENCES = 10_000
_TOKEN = attrgetter("token")

# What must be normalised before it can be read: combining marks, half-width kana, kana
# ligatures, squared and enclosed words, compatibility ideographs and radicals, kanbun,
# vertical punctuation. (Full-width letters and digits are not: they pass through.)
_ODD = regex.compile(
    r"[\p{M}\uFF61-\uFF9F\p{Block=CJK_Compatibility}\p{Block=CJK_Compatibility_Ideographs}"
    r"\p{Block=Kangxi_Radicals}\p{Block=CJK_Radicals_Supplement}"
    r"\p{Block=CJK_Compatibility_Ideographs_Supplement}\p{Block=Enclosed_CJK_Letters_And_Months}"
    r"\p{Block=Enclosed_Ideographic_Supplement}\p{Block=Kanbun}\p{Block=Vertical_Forms}"
    r"\p{Block=CJK_Compatibility_Forms}\p{Block=Small_Form_Variants}ゟヿ〸〹〺]"
)


def create(options: Options) -> Engine:
    """Build the engine.

    Varieties: ``tokyo``; ``tokyo-nasal`` with ŋ for ɡ inside words; ``tokyo-devoiced``
    with i and u devoiced between voiceless consonants in narrow transcriptions;
    ``spelling`` with えい as two vowels.

    Raises:
        UnsupportedOptionError: On an option that Japanese does not have.
    """
    resolved = options.resolve(
        varieties=VARIETIES, romanizations=ROMANIZATIONS, foreign=("keep", "read")
    )
    return JapaneseEngine(resolved)


class JapaneseEngine(Engine):
    """Reads sentences with SudachiPy and speaks them with our own phonology."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self.versions = sudachi.versions()
        self._reader = Reader(read_foreign=options.foreign == "read")
        self._speaker = Speaker(options)
        self._sentences: Memo[Sentence, tuple[TokenTranscription, ...]] = Memo(
            self._sentence, SENTENCES
        )

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe each sentence in its own context (see `Engine.transcribe`)."""
        remembered = self._sentences
        return [remembered[sentence] for sentence in sentences]

    def segment(self, text: str) -> Sentence:
        """Cut raw text into the words of SudachiDict, white space left out."""
        tokens: list[str] = []
        spaces: list[bool] = []
        for _, morpheme in sudachi.morphemes(text):
            surface = morpheme.surface()
            if not surface.isspace():
                # A white space inside a morpheme (never seen) would stay in its token.
                tokens.append(surface)
                spaces.append(False)
            elif tokens:
                spaces[-1] = True
        return Sentence(tuple(tokens), tuple(spaces))

    def _sentence(self, sentence: Sentence) -> tuple[TokenTranscription, ...]:
        tokens, spaces = sentence
        text = "".join(tokens)
        normalized: list[Normalized] | None = None
        texts: Sequence[str] = tokens
        if not is_normalized("NFKC", text) and _ODD.search(text) is not None:
            normalized = [normalize(token, "NFKC") for token in tokens]
            texts = [n.text for n in normalized]
        if spaces is None or not any(spaces):
            found = self._cells(texts)
        else:
            cells: list[str] = []
            places: list[int] = []
            for text, space in zip(texts, spaces, strict=True):
                places.append(len(cells))
                cells.append(text)
                if space:
                    cells.append(" ")
            spoken = self._cells(cells)
            found = [spoken[place] for place in places]
        if normalized is not None:
            found = [
                restored(token, n, done)
                for token, n, done in zip(tokens, normalized, found, strict=True)
            ]
        return tuple(found)

    def _cells(self, cells: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe normalised tokens that make up a text."""
        stretches = self._reader.stretches(cells)
        done: list[Any] = list(map(_TOKEN, stretches))
        if None in done:
            for index in [index for index, token in enumerate(done) if token is None]:
                done[index] = self._say(stretches, index)
        return done

    def _say(self, stretches: Sequence[Word | Stretch], index: int) -> TokenTranscription:
        """Print a token, and remember it there if nothing after it matters."""
        stretch = stretches[index]
        if stretch.tokens is None:
            spans = _spans(stretch)
            if not self._speaker.is_open(spans):
                stretch.token = self._speaker.token(spans, None)
                return stretch.token
            stretch.tokens = {}
        following = self._following(stretches, index)
        done = stretch.tokens.get(following)
        if done is None:
            done = self._speaker.token(_spans(stretch), following)
            stretch.tokens[following] = done
        return done

    def _following(self, stretches: Sequence[Word | Stretch], index: int) -> str | None:
        """Return the kana that a token's final ん or っ is followed by, None at a pause."""
        for at in range(index + 1, len(stretches)):
            stretch = stretches[at]
            if stretch.head is not None:
                return stretch.head or None
            if spans := _spans(stretch):
                head = self._speaker.head(spans[0])
                stretch.head = head or ""
                return head
        return None


def _spans(stretch: Word | Stretch) -> tuple[Span, ...]:
    if isinstance(stretch, Word):
        return (Span(stretch, 0, len(stretch.text)),)
    return stretch.spans


def restored(token: str, normalized: Normalized, done: TokenTranscription) -> TokenTranscription:
    """Give a transcription of a normalised token its original text and offsets back."""
    if normalized.text == token:
        return done
    units: list[Unit] = []
    begun: Unit | None = None
    for unit in done.units:
        start, end = normalized.span(unit.start, unit.end)
        copied = unit.status == "passthrough"
        if start == end:
            # Of one character that was taken apart (㍻ to 平成) one unit has the offsets;
            # the sounds of the others join it.
            if not copied and units:
                units[-1] = _joined(units[-1], unit)
            elif not copied:
                begun = unit if begun is None else _joined(begun, unit)
            continue
        if copied:
            piece = token[start:end]
            unit = unit._replace(romanization=piece, ipa=piece)
        elif begun is not None:
            unit = _joined(begun, unit)
        begun = None
        units.append(unit._replace(start=start, end=end))
    if not units:
        return passthrough_token(token)
    units[-1] = units[-1]._replace(end=len(token))
    return done._replace(
        text=token,
        units=tuple(units),
        ipa="".join(unit.ipa for unit in units),
        romanization="".join(unit.romanization for unit in units),
    )


def _joined(one: Unit, other: Unit) -> Unit:
    """Return the first unit with the sounds of both."""
    return one._replace(
        romanization=one.romanization + other.romanization,
        ipa=one.ipa + other.ipa,
        segments=one.segments + other.segments,
        reading=one.reading + other.reading,
    )
