"""A spaCy component: ``nlp.add_pipe("cjkv_phon")`` gives every token its sound.

Needs the extra ``spacy``. The component has an entry point, so it need not be
imported; it sets

* ``token._.ipa`` and ``token._.romanization``,
* ``token._.phon_units``: the `Unit` tuples, whose offsets count characters of the token,
* ``token._.phon_status``: ``ok``, ``passthrough`` or ``unknown``,
* ``doc._.phon_signature``: what made them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from cjkv_phon.engine import Sentence
from cjkv_phon.errors import require
from cjkv_phon.schemes import DEFAULT_SCHEME
from cjkv_phon.transcriber import Transcriber
from cjkv_phon.types import Transcription, Unit

require("spacy", extra="spacy")

from spacy.language import Language  # noqa: E402 - after the message that names the extra
from spacy.tokens import Doc, Token  # noqa: E402

NAME = "cjkv_phon"

# What is stored; units as plain lists, which survive Doc.to_bytes.
_STORED = "cjkv_phon_units"


@Language.factory(
    NAME,
    default_config={
        "lang": None,
        "scheme": DEFAULT_SCHEME,
        "detail": "broad",
        "variety": None,
        "tones": "letters",
        "romanization": None,
        "foreign": "keep",
    },
    assigns=[
        "doc._.phon_signature",
        "token._.ipa",
        "token._.phon_status",
        "token._.phon_units",
        "token._.romanization",
    ],
)
def create_component(
    nlp: Language,
    name: str,
    lang: str | None,
    scheme: str,
    detail: str,
    variety: str | None,
    tones: str,
    romanization: str | None,
    foreign: str,
) -> SoundComponent:
    """Build the component; without ``lang`` it takes the language of the pipeline.

    Example:
        >>> import spacy
        >>> nlp = spacy.blank("xx")
        >>> component = nlp.add_pipe("cjkv_phon", config={"lang": "ko"})
        >>> [token._.romanization for token in nlp("독립 만세")]
        ['dongnip', 'manse']
    """
    language = lang if lang is not None else str(nlp.lang)
    return SoundComponent(
        Transcriber(language, scheme, detail, variety, tones, romanization, foreign)
    )


class SoundComponent:
    """Sets the sound of every token of a document.

    Args:
        transcriber: What transcribes.
    """

    def __init__(self, transcriber: Transcriber) -> None:
        self.transcriber = transcriber
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Transcribe one document; each of its sentences alone, where it has some."""
        return self._set([doc])[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Transcribe a stream of documents, so many at a time."""
        documents = iter(stream)
        while batch := list(islice(documents, batch_size)):
            yield from self._set(batch)

    def _set(self, documents: Sequence[Doc]) -> Sequence[Doc]:
        spans = [_sentences(doc) for doc in documents]
        prepared = [_sentence(span) for found in spans for span in found]
        results = iter(self.transcriber.transcribe_batch(prepared))
        for doc, found in zip(documents, spans, strict=True):
            doc._.phon_signature = self.transcriber.signature
            for span in found:
                _store(span, next(results))
        return documents


def register_extensions() -> None:
    """Add the attributes to spaCy's tokens and documents, unless they are there."""
    for name in ("ipa", "romanization", "phon_status", _STORED):
        if not Token.has_extension(name):
            Token.set_extension(name, default=None)
    if not Token.has_extension("phon_units"):
        Token.set_extension("phon_units", getter=_units)
    if not Doc.has_extension("phon_signature"):
        Doc.set_extension("phon_signature", default=None)


def _sentence(span: Iterable[Token]) -> Sentence:
    tokens = list(span)
    return Sentence(
        tuple(token.text for token in tokens), tuple(bool(token.whitespace_) for token in tokens)
    )


def _sentences(doc: Doc) -> list[Any]:
    return list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]


def _store(span: Iterable[Token], transcription: Transcription) -> None:
    for token, found in zip(span, transcription.tokens, strict=True):
        token._.ipa = found.ipa
        token._.romanization = found.romanization
        token._.phon_status = found.status
        token._.set(_STORED, [[*unit[:4], list(unit.segments), *unit[5:]] for unit in found.units])


def _units(token: Token) -> tuple[Unit, ...] | None:
    stored = token._.get(_STORED)
    if stored is None:
        return None
    return tuple(Unit._make((*unit[:4], tuple(unit[4]), *unit[5:])) for unit in stored)
