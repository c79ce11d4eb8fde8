"""Syllables written together: ``hảiquân`` → ``hải quân``.

Among all ways to cut a run into core syllables (regular spelling, native rime),
the one with

1. the fewest syllables, then
2. the fewest vowels that follow a consonant letter's syllable without an
   initial of their own (onsets are filled), then
3. the longest initials (a consonant opens the next syllable rather than closes
   the last: ``tham|gia``, ``cô|ngan`` before ``công|an``)

is chosen. A capital letter after a small one opens a syllable (``HàNội``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cjkv_phon.vietnamese.orthography import TONED, VOWELS, Written, parse

LONGEST_SYLLABLE = 7
LONGEST_RUN = 64

Cost = tuple[int, int, int]
Parse = Callable[[str], Written | None]


def split(run: str, starts: Sequence[int] = (), parsed: Parse = parse) -> tuple[Written, ...]:
    """Cut a run of letters into syllables.

    Args:
        run: Lower-case text in NFC.
        starts: Offsets at which a syllable must start.
        parsed: The parser, or a memory of it.

    Returns:
        The syllables, which tile the run; none where it cannot be cut.

    Example:
        >>> [written.normalized for written in split("truyềnđơn")]
        ['truyền', 'đơn']
    """
    if len(run) > LONGEST_RUN:
        return ()
    borders = frozenset(starts)
    best: list[tuple[Cost, tuple[Written, ...]] | None] = [((0, 0, 0), ())]
    for end in range(1, len(run) + 1):
        best.append(None)
        for start in range(end - 1, max(end - LONGEST_SYLLABLE, 0) - 1, -1):
            before = best[start]
            if before is not None:
                written = parsed(run[start:end])
                if written is not None and written.core:
                    cost = _added(before[0], run, start)
                    known = best[end]
                    if known is None or cost < known[0]:
                        best[end] = (cost, (*before[1], written))
            if start in borders:
                break
    found = best[-1]
    return () if found is None else found[1]


def _added(cost: Cost, run: str, start: int) -> Cost:
    """Return the cost with a syllable that starts here."""
    if start == 0:
        return (1, 0, 0)
    initial = 0
    while start + initial < len(run) and not is_vowel(run[start + initial]):
        initial += 1
    return (cost[0] + 1, cost[1] + (initial == 0), cost[2] - initial)


def is_vowel(letter: str) -> bool:
    """Whether a lower-case letter is a vowel, with or without a tone mark."""
    return letter in VOWELS or letter in TONED
