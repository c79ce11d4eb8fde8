"""`Transcriber`: the one way in, for every language and scheme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.errors import InvalidTextError
from cjkv_phon.schemes import DEFAULT_SCHEME, canonical_language, create
from cjkv_phon.types import Transcription
from cjkv_phon.version import __version__

Tokens = Sequence[str]
_SENTENCE = tuple.__new__


class Transcriber:
    """Turn the tokens of a sentence into romanization and IPA.

    The engine is built at once, so a wrong option or a missing package shows
    here and not in the middle of a corpus. A Transcriber is safe to share
    between threads and pickles as its options.

    Args:
        lang: ``zh ja ko vi`` (or ``cmn jpn kor vie``); ``en`` for the Latin
            path of the schemes ``phonexl`` and ``paper``.
        scheme: ``standard``, ``phonexl`` or ``paper``, or a third party's.
        detail: ``broad`` (phonemic) or ``narrow`` (phonetic, the conventions
            of English Wiktionary).
        variety: Regional variety, such as ``saigon``; None for the default.
        tones: ``letters`` (˧˥), ``numbers`` or ``none``.
        romanization: Name of the romanization; None for the language's default.
        foreign: ``keep`` passes digits and Latin letters through; ``read``
            reads them where the scheme can.

    Raises:
        UnsupportedLanguageError: If no scheme knows the language.
        UnsupportedOptionError: If the scheme does not offer an option.
        MissingDependencyError: If the scheme needs a package that is not
            installed; the message is the pip command.
    """

    def __init__(
        self,
        lang: str,
        scheme: str = DEFAULT_SCHEME,
        detail: str = "broad",
        variety: str | None = None,
        tones: str = "letters",
        romanization: str | None = None,
        foreign: str = "keep",
    ) -> None:
        self._requested = Options(
            canonical_language(lang), scheme, detail, variety, tones, romanization, foreign
        )
        self._engine: Engine = create(self._requested)
        self._signature = _signature(self._engine)

    @property
    def options(self) -> Options:
        """The options with every default filled in."""
        return self._engine.options

    @property
    def lang(self) -> str:
        """Canonical language code."""
        return self.options.lang

    @property
    def signature(self) -> str:
        """What made a transcription, for outputs and model cards.

        ``lang|scheme|detail|variety|tones|romanization|foreign|engines|version``.
        """
        return self._signature

    def __call__(self, tokens: Tokens, spaces: Sequence[bool] | None = None) -> Transcription:
        """Transcribe one sentence.

        Args:
            tokens: The tokens of one sentence: any text, never dropped or merged.
            spaces: For each token, whether white space follows it; None where
                that is not known.

        Returns:
            One transcription a token, in order.

        Raises:
            TypeError: If ``tokens`` is a string and not a sequence of strings.
            ValueError: If ``spaces`` has not the length of ``tokens``.
            InvalidTextError: If a token holds a lone surrogate.
        """
        sentence = _sentence(tokens, spaces)
        return Transcription(
            self._engine.transcribe((sentence,))[0], sentence.spaces, self._signature
        )

    def transcribe_text(self, text: str) -> Transcription:
        """Segment raw text, then transcribe it as one sentence; white space is left out."""
        if not isinstance(text, str):
            raise TypeError(f"text must be a string, not {type(text).__name__}")
        _check_text(text)
        sentence = self._engine.segment(text)
        return Transcription(
            self._engine.transcribe((sentence,))[0], sentence.spaces, self._signature
        )

    def segment(self, text: str) -> Sentence:
        """Cut raw text into tokens and say which of them white space follows."""
        _check_text(text)
        return self._engine.segment(text)

    def pipe(
        self,
        sentences: Iterable[Tokens | Sentence],
        batch_size: int = 1000,
        n_process: int = 1,
    ) -> Iterator[Transcription]:
        """Transcribe a stream of sentences, in order, lazily, in bounded memory.

        Args:
            sentences: Sequences of tokens, or `Sentence` with ``spaces``.
            batch_size: Sentences handed to the engine at a time.
            n_process: Worker processes; 1 works in this one.

        Yields:
            One `Transcription` a sentence, in the order of the input.

        Raises:
            ValueError: If ``batch_size`` or ``n_process`` is below 1.
        """
        if batch_size < 1 or n_process < 1:
            raise ValueError("batch_size and n_process must be at least 1")
        prepared = map(_prepared, sentences)
        if n_process > 1:
            from cjkv_phon.parallel import pipe_in_processes

            yield from pipe_in_processes(self, prepared, batch_size, n_process)
            return
        while batch := tuple(islice(prepared, batch_size)):
            yield from self.transcribe_batch(batch)

    def transcribe_batch(self, batch: Sequence[Sentence]) -> list[Transcription]:
        """Transcribe prepared sentences at once; the engine may share work among them."""
        signature = self._signature
        return [
            Transcription(tokens, sentence.spaces, signature)
            for sentence, tokens in zip(batch, self._engine.transcribe(batch), strict=True)
        ]

    def __reduce__(self) -> tuple[Any, ...]:
        o = self._requested
        return type(self), (
            o.lang, o.scheme, o.detail, o.variety, o.tones, o.romanization, o.foreign
        )  # fmt: skip

    def __repr__(self) -> str:
        return f"Transcriber({self._signature!r})"


def transcribe(text: str, lang: str, **options: Any) -> Transcription:
    """Transcribe raw text: segmented first, then as `Transcriber` does.

    Args:
        text: Any text, taken as one sentence.
        lang: Language code.
        **options: The other arguments of `Transcriber`.

    Returns:
        A transcription over the tokens in order, white space left out.

    Example:
        >>> transcribe("독립 만세", lang="ko").romanization
        ['dongnip', 'manse']
    """
    return _cached_transcriber(lang, tuple(sorted(options.items()))).transcribe_text(text)


@lru_cache(maxsize=32)
def _cached_transcriber(lang: str, options: tuple[tuple[str, Any], ...]) -> Transcriber:
    return Transcriber(lang, **dict(options))


def _signature(engine: Engine) -> str:
    o = engine.options
    parts = [o.lang, o.scheme, o.detail, o.variety, o.tones, o.romanization, o.foreign]
    engines = "+".join(engine.versions) or "none"
    return "|".join([*(str(part) for part in parts), engines, f"v{__version__}"])


def _prepared(item: Tokens | Sentence) -> Sentence:
    if isinstance(item, Sentence):
        return _sentence(item.tokens, item.spaces)
    return _sentence(item, None)


def _sentence(tokens: Tokens, spaces: Sequence[bool] | None) -> Sentence:
    if isinstance(tokens, str):
        raise TypeError("tokens must be a sequence of strings; for raw text use transcribe(text)")
    tokens = tuple(tokens)
    try:
        _check_text("".join(tokens))
    except TypeError as error:
        raise TypeError(f"every token must be a string: {error}") from None
    if spaces is None:
        return _SENTENCE(Sentence, (tokens, None))
    if len(spaces) != len(tokens):
        raise ValueError(f"spaces has {len(spaces)} entries for {len(tokens)} tokens")
    return Sentence(tokens, tuple(map(bool, spaces)))


def _check_text(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-16")  # nearly a copy, so the cheapest codec that refuses a surrogate
    except UnicodeEncodeError as error:
        raise InvalidTextError(
            f"lone surrogate {text[error.start]!r} at character {error.start}: this is no Unicode "
            "text; decode the input with errors='replace' or repair it first"
        ) from None
