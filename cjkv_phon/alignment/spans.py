"""Spans of characters, of subwords and of units, and how they overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cjkv_phon.types import TokenTranscription

Span = tuple[int, int]
"""Half-open: from the first, up to but without the last."""

Written = Literal["ipa", "romanization"]


def covering(offsets: Sequence[Span], length: int) -> tuple[Span, ...]:
    """Repair offsets so that they run forward and cover every character.

    Normalising tokenizers drop characters (accents, zero-width characters,
    inner spaces) and then no subword names them. Each is given to the subword
    before it, or to the first one.

    Args:
        offsets: What a tokenizer reports, in the order of the subwords.
        length: Length of the string.

    Returns:
        As many spans: starts and ends never decrease, the first starts at 0,
        the last ends at ``length``, and none starts after the one before ends.

    Example:
        >>> covering([(0, 1), (2, 3)], 5)
        ((0, 2), (2, 5))
    """
    if not offsets:
        return ()
    if len(offsets) == 1:
        return ((0, length),)
    reached = last = 0
    for start, end in offsets:
        if start > reached or start < last or end < reached:
            break
        last, reached = start, end
    else:
        if reached == length:  # as most tokenizers report it: nothing to repair
            return tuple(offsets)
    starts: list[int] = []
    ends: list[int] = []
    reached = last = 0
    for start, end in offsets:
        start = max(min(start, length), last)
        reached = max(min(end, length), reached, start)
        starts.append(start)
        ends.append(reached)
        last = start
    starts[0] = 0
    ends[-1] = length
    for place in range(len(ends) - 1):
        if ends[place] < starts[place + 1]:
            ends[place] = starts[place + 1]
    return tuple(zip(starts, ends, strict=True))


def overlapping(units: Sequence[Span], offsets: Sequence[Span]) -> tuple[Span, ...]:
    """Return for each unit the range of subwords that share a character with it.

    An empty subword belongs to the unit that its place is in. A unit without
    characters gets the empty range at its place.

    Args:
        units: Character spans that tile a string.
        offsets: Character spans of the subwords, as `covering` leaves them.

    Returns:
        A range of subword indices a unit.

    Example:
        >>> overlapping([(0, 1), (1, 2)], [(0, 0), (0, 2)])
        ((0, 2), (1, 2))
    """
    if len(units) == 1 and units[0][0] < units[0][1]:
        return ((0, len(offsets)),)
    found: list[Span] = []
    total = units[-1][1] if units else 0
    count = len(offsets)
    first = 0
    for start, end in units:
        # Subwords that end before the unit; an empty one at its start belongs to it.
        while first < count:
            begin, stop = offsets[first]
            if stop > start or (begin == stop == start and start < end):
                break
            first += 1
        if start == end:
            found.append((first, first))
            continue
        last = first
        while last < count:
            begin, stop = offsets[last]
            if begin >= end and not begin == stop == end == total:
                break
            last += 1
        found.append((first, last))
    return tuple(found)


def unit_spans(token: TokenTranscription, written: Written) -> tuple[Span, ...]:
    """Return where each unit's sound stands in the sound of its token.

    Units follow each other; what stands between them (the separators of a
    romanization) belongs to the unit before.

    Args:
        token: A transcribed token.
        written: ``ipa`` or ``romanization``.

    Returns:
        Character spans that tile the token's string, one a unit.
    """
    if not token.units:
        return ()
    whole = token.ipa if written == "ipa" else token.romanization
    parts = [unit.ipa if written == "ipa" else unit.romanization for unit in token.units]
    starts: list[int] = []
    at = 0
    if sum(map(len, parts)) == len(whole):
        for part in parts:
            starts.append(at)
            at += len(part)
    else:
        folded = whole.lower() if len(whole.lower()) == len(whole) else whole
        for part in parts:
            found = folded.find(part.lower(), at)
            place = at if found < 0 else found
            starts.append(place)
            at = place if found < 0 else found + len(part)
        starts[0] = 0
    return tuple(zip(starts, [*starts[1:], len(whole)], strict=True))
