"""Train PhoneXL: taggers that read how words sound, for zero-shot transfer ZH→VI and JA→KO.

Nothing heavy is imported until a name is used, so ``import cjkv_phon_train`` and
``cjkv-phon-train --help`` need no torch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cjkv_phon_train.config import Settings, load_settings
    from cjkv_phon_train.configuration import PhoneXLConfig
    from cjkv_phon_train.data import Example, read_examples
    from cjkv_phon_train.modeling import PhoneXLForTokenClassification
    from cjkv_phon_train.prediction import Tagger
    from cjkv_phon_train.training import train

_WHERE = {
    "Example": "data",
    "PhoneXLConfig": "configuration",
    "PhoneXLForTokenClassification": "modeling",
    "Settings": "config",
    "Tagger": "prediction",
    "load_settings": "config",
    "read_examples": "data",
    "train": "training",
}

__all__ = [
    "Example",
    "PhoneXLConfig",
    "PhoneXLForTokenClassification",
    "Settings",
    "Tagger",
    "load_settings",
    "read_examples",
    "train",
]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from cjkv_phon_train.errors import heavy

        with heavy():
            value = getattr(import_module(f"cjkv_phon_train.{_WHERE[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'cjkv_phon_train' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
