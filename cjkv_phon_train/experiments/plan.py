"""From a suite to its runs: one a data set, variant and seed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cjkv_phon_train.config import OPTIONS, PATHS, Settings, load_settings
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.experiments.suite import Dataset, Suite, Variant
from cjkv_phon_train.presets import named

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_FILES = [name for name in OPTIONS if name in PATHS and OPTIONS[name][1].default == ()]
"""Options that list files, each with the languages it is of."""


@dataclass(frozen=True)
class PlannedRun:
    """One training run of a suite.

    Attributes:
        dataset: Name of the data set.
        variant: Name of the variant.
        seed: Its seed.
        settings: Everything it is told; `training.output` is its folder.
    """

    dataset: str
    variant: str
    seed: int
    settings: Settings

    @property
    def folder(self) -> Path:
        """Return the run directory."""
        return Path(self.settings.training.output)

    def __str__(self) -> str:
        return f"{self.dataset} {self.variant} {self.seed}"


@dataclass(frozen=True)
class Request:
    """What the command line adds to a suite.

    Attributes:
        out: Folder of the runs.
        variables: What ``${NAME}`` stands for in the suite's options.
        options: Options that change the suite's common ones; what makes a variant
            what it is stays.
        profile: Name of a profile; empty for the suite's own.
        seeds: Instead of the suite's; empty for the suite's.
        only: ``dataset variant seed`` → names that are run; empty for all.
    """

    out: Path
    variables: Mapping[str, str]
    options: Mapping[str, Any]
    profile: str = ""
    seeds: tuple[int, ...] = ()
    only: Mapping[str, tuple[str, ...]] | None = None


def plan(suite: Suite, request: Request) -> tuple[list[PlannedRun], list[str]]:
    """List the runs of a suite, seeds outermost: after one round every row has a number.

    Returns:
        The runs, and a line for every variant that is left out and why.

    Raises:
        SettingsError: If something that is named does not exist, or a file is missing.
    """
    for key in ("datasets", "variants"):
        if not getattr(suite, key):
            raise SettingsError(f"the suite {suite.name} has no [{key}.NAME]: add one")
    seeds = request.seeds or suite.seeds
    wanted = _selected(suite, seeds, request.only or {})
    runs, left_out = [], {}
    for seed in wanted["seed"]:
        for dataset in wanted["dataset"]:
            for variant in wanted["variant"]:
                one = suite.variants[variant]
                if one.datasets and dataset not in one.datasets:
                    continue
                missing = [name for name in one.needs if name not in request.variables]
                if missing:
                    typed = " ".join(f"--set {name}=…" for name in missing)
                    left_out[variant] = f"{variant} is left out: it needs {typed}"
                    continue
                settings = settings_of(suite, suite.datasets[dataset], one, request)
                runs.append(placed(dataset, variant, int(seed), settings, request.out))
    if not runs and not left_out:
        raise SettingsError("nothing to run: --only names a variant that its data set has not")
    return runs, list(left_out.values())


def placed(dataset: str, variant: str, seed: int, settings: Settings, out: Path) -> PlannedRun:
    """Give settings a seed and the folder ``OUT/DATASET/VARIANT/SEED``."""
    folder = out / dataset / variant / str(seed)
    return PlannedRun(
        dataset, variant, seed, settings.with_values({"seed": seed, "output": str(folder)})
    )


def settings_of(suite: Suite, dataset: Dataset, variant: Variant, request: Request) -> Settings:
    """Put the settings of a run together; the last one wins.

    Defaults, the data set's preset, the backbone's settings, the suite's common
    options, the profile, the data set's options, ``--set``, the row of the
    paper, the variant's options, its options on this data set.

    Raises:
        SettingsError: On a variable without a value, or a file that is not there.
    """
    profile = request.profile or suite.profile
    if profile and profile not in suite.profiles:
        raise SettingsError(
            f"there is no profile {profile!r} in {suite.name}; there are: "
            f"{', '.join(suite.profiles)}"
        )
    told = {
        **suite.common,
        **(suite.profiles[profile] if profile else {}),
        **dataset.options,
        **request.options,
        **(named("variant", variant.row) if variant.row else {}),
        **variant.options,
        **variant.on.get(dataset.name, {}),
    }
    place = f"{dataset.name} {variant.name}"
    told = {name: _filled(value, request.variables, place) for name, value in told.items()}
    settings = load_settings(dataset.preset, values=told)
    _check_files(settings, place)
    return settings


def read_assignments(items: Iterable[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Read ``--set NAME=VALUE``: options by their names, anything in capitals a variable.

    Returns:
        Options and variables.

    Raises:
        SettingsError: On what is neither.

    Example:
        >>> read_assignments(["epochs=3", "PARALLEL=/tmp/x"])
        ({'epochs': '3'}, {'PARALLEL': '/tmp/x'})
    """
    options: dict[str, Any] = {}
    variables: dict[str, str] = {}
    for item in items:
        name, equals, value = item.partition("=")
        name = name.strip().replace("-", "_")
        if equals and name in OPTIONS and name not in ("seed", "output"):
            options[name] = value
        elif equals and name.isupper():
            variables[name] = value
        else:
            raise SettingsError(
                f"--set {item}: write OPTION=VALUE with an option of cjkv-phon-train train "
                "(seeds: --seeds, the folder: --out), or a variable of the suite in capitals, "
                "NAME=VALUE"
            )
    return options, variables


def read_only(items: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read ``--only dataset=a,b``.

    Raises:
        SettingsError: If it is written in another way.

    Example:
        >>> read_only(["variant=pe,full", "seed=111"])
        {'variant': ('pe', 'full'), 'seed': ('111',)}
    """
    only: dict[str, tuple[str, ...]] = {}
    for item in items:
        key, _, names = item.partition("=")
        if key not in ("dataset", "variant", "seed") or not names:
            raise SettingsError(
                f"--only {item}: write dataset=NAME, variant=NAME or seed=NUMBER, several with "
                "commas: variant=pe,full"
            )
        only[key] = (*only.get(key, ()), *(name.strip() for name in names.split(",")))
    return only


def _selected(
    suite: Suite, seeds: tuple[int, ...], only: Mapping[str, tuple[str, ...]]
) -> dict[str, list[str]]:
    there = {
        "dataset": list(suite.datasets),
        "variant": list(suite.variants),
        "seed": [str(seed) for seed in seeds],
    }
    for key, names in only.items():
        for name in names:
            if name not in there[key]:
                raise SettingsError(
                    f"--only {key}={name}: there is none in {suite.name}; there are: "
                    f"{', '.join(there[key])}"
                )
        there[key] = [name for name in there[key] if name in names]
    return there


def _filled(value: Any, variables: Mapping[str, str], place: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_filled(item, variables, place) for item in value)
    if not isinstance(value, str):
        return value

    def found(match: re.Match[str]) -> str:
        if match[1] not in variables:
            typed = "--data DIR" if match[1] == "DATA" else f"--set {match[1]}=…"
            raise SettingsError(f"{place} needs {match[0]}: type {typed}")
        return variables[match[1]]

    return _VARIABLE.sub(found, value)


def _check_files(settings: Settings, place: str) -> None:
    for role in _FILES:
        for item in getattr(settings.data, role):
            lang, _, paths = item.partition(":")
            for path in paths.split("::") if lang != "hub" else ():
                if path and not Path(path).is_file():
                    raise SettingsError(
                        f"{place}: {path} is not there ({role}). Type --data with the folder that "
                        "holds it, or --only dataset=… for those whose files you have"
                    )
