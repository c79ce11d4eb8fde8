"""Scheme ``standard`` for Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.memo import Memo
from cjkv_phon.normalize import normalize
from cjkv_phon.types import TokenTranscription, Unit, combined_status
from cjkv_phon.vietnamese.ipa import IpaPrinter
from cjkv_phon.vietnamese.phonology import Syllable
from cjkv_phon.vietnamese.reading import Piece, Reader
from cjkv_phon.vietnamese.romanization import PRINTERS, ROMANIZATIONS

VARIETIES = ("hanoi", "hue", "saigon")


def create(options: Options) -> Engine:
    """Build the engine.

    Raises:
        UnsupportedOptionError: On an option that Vietnamese does not offer.
    """
    return VietnameseEngine(options.resolve(varieties=VARIETIES, romanizations=ROMANIZATIONS))


class VietnameseEngine(Engine):
    """Reads each token by itself: Vietnamese has no sound changes between syllables."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        self._reader = Reader()
        self._romanize = PRINTERS[options.romanization or ROMANIZATIONS[0]]
        self._print = IpaPrinter(options.variety or VARIETIES[0], options.detail, options.tones)
        self._sounds: Memo[tuple[Syllable, ...], tuple[tuple[str, ...], str]] = Memo(self._sound)
        self._tokens: Memo[str, TokenTranscription] = Memo(self._token)

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch; what follows a token does not matter."""
        token = self._tokens.__getitem__
        return [tuple(map(token, sentence.tokens)) for sentence in sentences]

    def _token(self, text: str) -> TokenTranscription:
        normal = normalize(text)
        starts = normal.starts
        units: list[Unit] = []
        end = 0
        for piece in self._reader.read(normal.text):
            start, end = end, end + piece.length
            units.append(self._unit(text, starts[start], starts[end], piece))
        romanization = "".join([unit.romanization for unit in units])
        ipa = "".join([unit.ipa for unit in units])
        return TokenTranscription(text, tuple(units), ipa, romanization, combined_status(units))

    def _unit(self, text: str, start: int, end: int, piece: Piece) -> Unit:
        if piece.status != "ok":
            copy = text[start:end]
            return Unit(start, end, copy, copy, (), "", piece.status)
        segments, ipa = self._sounds[piece.syllables]
        spelling = intern(self._romanize(piece.spelling))
        return Unit(start, end, spelling, ipa, segments, intern(piece.reading), "ok")

    def _sound(self, syllables: tuple[Syllable, ...]) -> tuple[tuple[str, ...], str]:
        segments = tuple(segment for syllable in syllables for segment in self._print(syllable))
        return segments, "".join(segments)
