"""Scheme ``standard`` for Japanese: sentences in, transcribed tokens out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter
from typing import Any

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.normal_form import in_normal_form, restored
from cjkv_phon.japanese.phrases import with_phrases
from cjkv_phon.japanese.places import windows
from cjkv_phon.japanese.reading import Reader
from cjkv_phon.japanese.romanization import ROMANIZATIONS
from cjkv_phon.japanese.settled import OpenWord, Settled, head_of
from cjkv_phon.japanese.speech import Speaker
from cjkv_phon.japanese.stretches import Span, Stretch, begins_inside, ends_inside
from cjkv_phon.japanese.words import Word
from cjkv_phon.memo import Memo
from cjkv_phon.types import TokenTranscription

VARIETIES = ("tokyo", "tokyo-nasal", "tokyo-devoiced", "spelling")
SENTENCES = 5_000
# Sentences that go through each step together.
BLOCK = 300
# Characters after which excerpts go into another text.
TEXT = 400
_BETWEEN = "\n"
_TEXT = attrgetter("text")


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
        self._settled = Settled(self._speaker, foreign=options.foreign == "read")
        # The table knows えい as a long vowel.
        self.short_cut = options.variety != "spelling"
        self._sentences: Memo[Sentence, tuple[TokenTranscription, ...]] = Memo(
            lambda sentence: self._block((sentence,))[0], SENTENCES
        )

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe each sentence in its own context (see `Engine.transcribe`)."""
        done: list[Any] = list(map(self._sentences.get, sentences))
        if None in done:
            places = [place for place, found in enumerate(done) if found is None]
            for start in range(0, len(places), BLOCK):
                block = places[start : start + BLOCK]
                new = [sentences[place] for place in block]
                for place, sentence, tokens in zip(block, new, self._block(new), strict=True):
                    # What is held is the text of known words, not this sentence's own copies.
                    key = Sentence(tuple(map(_TEXT, tokens)), sentence.spaces)
                    done[place] = self._sentences.remember(key, tokens)
        return done

    def segment(self, text: str) -> Sentence:
        """Cut raw text into the words of SudachiDict, white space left out."""
        tokens: list[str] = []
        spaces: list[bool] = []
        # Of a character that is normalised to several (…) all but the first word are empty.
        words = [surface for _, m in sudachi.morphemes(text) if (surface := m.surface())]
        for surface in with_phrases(words):
            if not surface.isspace():
                # A white space inside a morpheme (never seen) would stay in its token.
                tokens.append(surface)
                spaces.append(False)
            elif tokens:
                spaces[-1] = True
        return Sentence(tuple(tokens), tuple(spaces))

    def _block(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe sentences that are not remembered, step by step for all of them."""
        texts = [in_normal_form(tokens) for tokens, _ in sentences]
        cells = [
            tokens if spaces is None or True not in spaces else _spaced(tokens, spaces)
            for tokens, (_, spaces) in zip(texts, sentences, strict=True)
        ]
        done: list[tuple[TokenTranscription, ...]] = []
        for sentence, text, stretches in zip(sentences, texts, self._stretches(cells), strict=True):
            found: list[TokenTranscription] = [
                stretch if isinstance(stretch, TokenTranscription) else self._say(stretches, index)
                for index, stretch in enumerate(stretches)
            ]
            tokens, spaces = sentence
            if len(found) != len(tokens) and spaces is not None:
                found = [found[place] for place in _places(spaces)]
            if text is not tokens:
                found = list(map(restored, tokens, text, found))
            done.append(tuple(found))
        return done

    def _stretches(self, sentences: Sequence[Sequence[str]]) -> list[list[Any]]:
        """Say for each token what it is made of: a settled word, or what the analyser finds.

        Where a token is not settled, it is analysed with its neighbours; these excerpts of
        many sentences are one text to the analyser. What stands between them is in no word
        of the dictionary, so that an excerpt is read alike whatever the others are.
        """
        if not self.short_cut:
            return self._reader.stretches(sentences)
        found: list[list[Any]] = []
        texts: list[list[str]] = []
        gaps: list[tuple[list[Any], int, int, int]] = []
        size = TEXT
        for cells in sentences:
            words: list[Any] = self._settled.words(cells)
            found.append(words)
            if all(word is not None for word in words):
                continue
            if len(cells) == 1:  # a word by itself is a text by itself
                texts.append(list(cells))
                gaps.append((words, 0, len(texts) - 1, 0))
                size = TEXT
                continue
            for start, end, places in windows(words):
                if not start:  # what begins a sentence begins a text
                    texts.append([])
                    size = 0
                elif size >= TEXT:
                    texts.append([_BETWEEN])
                    size = 0
                shift = len(texts[-1]) - start
                texts[-1] += cells[start:end]
                texts[-1].append(_BETWEEN)
                size += sum(map(len, cells[start:end]))
                gaps += [(words, place, len(texts) - 1, place + shift) for place in places]
        if gaps:
            read = self._reader.stretches(texts)
            for words, place, text, at in gaps:
                stretches = read[text]
                words[place] = stretches[at]
                # A word that reaches into settled neighbours is read as one: 長|谷川.
                for step, reaches in ((-1, begins_inside), (1, ends_inside)):
                    far = 0
                    while reaches(stretches[at + far]):
                        far += step
                        if not 0 <= place + far < len(words):
                            break
                        words[place + far] = stretches[at + far]
        return found

    def _say(self, stretches: Sequence[Any], index: int) -> TokenTranscription:
        """Print a token, and remember it there if nothing after it matters."""
        stretch = stretches[index]
        if isinstance(stretch, OpenWord):
            return stretch.before(self._following(stretches, index))
        token: TokenTranscription | None = stretch.token
        if token is not None:
            return token
        if stretch.tokens is None:
            spans = spans_of(stretch)
            if not self._speaker.is_open(spans):
                token = stretch.token = self._speaker.token(spans, None)
                return token
            stretch.tokens = {}
        following = self._following(stretches, index)
        token = stretch.tokens.get(following)
        if token is None:
            token = stretch.tokens[following] = self._speaker.token(spans_of(stretch), following)
        return token

    def _following(self, stretches: Sequence[Any], index: int) -> str | None:
        """Return the kana that a token's final ん or っ is followed by, None at a pause."""
        for at in range(index + 1, len(stretches)):
            stretch = stretches[at]
            if isinstance(stretch, (TokenTranscription, OpenWord)):
                if isinstance(stretch, OpenWord) or stretch.text:
                    return head_of(stretch)
                continue
            if stretch.head is not None:
                return stretch.head or None
            if spans := spans_of(stretch):
                head = self._speaker.head(spans[0])
                stretch.head = head or ""
                return head
        return None


def spans_of(stretch: Word | Stretch) -> tuple[Span, ...]:
    """Return the words, or parts of words, that a token is made of."""
    if isinstance(stretch, Word):
        return (Span(stretch, 0, len(stretch.text)),)
    return stretch.spans


def _spaced(tokens: Sequence[str], spaces: Sequence[bool]) -> list[str]:
    """Return tokens with the white space after them, each a token of its own."""
    cells: list[str] = []
    for token, space in zip(tokens, spaces, strict=True):
        cells.append(token)
        if space:
            cells.append(" ")
    return cells


def _places(spaces: Sequence[bool]) -> list[int]:
    """Return where the tokens are among what `_spaced` makes of them."""
    return [index + before for index, before in enumerate(accumulate(spaces[:-1], initial=0))]
