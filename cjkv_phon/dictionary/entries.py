"""Words of one language with their translations into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cjkv_phon.errors import FormatError
from cjkv_phon.schemes import canonical_language

_TWO = 2
_FOUR = 4


class Translation(NamedTuple):
    """One pair of a dictionary.

    Attributes:
        source: Word of the source language.
        target: Word of the target language.
        weight: How sure it is, 0 to 1; of what is read from a file, 1 shared
            equally by the translations of a word.
    """

    source: str
    target: str
    weight: float


class BilingualDictionary:
    """Words of one language with their translations into another, one to many.

    Args:
        source_lang: Language of the words.
        target_lang: Language of the translations.
        pairs: Word, translation and weight; of a repeated pair the weights add up.
    """

    def __init__(
        self, source_lang: str, target_lang: str, pairs: Iterable[tuple[str, str, float]] = ()
    ) -> None:
        self.source_lang = canonical_language(source_lang)
        self.target_lang = canonical_language(target_lang)
        self._entries: dict[str, dict[str, float]] = {}
        self._variants: dict[str, list[str]] | None = None
        for source, target, weight in pairs:
            translations = self._entries.setdefault(source, {})
            translations[target] = translations.get(target, 0.0) + weight

    def __getitem__(self, word: str) -> tuple[Translation, ...]:
        """Return the translations of a word as it is spelled, the surest first."""
        found = self._entries[word]
        return tuple(
            Translation(word, target, weight)
            for target, weight in sorted(found.items(), key=lambda item: -item[1])
        )

    def lookup(self, word: str) -> tuple[Translation, ...]:
        """Return the translations of a word, none if there are none.

        A Chinese word that is not there is looked up under its other spellings,
        traditional for simplified and the other way round. `Translation.source`
        says how the dictionary spells it.

        Example:
            >>> d = BilingualDictionary("zh", "vi", [("電子", "điện tử", 1.0)])
            >>> [t.target for t in d.lookup("电子")]
            ['điện tử']
        """
        if word in self._entries:
            return self[word]
        if self.source_lang != "zh":
            return ()
        spellings = self._spellings().get(_simplified(word), ())
        return tuple(translation for spelling in spellings for translation in self[spelling])

    def words(self) -> list[str]:
        """Return the words of the source language, in order."""
        return list(self._entries)

    def inverse(self) -> BilingualDictionary:
        """Return the dictionary of the other direction, with the same weights."""
        pairs = ((target, source, weight) for source, target, weight in self)
        return BilingualDictionary(self.target_lang, self.source_lang, pairs)

    def __contains__(self, word: object) -> bool:
        return word in self._entries

    def __iter__(self) -> Iterator[Translation]:
        for word in self._entries:
            yield from self[word]

    def __len__(self) -> int:
        return sum(map(len, self._entries.values()))

    def __repr__(self) -> str:
        return f"<BilingualDictionary {self.source_lang}-{self.target_lang} of {len(self)} pairs>"

    def _spellings(self) -> Mapping[str, list[str]]:
        if self._variants is None:
            variants: dict[str, list[str]] = {}
            for word in self._entries:
                variants.setdefault(_simplified(word), []).append(word)
            self._variants = variants
        return self._variants


def load_dictionary(path: str, source_lang: str, target_lang: str) -> BilingualDictionary:
    """Read a dictionary: a pair a line.

    MUSE's two columns, separated by a tab or by one run of spaces, or PhoneXL's
    four (word⇥IPA⇥translation⇥IPA), whose IPA is left out. Blank lines are skipped.

    Args:
        path: File, compressed or not; ``-`` for standard input.
        source_lang: Language of the first column.
        target_lang: Language of the other.

    Raises:
        FormatError: If a line has another number of columns.
    """
    pairs = list(_read_pairs(path))
    share: dict[str, int] = {}
    for source, _ in pairs:
        share[source] = share.get(source, 0) + 1
    weighted = ((source, target, 1 / share[source]) for source, target in pairs)
    return BilingualDictionary(source_lang, target_lang, weighted)


def _read_pairs(path: str) -> Iterator[tuple[str, str]]:
    from cjkv_phon.io import numbered_lines

    for number, line in numbered_lines(path):
        if not line.strip():
            continue
        fields = [field.strip() for field in line.split("\t")]
        if len(fields) == 1:
            fields = line.split()
        if len(fields) == _FOUR:
            fields = fields[::2]
        if len(fields) != _TWO or not all(fields):
            raise FormatError(
                "two columns (word, translation) or four (word, IPA, translation, IPA) "
                f"are expected, not {len(line.split(chr(9)))}; separate them by tabs",
                path=path,
                line=number,
            )
        yield fields[0], fields[1]


def _simplified(word: str) -> str:
    from cjkv_phon.chinese.characters import characters

    return characters().simplify(word)
