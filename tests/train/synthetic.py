"""Run directories without training: tags drawn at random, written as `training.train` does."""

from __future__ import annotations

import random
from pathlib import Path

from cjkv_phon_train.config import load_settings
from cjkv_phon_train.counts import count
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.metrics import score
from cjkv_phon_train.run_directory import write_compact, write_json

Rows = list[list[str]]


def sentences(size: int, seed: int, task: str = "udpos", length: int = 8) -> Rows:
    """Draw gold labels."""
    rng = random.Random(seed)
    labels = label_set(task)
    return [
        [rng.choice(labels) for _ in range(rng.randint(1, 2 * length - 1))] for _ in range(size)
    ]


def guess(gold: Rows, accuracy: float, seed: int) -> Rows:
    """Keep a share of the labels and draw the others among those that occur."""
    rng = random.Random(seed)
    labels = sorted({label for row in gold for label in row})
    return [
        [label if rng.random() < accuracy else rng.choice(labels) for label in row] for row in gold
    ]


def make_run(
    folder: Path,
    tags: dict[str, tuple[Rows, Rows]],
    seed: int,
    variant: str = "baseline",
    preset: str = "udpos-ja-ko",
) -> Path:
    """Write a run directory: corpus → gold and predicted labels."""
    source = preset.split("-")[1]
    settings = load_settings(
        preset,
        variant,
        values={"seed": seed, "output": str(folder), "backbone": "/home/me/backbone",
                "train": [f"{source}:/home/me/train-{source}.tsv.gz"], "watch_target": True},
    )  # fmt: skip
    task = settings.data.task
    write_json(folder / "settings.json", settings.as_dict())
    scores = {name: score(*pair, task).as_dict() for name, pair in tags.items()}
    target = max(tags)
    history = [{"epoch": i / 10, "step": i, "loss": 3 / (1 + i), "pe_norm": 0.1, "oe_norm": 1.0}
               for i in range(1, 31)]  # fmt: skip
    for epoch in (1.0, 2.0, 3.0):
        for name, corpus in (("source", min(tags)), ("target", target)):
            f1 = scores[corpus]["f1"] - 3 / epoch
            history.append({"epoch": epoch, "step": int(10 * epoch), f"eval_{name}_f1": f1})
    write_json(
        folder / "results.json",
        {"scores": scores, "train": {"train_runtime": 60.0 + seed, "epoch": 3.0}, "steps": 30,
         "best_source_f1": 90.0, "history": history},
    )  # fmt: skip
    corpora = {name: count(*pair, task).as_dict() for name, pair in tags.items()}
    write_compact(folder / "sentences.json", {"format": 1, "task": task, "corpora": corpora})
    write_json(
        folder / "environment.json",
        {"device": "cpu", "devices": 0, "threads": 1, "git": "abc", "versions": {"torch": "2.13"}},
    )
    found = [
        {"role": name.split("-")[0], "lang": name.split("-")[1], "path": "/home/me/x.tsv",
         "sentences": len(gold), "words": sum(map(len, gold)), "sha256": "0", "phonemes": "none"}
        for name, (gold, _) in {f"train-{source}": tags[min(tags)], **tags}.items()
    ]  # fmt: skip
    write_json(folder / "data.json", {"corpora": found})
    if variant != "baseline":
        rng = random.Random(seed)
        points = [[rng.gauss(0, 1), rng.gauss(0, 1)] for _ in range(20)]
        write_compact(
            folder / "embeddings.json",
            {"words": ["東京"] * 20, "langs": [source] * 10 + ["ko"] * 10, "oe": points,
             "pe": [[x / 9, y / 9] for x, y in points], "explained": [0.5, 0.2],
             "cosine": {source: {"same": 0.2, "other": 0.1}, "ko": {"same": 0.1, "other": 0.1}}},
        )  # fmt: skip
    return folder


def make_suite(folder: Path, seeds: tuple[int, ...] = (111, 222), size: int = 60) -> Path:
    """Write two datasets × three variants × seeds; ``full`` is better on the target."""
    for preset in ("panx-zh-vi", "udpos-ja-ko"):
        task, source, target = preset.split("-")
        near, far = sentences(size, 1, task), sentences(size, 2, task)
        for variant, shift in (("baseline", 0.0), ("full", 0.25), ("pe", 0.0)):
            for seed in seeds:
                tags = {f"dev-{source}": (near, guess(near, 0.9, seed)),
                        f"dev-{target}": (far, guess(far, 0.5 + shift, seed + 1))}  # fmt: skip
                make_run(folder / preset / variant / str(seed), tags, seed, variant, preset)
    return folder
