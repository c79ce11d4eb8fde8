"""Suites: TOML files that name data sets, variants and seeds.

    extends = "common"                # a built-in suite, or a file next to this one
    name = "objectives"
    seeds = [111, 222, 333]
    baseline = "baseline"             # the variant that the others are tested against
    use = ["udpos-ja-ko"]             # which data sets; all of them without this line

    [common]                          # options of every run
    epochs = 10
    [profiles.cpu]                    # further ones, by --profile
    epochs = 1
    [datasets.udpos-ja-ko]
    preset = "udpos-ja-ko"
    train = ["ja:${DATA}/udpos/train-ja.tsv.gz"]
    [variants.full]
    variant = "full"                  # a row of the paper's ablations, see `presets.VARIANTS`
    [variants.full.on.udpos-ja-ko]    # options on one data set
    alpha = 0.2

No torch here: suites are read, listed and planned at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cjkv_phon_train.config import OPTIONS, read_toml
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.experiments.suite import Dataset, Suite, Variant
from cjkv_phon_train.options import convert
from cjkv_phon_train.presets import named

BUILT_IN = Path(__file__).resolve().parent / "suites"
COMMON = "common"
"""Not a suite of its own: what the built-in suites extend."""

TOP = (
    "extends", "name", "title", "description", "seeds", "baseline", "profile", "use", "common",
    "profiles", "datasets", "variants",
)  # fmt: skip
LARGEST_SEED = 2**32
"""NumPy's generators take no larger ones."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*\Z")


def built_in() -> list[str]:
    """Return the names of the suites that come with the package."""
    return sorted(path.stem for path in BUILT_IN.glob("*.toml") if path.stem != COMMON)


def load_suite(suite: str | Path) -> Suite:
    """Read a suite.

    Args:
        suite: A file, or the name of a built-in suite.

    Raises:
        SettingsError: On anything in it that does not exist, with what there is.
    """
    path = _find(str(suite), Path())
    return _checked(_extended(path, ()), path)


def _find(name: str, folder: Path) -> Path:
    if _NAME.match(name) and (BUILT_IN / f"{name}.toml").is_file():
        return BUILT_IN / f"{name}.toml"
    path = folder / name
    if path.is_file():
        return path
    raise SettingsError(
        f"there is no suite {name!r}: name a TOML file, or one of: {', '.join(built_in())}"
    )


def _extended(path: Path, seen: tuple[Path, ...]) -> dict[str, Any]:
    """Read a file on top of what it extends; tables are merged, the file has the last word."""
    if path.resolve() in seen:
        raise SettingsError(f"{path} extends itself: take its line extends = … away")
    tables = read_toml(path)
    for key in tables:
        if key not in TOP:
            raise SettingsError(f"{path}: there is no {key!r} at the top{_near(key, TOP)}")
    below = tables.pop("extends", "")
    if not below:
        return tables
    base = _extended(_find(str(below), path.parent), (*seen, path.resolve()))
    merged: dict[str, Any] = _merged(base, tables)
    return merged


def _merged(base: Any, more: Any) -> Any:
    if not isinstance(base, Mapping) or not isinstance(more, Mapping):
        return more
    return {**base, **{key: _merged(base.get(key), value) for key, value in more.items()}}


def _checked(tables: Mapping[str, Any], path: Path) -> Suite:
    where = str(path)
    for key in ("datasets", "variants", "profiles"):
        for name, table in _table(tables, key, where).items():
            if not _NAME.match(name) or not isinstance(table, Mapping):
                raise SettingsError(
                    f"{where}: [{key}.{name}] should be a table whose name has only letters, "
                    "digits and - _ . + (folders are named by it)"
                )
    name = str(tables.get("name", path.stem))
    if not _NAME.match(name):
        raise SettingsError(
            f"{where}: name = {name!r} should have only letters, digits and - _ . + (files are "
            'named by it): write name = "mine" at the top'
        )
    seeds = checked_seeds(tables.get("seeds", list(Suite.seeds)), f"{where}: seeds")
    datasets = {
        name: _dataset(name, table, where)
        for name, table in _table(tables, "datasets", where).items()
    }
    used = _names(tables, "use", where)
    for one in used:
        if one not in datasets:
            raise SettingsError(f"{where}: use = {one!r} is none of: {', '.join(datasets)}")
    variants = {
        name: _variant(name, table, where, datasets)
        for name, table in _table(tables, "variants", where).items()
    }
    profiles = {
        name: checked_options(table, f"{where}: [profiles.{name}]")
        for name, table in _table(tables, "profiles", where).items()
    }
    suite = Suite(
        name=name,
        title=str(tables.get("title", "")),
        description=str(tables.get("description", "")),
        seeds=seeds,
        baseline=str(tables.get("baseline", "")),
        profile=str(tables.get("profile", "")),
        common=checked_options(_table(tables, "common", where), f"{where}: [common]"),
        profiles=profiles,
        datasets={name: datasets[name] for name in used or datasets},
        variants=variants,
    )
    named_here = [("baseline", suite.baseline, list(variants))]
    named_here += [("against", one.against, list(variants)) for one in variants.values()]
    named_here += [("profile", suite.profile, list(profiles))]
    for key, said, known in named_here:
        if said and said not in known:
            raise SettingsError(f"{where}: {key} = {said!r} is none of: {', '.join(known)}")
    return suite


def checked_seeds(seeds: Any, place: str) -> tuple[int, ...]:
    """Return seeds, each once.

    Raises:
        SettingsError: If they are not what random generators take.
    """
    right = isinstance(seeds, (list, tuple)) and all(type(seed) is int for seed in seeds)
    if not right or not seeds or not all(0 <= seed < LARGEST_SEED for seed in seeds):
        raise SettingsError(
            f"{place} should be whole numbers from 0 to {LARGEST_SEED - 1}, such as [111, 222]"
        )
    return tuple(dict.fromkeys(seeds))


def _names(table: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    names = table.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise SettingsError(f'{place}: {key} should be a list: {key} = ["NAME", …]')
    return tuple(names)


def _table(tables: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    table = tables.get(key, {})
    if not isinstance(table, Mapping):
        raise SettingsError(f"{where}: {key} should be a table: [{key}]")
    return table


def _dataset(name: str, table: Mapping[str, Any], where: str) -> Dataset:
    place = f"{where}: [datasets.{name}]"
    preset = str(table.get("preset", ""))
    if preset:
        named("preset", preset)
    label = str(table.get("label", name))
    return Dataset(name, preset, label, checked_options(table, place, ("preset", "label")))


_OF_VARIANTS = ("variant", "label", "paper", "against", "datasets", "needs", "on")


def _variant(
    name: str, table: Mapping[str, Any], where: str, datasets: Mapping[str, Dataset]
) -> Variant:
    place = f"{where}: [variants.{name}]"
    row = str(table.get("variant", ""))
    if row:
        named("variant", row)
    on = _table(table, "on", place)
    for key in on:
        _table(on, key, f"{place[:-1]}.on]")
    only = _names(table, "datasets", place)
    for dataset in (*only, *on):
        if dataset not in datasets:
            raise SettingsError(
                f"{place}: there is no data set {dataset!r}; there are: {', '.join(datasets)}"
            )
    return Variant(
        name,
        row,
        str(table.get("label", name)),
        str(table.get("paper", "")),
        str(table.get("against", "")),
        only,
        _names(table, "needs", place),
        checked_options(table, place, _OF_VARIANTS),
        {key: checked_options(value, f"{place[:-1]}.on.{key}]") for key, value in on.items()},
    )


def checked_options(
    table: Mapping[str, Any], place: str, reserved: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the options of a table in their types.

    Raises:
        SettingsError: If there is no such option, with the nearest one there is.
    """
    keys = set(reserved)
    found = {}
    for name, value in table.items():
        if name in keys:
            continue
        if name not in OPTIONS or name in ("seed", "output"):
            raise SettingsError(f"{place}: there is no option {name!r}{_near(name, OPTIONS)}")
        found[name] = convert(OPTIONS[name][1], value)
    return found


def _near(name: str, known: Iterable[str]) -> str:
    known = [one for one in known if one not in ("seed", "output")]
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; there are: {', '.join(known)}"
