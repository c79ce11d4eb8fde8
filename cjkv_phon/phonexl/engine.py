"""What the engines of this room share: one kind of output, tokens read one at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import cast

import regex

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.memo import Memo
from cjkv_phon.phonexl.segments import Sound
from cjkv_phon.types import Status, TokenTranscription, Unit, combined_status, passthrough_token

EXTRA = "phonexl"
"""The extra of this distribution that installs the engines."""


class TokenEngine(Engine):
    """An engine that reads a token the same wherever it stands.

    Distinct tokens are computed once; at most `memo.DEFAULT_ENTRIES` are held.

    Attributes:
        script: Matches a letter of the language's own script, one that is left in the
            IPA was not read; None where that script is Latin, as IPA is.
    """

    script: regex.Pattern[str] | None = None

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        super().__init__(options)
        self.versions = versions
        self._tokens: Memo[str, TokenTranscription] = Memo(_not_yet)

    @abstractmethod
    def read_all(self, tokens: Sequence[str]) -> list[TokenTranscription]:
        """Transcribe distinct tokens, any text; what `transcribe` remembers."""

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch, see `Engine.transcribe`."""
        every = [sentence.tokens for sentence in sentences]
        known = self._tokens
        try:
            return [known.of_all(tokens) for tokens in every]
        except KeyError:  # tokens that are met for the first time are read at once
            pass
        found = {token: known.get(token) for token in chain.from_iterable(every)}
        new = [token for token, transcription in found.items() if transcription is None]
        for token, transcription in zip(new, self.read_all(new), strict=True):
            found[token] = known.remember(token, transcription)
        read = cast("dict[str, TokenTranscription]", found)
        return [tuple(map(read.__getitem__, tokens)) for tokens in every]

    def unit(self, start: int, end: int, latin: str, sound: Sound, reading: str = "") -> Unit:
        """Build a unit; its status follows from what its IPA is made of."""
        if self.script is not None and self.script.search(sound.ipa):
            status: Status = "unknown"
        else:
            status = "ok" if sound.segments else "passthrough"
        shown = reading if status == "ok" else ""
        return Unit(start, end, latin, sound.ipa, sound.segments, shown, status)

    def whole(self, token: str, latin: str, sound: Sound, reading: str = "") -> TokenTranscription:
        """Build a token that is one unit."""
        if not token:
            return passthrough_token(token)
        unit = self.unit(0, len(token), latin, sound, reading)
        return TokenTranscription(token, (unit,), unit.ipa, latin, unit.status)


def _not_yet(token: str) -> TokenTranscription:
    raise KeyError(token)


def joined(token: str, units: Iterable[Unit]) -> TokenTranscription:
    """Build a token from the units that tile it."""
    units = tuple(units)
    return TokenTranscription(
        token,
        units,
        "".join(unit.ipa for unit in units),
        "".join(unit.romanization for unit in units),
        combined_status(units),
    )


def as_published(options: Options, romanization: str, tones: Sequence[str] = ("none",)) -> Options:
    """Check options against what a scheme of this room offers.

    Args:
        options: As requested.
        romanization: The romanization of the scheme.
        tones: The notations of tone that it offers, the default first. Whoever
            asks for the usual ``letters`` gets the default.

    Returns:
        The options as they are: what has no tones says ``tones="none"``.
    """
    resolved = options.resolve(
        varieties=(options.scheme,),
        romanizations=(romanization,),
        details=("broad",),
        tones=tuple(dict.fromkeys(("letters", *tones))),
    )
    return replace(resolved, tones=resolved.tones if resolved.tones in tones else tones[0])


def package_versions(*packages: str) -> tuple[str, ...]:
    """Return ``name-version`` of the installed packages, for the signature."""
    return tuple(f"{package}-{_version(package)}" for package in packages)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # importable, but not installed as a distribution
        return "unknown"
