"""What stands under a table."""

from __future__ import annotations


class Notes:
    """What a reader has to know of a table, each said once."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}
        self._facts: dict[str, dict[str, dict[str, None]]] = {}

    def say(self, line: str) -> None:
        """Add a line."""
        self._lines[line] = None

    def say_of(self, dataset: str, variant: str, fact: str) -> None:
        """Add what a variant has on a data set."""
        self._facts.setdefault(fact, {}).setdefault(dataset, {})[variant] = None

    def lines(self) -> tuple[str, ...]:
        """Return the lines; a fact of several data sets and variants in one."""
        found = dict(self._lines)
        for fact, datasets in self._facts.items():
            groups: dict[tuple[str, ...], list[str]] = {}
            for dataset, variants in datasets.items():
                groups.setdefault(tuple(variants), []).append(dataset)
            for names, where in groups.items():
                have = "have" if len(names) > 1 else "has"
                found[f"{', '.join(where)}: {', '.join(names)} {have} {fact}"] = None
        return tuple(found)
