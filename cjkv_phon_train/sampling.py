"""Which sentences of a file a run trains on and which it is scored on.

Everything here goes by the content of a sentence, not by its place in the file:
equal sentences always fall on the same side, so none is trained on and scored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from cjkv_phon import FormatError
from cjkv_phon_train.config import DataSettings
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.sources import Record

DEFAULT_POOL = 100
"""Target sentences set aside for few-shot training where ``few_shot_pool`` is not given."""


class Source(NamedTuple):
    """A file (or ``hub``) in a language, and its part in the run."""

    role: str
    lang: str
    path: str


class Portion(NamedTuple):
    """Sentences of a file that play one role.

    Attributes:
        source: Role, language and file.
        records: The sentences.
        selection: How they were chosen; empty for the whole file.
    """

    source: Source
    records: Sequence[Record]
    selection: str = ""


def place(tokens: Iterable[str], salt: str = "") -> float:
    """Return a number from 0 to 1 that only a sentence's tokens (and a salt) decide.

    Example:
        >>> place(["서울", "은"]) == place(("서울", "은"))
        True
    """
    text = salt + "\n" + "\t".join(tokens)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def held_out(records: Iterable[Record], share: float) -> tuple[list[Record], list[Record]]:
    """Split sentences into those kept for training and the share held out.

    Args:
        records: Sentences.
        share: From 0 to 1; the split has it up to chance.
    """
    kept: list[Record] = []
    held: list[Record] = []
    for record in records:
        (held if place(record.tokens) < share else kept).append(record)
    return kept, held


def pool_and_rest(records: Sequence[Record], size: int) -> tuple[list[Record], list[Record]]:
    """Set a pool of different sentences aside; no sentence of it is in the rest.

    The pool depends neither on the seed nor on how many of it are used, so runs
    with 0 and with all of them are scored on the same rest.
    """
    distinct = {record.tokens: record for record in reversed(records)}
    pool = sorted(distinct.values(), key=lambda record: place(record.tokens))[:size]
    taken = {record.tokens for record in pool}
    return pool, [record for record in records if record.tokens not in taken]


def few(records: Sequence[Record], count: int, seed: int) -> list[Record]:
    """Choose sentences for a seed; the first 10 are among the first 50."""
    salt = f"few-shot {seed}"
    return sorted(records, key=lambda record: place(record.tokens, salt))[:count]


def pool_size(settings: DataSettings) -> int:
    """Return how many target dev sentences are set aside."""
    return settings.few_shot_pool or (DEFAULT_POOL if settings.few_shot else 0)


def check_sampling(settings: DataSettings) -> None:
    """Refuse numbers that cannot be had.

    Raises:
        SettingsError: With what to type.
    """
    if settings.few_shot > pool_size(settings):
        raise SettingsError(
            f"few_shot={settings.few_shot} is more than the {pool_size(settings)} sentences set "
            f"aside: type --few-shot-pool {settings.few_shot} in every run that is compared"
        )


def check_labelled(sources: Sequence[Source], settings: DataSettings) -> None:
    """Refuse few-shot training on languages without labelled sentences.

    Raises:
        SettingsError: With what to type.
    """
    labelled = {source.lang for source in sources if source.role != "test"}
    unlabelled = [lang for lang in settings.target if lang not in labelled]
    if settings.few_shot and unlabelled:
        raise SettingsError(
            f"few_shot={settings.few_shot} needs labelled sentences of {', '.join(unlabelled)}: "
            f"type --dev {unlabelled[0]}:PATH, or --few-shot 0"
        )


def portions(
    sources: Sequence[Source],
    settings: DataSettings,
    seed: int,
    read: Callable[[Source], Sequence[Record]],
) -> list[Portion]:
    """Read every source and deal its sentences out.

    Args:
        sources: What the run reads.
        settings: ``hold_out few_shot few_shot_pool limit eval_limit``.
        seed: Of the run; chooses the few target sentences.
        read: Reads one source.

    Raises:
        FormatError: If nothing is left of a source.
    """
    check_sampling(settings)
    trained = {source.lang for source in sources if source.role == "train"}
    scored = {source.lang for source in sources if source.role == "dev"}
    found: list[Portion] = []
    held: dict[str, tuple[list[str], list[Record]]] = {}
    for source in sources:
        records = read(source)
        if source.role != "train":
            if source.role == "dev" and source.lang in set(settings.target) - trained:
                few_portion, rest = _few_of_dev(source, records, settings, seed)
                found += few_portion
                found.append(_scored(rest, settings.eval_limit))
            else:
                found.append(_scored(Portion(source, records), settings.eval_limit))
        elif source.lang not in settings.source and settings.few_shot:
            chosen = few(records, settings.few_shot, seed)
            found.append(Portion(source, chosen, _few_note(chosen, records, seed)))
        else:
            note = ""
            if settings.hold_out and source.lang not in scored:
                kept, out = held_out(records, settings.hold_out)
                note = f"all but the {len(out)} held out"
                paths, sentences = held.setdefault(source.lang, ([], []))
                paths.append(source.path)
                sentences += out
                records = kept
            if settings.limit and settings.limit < len(records):
                note = f"first {settings.limit}" + (f" of {note}" if note else "")
                records = records[: settings.limit]
            found.append(Portion(source, records, note))
    for lang, (paths, sentences) in held.items():
        note = f"{settings.hold_out:.0%} of the training sentences, by their hash"
        source = Source("dev", lang, ", ".join(paths))
        found.append(_scored(Portion(source, sentences, note), settings.eval_limit))
    for portion in found:
        if not portion.records:
            raise FormatError(
                f"holds no sentence for {portion.source.role} ({portion.selection or 'is empty'})",
                path=portion.source.path,
            )
    return found


def _few_of_dev(
    source: Source, records: Sequence[Record], settings: DataSettings, seed: int
) -> tuple[list[Portion], Portion]:
    size = pool_size(settings)
    if not size:
        return [], Portion(source, records)
    pool, rest = pool_and_rest(records, size)
    note = f"all but the pool of {len(pool)} for few-shot training"
    chosen = few(pool, settings.few_shot, seed)
    train = Portion(source._replace(role="train"), chosen, _few_note(chosen, pool, seed))
    return [train] if chosen else [], Portion(source, rest, note)


def _few_note(chosen: Sequence[Record], among: Sequence[Record], seed: int) -> str:
    return f"{len(chosen)} of {len(among)}, chosen by seed {seed}"


def _scored(portion: Portion, limit: int) -> Portion:
    count = len(portion.records)
    if not limit or limit >= count:
        return portion
    note = f"first {limit} of {count}"
    if portion.selection:
        note += f" ({portion.selection})"
    return portion._replace(records=portion.records[:limit], selection=note)
