"""From run directories to a `summary.Summary`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cjkv_phon_train.config import PATHS
from cjkv_phon_train.errors import TrainingError
from cjkv_phon_train.experiments.records import MEASURES, Gold, Run, Wrong
from cjkv_phon_train.experiments.summary import Summary, described, load, merge
from cjkv_phon_train.run_directory import (
    DATA,
    EMBEDDINGS,
    ENVIRONMENT,
    RESULTS,
    SENTENCES,
    SETTINGS,
    read_json,
)

LEFT_OUT = frozenset({"output", "seed", "resume", "tensorboard", "push_to_hub", "log_steps"})
"""Options that say nothing about a number."""

SUITES = "*.suite.json"
"""What suites say of themselves, in the folder of their runs."""

_SEPARATOR, _ENDS = r"[/\\]", "/\\"

POINTS = 40
"""Most points of a learning curve; neighbours are averaged."""


def gather(places: Sequence[str | Path]) -> Summary:
    """Read run directories, folders of them, and summary files.

    Raises:
        TrainingError: If there is no finished run, or one occurs twice.
    """
    found = merge(load(place) if Path(place).is_file() else collect(place) for place in places)
    if not found.runs:
        waiting = f" ({len(found.unfinished)} not finished)" if found.unfinished else ""
        raise TrainingError(
            f"no finished run in {', '.join(map(str, places))}{waiting}: name what was given to "
            "cjkv-phon-train train --output or experiment --out, or a summary file"
        )
    return found


def collect(folder: str | Path) -> Summary:
    """Read every run below a folder.

    A run directory is told by its ``settings.json``; without a ``results.json``
    that can be read it is unfinished. ``<dataset>/<variant>/<seed>`` names a run of a suite; any
    other run has its folder's name as variant, ``task-source-target`` as dataset.

    Raises:
        TrainingError: If the folder does not exist, or a finished run is damaged.
    """
    root = Path(folder)
    if not root.is_dir():
        raise TrainingError(
            f"{folder} is neither a folder nor a summary file: name what was given to "
            "cjkv-phon-train train --output or experiment --out"
        )
    runs: list[Run] = []
    gold: dict[str, Gold] = {}
    unfinished: list[str] = []
    for path in _directories(root):
        if _finished(path):
            try:
                run, seen = read_run(path)
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                raise TrainingError(
                    f"{path} holds a damaged run ({type(error).__name__}: {error}): delete the "
                    "folder and train again, or move it elsewhere"
                ) from error
            runs.append(run)
            gold |= seen
        else:
            unfinished.append(path.relative_to(root).as_posix())
    return merge([Summary(tuple(runs), gold, tuple(unfinished), _suites(root))])


def _suites(root: Path) -> tuple[dict[str, Any], ...]:
    """Return the descriptions of the suites whose folder this is, or is part of."""
    place = root.resolve()
    for folder in (place, *place.parents[:3]):
        found = sorted(folder.glob(SUITES))
        if found:
            return tuple(_description(path) for path in found)
    return ()


def _description(path: Path) -> dict[str, Any]:
    try:
        return described(read_json(path))
    except (ValueError, TypeError) as error:
        raise TrainingError(
            f"{path} does not describe a suite: delete it, and type cjkv-phon-train experiment "
            "SUITE again, which writes it anew"
        ) from error


def _finished(path: Path) -> bool:
    """Say whether results were written whole; what was killed meanwhile is not finished."""
    try:
        return (path / RESULTS).is_file() and isinstance(read_json(path / RESULTS), dict)
    except ValueError:
        return False


def read_run(path: Path) -> tuple[Run, dict[str, Gold]]:
    """Read one run directory and the gold counts that it holds."""
    tables = read_json(path / SETTINGS)
    seed = int(tables["training"]["seed"])
    options = {
        # Of a path, only the last part says something elsewhere.
        name: _last_parts(value) if name in PATHS else value
        for table in tables.values()
        for name, value in table.items()
        if name not in LEFT_OUT
    }
    dataset, variant = _names(path, seed, options)
    results = read_json(path / RESULTS)
    corpora = _optional(path / SENTENCES, {"corpora": {}})["corpora"]
    environment = _optional(path / ENVIRONMENT, {})
    data = _optional(path / DATA, {"corpora": []})["corpora"]
    train = results.get("train", {})
    run = Run(
        dataset=dataset,
        variant=variant,
        seed=seed,
        options=options,
        scores={
            name: {measure: round(one[measure], 4) for measure in MEASURES}
            for name, one in results["scores"].items()
        },
        wrong={name: _wrong(table) for name, table in corpora.items()},
        curve=curve(results.get("history", [])),
        seconds=round(train.get("train_runtime", 0.0), 1),
        steps=int(results.get("steps", 0)),
        epochs=round(train.get("epoch", 0.0), 3),
        environment=environment,
        data=[{k: c[k] for k in ("role", "lang", "sentences", "words", "phonemes")} for c in data],
        embeddings=_drawn(_optional(path / EMBEDDINGS, {})),
    )
    return run, {table["digest"][:16]: _gold(table) for table in corpora.values()}


def curve(history: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, list[float | None]]]:
    """Turn the Trainer's log into columns.

    Returns:
        ``train``: epoch, step, loss, loss_task …, oe_norm, pe_norm, at most
        `POINTS` points, neighbours averaged. ``dev``: epoch, step, and source
        and target F1 after each epoch (target where it was watched).
    """
    steps = [entry for entry in history if "loss" in entry]
    names = [n for n in dict.fromkeys(k for e in steps for k in e) if _kept(n)]
    parts = np.array_split(np.arange(len(steps)), min(POINTS, len(steps)) or 1)
    train = {
        name: [_mean([steps[i][name] for i in part if name in steps[i]]) for part in parts]
        for name in names
    }
    dev = [e for e in history if "eval_f1" in e or "eval_source_f1" in e]
    targets = {entry["step"]: entry["eval_target_f1"] for entry in history if _target(entry)}
    columns: dict[str, list[float | None]] = {
        "epoch": [_mean([e["epoch"]]) for e in dev],
        "step": [_mean([e["step"]]) for e in dev],
        "source": [_mean([e.get("eval_source_f1", e.get("eval_f1"))]) for e in dev],
    }
    if targets:
        columns["target"] = [_mean([targets[e["step"]]] if e["step"] in targets else [])
                             for e in dev]  # fmt: skip
    return {"train": train, "dev": columns}


def _directories(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob(SETTINGS), key=lambda p: _order(p.relative_to(root).parts)):
        if not any(part.startswith("checkpoint-") for part in path.relative_to(root).parts):
            yield path.parent


def _order(parts: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _names(path: Path, seed: int, options: Mapping[str, Any]) -> tuple[str, str]:
    parts = path.resolve().parts
    if len(parts) > 3 and parts[-1] == str(seed):
        return parts[-3], parts[-2]
    languages = "-".join([*options["source"], *options["target"]])
    return f"{options['task']}-{languages}", parts[-1].removesuffix(f"-{seed}")


def _last_parts(value: Any) -> Any:
    if isinstance(value, list):
        return [_last_parts(item) for item in value]
    # Translations may be several files: ja-ko:PATH::PATH.
    return "::".join(_last_part(path) for path in value.split("::"))


def _last_part(value: str) -> str:
    head, colon, path = value.rpartition(":")
    return f"{head}{colon}{re.split(_SEPARATOR, path.rstrip(_ENDS))[-1]}"


def _optional(path: Path, default: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = read_json(path) if path.is_file() else default
    return value


def _gold(table: Mapping[str, Any]) -> Gold:
    blocks = np.asarray(table["block_gold"])
    real = np.flatnonzero(blocks.sum(0)).tolist()
    labels = [table["labels"][i] for i in real]
    return Gold(table["words"], table["entities_gold"], labels, blocks[:, real].tolist())


def _wrong(table: Mapping[str, Any]) -> Wrong:
    gold, said, right = (np.asarray(table[f"block_{kind}"]) for kind in ("gold", "said", "right"))
    real = np.flatnonzero(gold.sum(0))
    entities, found, correct = (
        np.asarray(table[f"entities_{kind}"]) for kind in ("gold", "said", "right")
    )
    return Wrong(
        table["digest"][:16],
        (np.asarray(table["words"]) - table["words_right"]).tolist(),
        (entities - correct).tolist(),
        (found - correct).tolist(),
        (gold - right)[:, real].tolist(),
        (said - right)[:, real].tolist(),
        table["confusion_labels"],
        table["confusion"],
    )


def _drawn(embeddings: dict[str, Any]) -> dict[str, Any]:
    """Leave the words out: the picture shows points, and the data are not ours to spread."""
    return {k: v for k, v in embeddings.items() if k != "words"}


def _kept(name: str) -> bool:
    return name in ("epoch", "step", "learning_rate") or name.startswith("loss") or "_norm" in name


def _target(entry: Mapping[str, Any]) -> bool:
    return "eval_target_f1" in entry


def _mean(values: Sequence[float | None]) -> float | None:
    real = [value for value in values if value is not None]
    return float(f"{sum(real) / len(real):.5g}") if real else None
