"""A finished run goes to the hub, without checkpoints, words of the data and local paths."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from cjkv_phon_train.run_directory import (
    DATA,
    EMBEDDINGS,
    SENTENCES,
    SETTINGS,
    read_json,
    write_json,
)

WITH_PATHS = (SETTINGS, DATA, "config.json")
"""Files that say where something lay; copies without folders go up in their place."""

KEPT = ("checkpoint-*", "training_args.bin", "*.part", SENTENCES, EMBEDDINGS, *WITH_PATHS)
"""What stays here."""

_FOLDERS = re.compile(r"(?:^|(?<=:))(?:[A-Za-z]:)?[/\\](?:[^/\\:]+[/\\])+")


def push(folder: Path, repository: str) -> None:
    """Upload a run directory to the hub.

    Args:
        folder: The run directory.
        repository: Such as ``me/tagger``; made if there is none.
    """
    import huggingface_hub

    hub = huggingface_hub.HfApi()
    hub.create_repo(repository, exist_ok=True)
    hub.upload_folder(repo_id=repository, folder_path=folder, ignore_patterns=list(KEPT))
    with tempfile.TemporaryDirectory(prefix="cjkv-phon-") as clean:
        for name in WITH_PATHS:
            write_json(Path(clean) / name, without_folders(read_json(folder / name)))
        hub.upload_folder(repo_id=repository, folder_path=clean)


def without_folders(value: Any) -> Any:
    """Return a JSON value whose absolute paths are cut to their last part.

    Example:
        >>> without_folders({"dictionary": ["ja-ko:/home/me/d.txt"], "lr": 0.1})
        {'dictionary': ['ja-ko:d.txt'], 'lr': 0.1}
    """
    if isinstance(value, dict):
        return {name: without_folders(one) for name, one in value.items()}
    if isinstance(value, list):
        return [without_folders(one) for one in value]
    return _FOLDERS.sub("", value) if isinstance(value, str) else value
