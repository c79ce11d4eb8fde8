"""What the engines of this room share: one kind of output, tokens read one at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from cjkv_phon.engine import Engine, Options, Sentence
from cjkv_phon.memo import Memo
from cjkv_phon.types import TokenTranscription


class TokenEngine(Engine):
    """An engine in which a token is read the same wherever it stands.

    Distinct tokens are computed once; at most `memo.DEFAULT_ENTRIES` are held.
    """

    def __init__(self, options: Options, versions: tuple[str, ...]) -> None:
        super().__init__(options)
        self.versions = versions
        self._tokens: Memo[str, TokenTranscription] = Memo(self.read)

    @abstractmethod
    def read(self, token: str) -> TokenTranscription:
        """Transcribe one token, any text; what `transcribe` remembers."""

    def transcribe(self, sentences: Sequence[Sentence]) -> list[tuple[TokenTranscription, ...]]:
        """Transcribe a batch, see `Engine.transcribe`."""
        read = self._tokens.__getitem__
        return [tuple(map(read, sentence.tokens)) for sentence in sentences]


def as_published(options: Options, romanization: str, *, tones: str = "none") -> Options:
    """Check options against the one kind of output that was published.

    Args:
        options: As requested.
        romanization: The romanization of the published column.
        tones: ``letters`` where the published IPA has tones; asking for the
            default (``letters``) is then the only choice, and where it has none
            both the default and ``none`` mean what was published.
    """
    choices = ("letters",) if tones == "letters" else ("letters", "none")
    return options.resolve(
        varieties=(options.scheme,),
        romanizations=(romanization,),
        details=("broad",),
        tones=choices,
    )


def package_versions(*packages: str) -> tuple[str, ...]:
    """Return ``name-version`` of the installed packages, for the signature."""
    return tuple(f"{package}-{_version(package)}" for package in packages)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # importable, but not installed as a distribution
        return "unknown"
