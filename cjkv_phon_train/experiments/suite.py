"""What a suite is: data sets, variants, seeds; see `suite_file` for how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Dataset:
    """A task on a language pair.

    Attributes:
        name: Folder of its runs.
        preset: Settings of the paper, see `presets.PRESETS`.
        label: What tables call it.
        options: Files and other options.
    """

    name: str
    preset: str = ""
    label: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Variant:
    """A row of a table.

    Attributes:
        name: Folder of its runs.
        row: Row of the paper's ablations that it starts from, see `presets.VARIANTS`.
        label: What tables call it.
        paper: The row of the paper that it repeats, such as ``Table 3: w L_align``.
        against: Variant that it is tested against; empty for the suite's baseline.
        datasets: Data sets that it is restricted to; empty for all.
        needs: Variables without which it is left out, such as ``PARALLEL``.
        options: Options that make it what it is.
        on: Data set → further options there.
    """

    name: str
    row: str = ""
    label: str = ""
    paper: str = ""
    against: str = ""
    datasets: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    on: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Suite:
    """What a suite file says, checked.

    Attributes:
        name: Short name.
        title: Heading of its tables.
        description: What question it answers.
        seeds: Seeds of every variant.
        baseline: Variant that the others are tested against.
        profile: Profile where none is asked for.
        common: Options of every run.
        profiles: Name → options.
        datasets: By name, in order.
        variants: By name, in order.
    """

    name: str
    title: str = ""
    description: str = ""
    seeds: tuple[int, ...] = (111, 222, 333)
    baseline: str = ""
    profile: str = ""
    common: Mapping[str, Any] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    variants: Mapping[str, Variant] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return what tables and plots want to know of it, ready for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "seeds": list(self.seeds),
            "baseline": self.baseline,
            "datasets": {name: {"label": one.label} for name, one in self.datasets.items()},
            "variants": {
                name: {
                    "label": one.label,
                    "paper": one.paper,
                    "against": one.against or self.baseline,
                    "datasets": list(one.datasets or self.datasets),
                }
                for name, one in self.variants.items()
            },
        }
