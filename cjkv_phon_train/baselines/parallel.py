"""Translations of training sentences, from files that the user provides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cjkv_phon import FormatError, Sentence, Transcriber
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.sources import pair_file, text_lines

Tokens = tuple[str, ...]

_LINKS = re.compile(r"(\d+)-(\d+)")


class Translation(NamedTuple):
    """A sentence in the target language.

    Attributes:
        tokens: Its words.
        phonemes: One string a word; None where the model reads none.
        lang: Its language.
        links: For each of its words the source word that it translates, −1 for
            none; None where no word alignment was given.
    """

    tokens: Tokens
    phonemes: Tokens | None
    lang: str
    links: tuple[int, ...] | None


class ParallelCorpus(NamedTuple):
    """Translations of one language pair.

    Attributes:
        source: Language code of the sentences looked up.
        target: Language code of the translations.
        translations: Source sentence to its translation, the first one that was read.
    """

    source: str
    target: str
    translations: dict[Tokens, Translation]


def load_parallel(spec: str, phonemes: str = "", scheme: str = "") -> ParallelCorpus:
    """Read tokenised parallel text.

    One file of lines ``source⇥target`` or ``source⇥target⇥alignment``, or two or three
    files with as many lines each, named ``ja-ko:SOURCE::TARGET::ALIGNMENT``. Words stand
    between single spaces; an alignment is in the Pharaoh format, ``0-0 1-2``: source
    word, hyphen, target word, both from 0. Files may be compressed.

    Args:
        spec: ``ja-ko:PATH`` or ``ja-ko:PATH::PATH[::PATH]``.
        phonemes: ``ipa`` or ``romanization``; empty if the model reads none.
        scheme: Transcribes the translations.

    Raises:
        SettingsError: If the spec is written wrongly, or sounds are wanted without a scheme.
        FormatError: On a line that is not what it should be, or files of unlike length.
    """
    forms = (
        "SOURCE-TARGET:PATH, such as ja-ko:translations.tsv, or ja-ko:SOURCE::TARGET with an "
        "optional ::ALIGNMENT"
    )
    source, target, path = pair_file("parallel", spec, forms)
    paths = path.split("::")
    if not all(paths) or len(paths) > 3:
        raise SettingsError(f"--parallel {spec}: write {forms}")
    if phonemes and not scheme:
        raise SettingsError(
            f"{path} holds no phonemes: type --scheme standard to make them, or --phonemic none"
        )
    rows = list(_one_file(paths[0]) if len(paths) == 1 else _files(paths))
    if not rows:
        raise FormatError("holds no translation", path=path)
    sounds: Iterable[Tokens | None] = [None] * len(rows)
    if phonemes:
        results = Transcriber(target, scheme=scheme).pipe(Sentence(row.target) for row in rows)
        sounds = [tuple(r.ipa if phonemes == "ipa" else r.romanization) for r in results]
    translations: dict[Tokens, Translation] = {}
    for row, sound in zip(rows, sounds, strict=True):
        translation = Translation(row.target, sound, target, row.links)
        translations.setdefault(row.source, translation)
    return ParallelCorpus(source, target, translations)


def matching(corpus: ParallelCorpus, sentences: Iterable[Tokens]) -> ParallelCorpus:
    """Keep the translations of given sentences.

    Raises:
        SettingsError: If there is none: then the files are cut into words differently.
    """
    wanted = set(sentences)
    kept = {source: found for source, found in corpus.translations.items() if source in wanted}
    if not kept:
        raise SettingsError(
            f"none of the {len(corpus.translations)} sentences of --parallel {corpus.source}-"
            f"{corpus.target} is a training sentence: its source side must have the tokens of the "
            "training data, with single spaces between them"
        )
    return corpus._replace(translations=kept)


class _Row(NamedTuple):
    source: Tokens
    target: Tokens
    links: tuple[int, ...] | None


def _one_file(path: str) -> Iterator[_Row]:
    for number, line in text_lines(path):
        cells = line.split("\t")
        if len(cells) not in (2, 3):
            raise FormatError(
                f"{len(cells)} columns; wanted source, target and perhaps an alignment such as "
                "0-0 1-2, with a tab between them",
                path=path,
                line=number,
            )
        yield _row(cells, path, number)


def _files(paths: list[str]) -> Iterator[_Row]:
    columns = [dict(text_lines(path)) for path in paths]
    lines = columns[0].keys() | columns[1].keys()
    for number in sorted(lines):
        for path, column in zip(paths[:2], columns[:2], strict=True):
            if number not in column:
                raise FormatError(
                    f"has no sentence in line {number}, where the other file has one; line N of "
                    "every file must belong together",
                    path=path,
                )
        yield _row([column.get(number, "") for column in columns], paths[-1], number)


def _row(cells: list[str], path: str, number: int) -> _Row:
    source, target = (tuple(cell.strip(" ").split(" ")) for cell in cells[:2])
    if not all(source) or not all(target):
        raise FormatError(
            "an empty word: single spaces stand between words, and no side may be empty",
            path=path,
            line=number,
        )
    if len(cells) < 3:
        return _Row(source, target, None)
    links = [-1] * len(target)
    for item in cells[2].split():
        found = _LINKS.fullmatch(item)
        left, right = (int(found[1]), int(found[2])) if found else (-1, -1)
        if not (0 <= left < len(source) and 0 <= right < len(target)):
            raise FormatError(
                f"alignment {item!r}: write SOURCE-TARGET, counted from 0, below "
                f"{len(source)}-{len(target)}",
                path=path,
                line=number,
            )
        if links[right] < 0:
            links[right] = left
    return _Row(source, target, tuple(links))
