"""The run directory: everything that is needed to say how a number came about."""

from __future__ import annotations

import json
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cjkv_phon.io.output import FileOutput
from cjkv_phon.version import __version__
from cjkv_phon_train.config import Settings

if TYPE_CHECKING:
    from cjkv_phon_train.preparation import Prepared

SETTINGS, DATA, ENVIRONMENT, RESULTS = (
    "settings.json", "data.json", "environment.json", "results.json"
)  # fmt: skip
SENTENCES, EMBEDDINGS = "sentences.json", "embeddings.json"
"""Counts sentence by sentence (`counts`), word vectors in two dimensions (`projection`)."""
PACKAGES = (
    "torch", "transformers", "accelerate", "tokenizers", "pytorch-crf", "seqeval", "datasets",
    "numpy", "panphon",
)  # fmt: skip


UNIMPORTANT = frozenset(
    {"output", "resume", "workers", "tensorboard", "log_steps", "push_to_hub"}
)  # fmt: skip
"""Options that do not change what comes out."""


def write_json(path: Path, value: Any) -> None:
    """Write JSON that a person can read."""
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_compact(path: Path, value: Any) -> None:
    """Write JSON that is long and for programs."""
    write_whole(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, and the folder that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    output = FileOutput(str(path))
    try:
        output.write(content.encode("utf-8") if isinstance(content, str) else content)
        output.commit(None)
    except BaseException:
        output.abort()
        raise


def read_json(path: Path) -> Any:
    """Read JSON."""
    return json.loads(path.read_text(encoding="utf-8"))


def describe_data(prepared: Prepared) -> dict[str, Any]:
    """List every file with its hash, its size and what transcribed it."""
    return {
        "corpora": [
            {
                "role": corpus.source.role,
                "lang": corpus.source.lang,
                "path": corpus.source.path,
                "sentences": len(corpus.examples),
                "selection": corpus.selection,
                "words": sum(len(example.tokens) for example in corpus.examples),
                "sha256": corpus.digest,
                "phonemes": corpus.signature,
            }
            for corpus in prepared.corpora
        ],
        "dictionaries": [
            {"source": d.source, "target": d.target, "entries": len(d.entries)}
            for d in prepared.dictionaries
        ],
        "core_words": [
            {"source": c.source, "target": c.target, "entries": sum(map(len, c.entries.values()))}
            for c in prepared.core_words
        ],
        "parallel": [
            {"source": p.source, "target": p.target, "translations": len(p.translations)}
            for p in prepared.parallel
        ],
        "added_symbols": prepared.added,
        "trimmed": prepared.trimmed,
    }


def environment() -> dict[str, Any]:
    """Return versions, git revision and machine."""
    import torch

    found: dict[str, str] = {"cjkv-phon": __version__}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    cuda = torch.cuda.is_available()
    return {
        "versions": found,
        "python": platform.python_version(),
        "git": git_revision(),
        "device": torch.cuda.get_device_name(0) if cuda else "cpu",
        "devices": torch.cuda.device_count() if cuda else 0,
        "threads": torch.get_num_threads(),
    }


def git_revision() -> str:
    """Return the revision of the source, ``+`` behind it if changed, empty outside git.

    A package installed below somebody's own repository is no part of it.
    """
    folder = Path(__file__).resolve().parent
    try:
        _git(folder, "ls-files", "--error-unmatch", Path(__file__).name)
        head = _git(folder, "rev-parse", "HEAD")
        changed = _git(folder, "status", "--porcelain", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head + ("+" if changed else "")


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout.strip()


def local(run: str | Path) -> Path:
    """Return the folder of a run: as named, or fetched from the hub by its name.

    Raises:
        CheckpointError: If it is neither here nor on the hub.
    """
    from cjkv_phon_train.errors import CheckpointError

    folder = Path(run)
    if folder.is_dir():
        return folder
    import huggingface_hub

    try:
        return Path(huggingface_hub.snapshot_download(str(run)))
    except Exception as error:
        first = str(error).strip().split("\n")[0]
        raise CheckpointError(
            f"{run} is no folder here, nor can it be fetched from the hub ({first}). Name the "
            "folder given to cjkv-phon-train train --output"
        ) from error


def read_settings(folder: str | Path) -> Settings:
    """Read the settings that a run directory was made with.

    Raises:
        CheckpointError: If it is no run directory.
    """
    from cjkv_phon_train.errors import CheckpointError

    path = Path(folder) / SETTINGS
    if not path.is_file():
        raise CheckpointError(
            f"{folder} is no run directory: it has no {SETTINGS}. Name the folder given to "
            "cjkv-phon-train train --output"
        )
    return Settings.from_dict(read_saved(path))


def read_saved(path: Path) -> dict[str, Any]:
    """Read a table that a run left.

    Raises:
        CheckpointError: If it is damaged.
    """
    from cjkv_phon_train.errors import CheckpointError

    try:
        value = read_json(path)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise CheckpointError(
            f"{path} is damaged: delete {path.parent} and train again, or name another run"
        )
    return value


def differences(there: Settings, now: Settings, besides: frozenset[str] = frozenset()) -> list[str]:
    """List the options in which two runs differ, apart from those that change nothing.

    Args:
        there: What a run directory was made with; options that were not known then
            have their defaults.
        now: What is asked for.
        besides: Options that may differ, too.
    """
    old, new = there.as_dict(), now.as_dict()
    return [
        f"{name}: {old[part][name]!r} there, {value!r} now"
        for part, table in new.items()
        for name, value in table.items()
        if name not in UNIMPORTANT | besides and old[part][name] != value
    ]
