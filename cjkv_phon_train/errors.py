"""Errors of training, on top of those of `cjkv_phon.errors`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cjkv_phon.errors import CjkvPhonError, MissingDependencyError, UnsupportedOptionError

EXTRA_MODULES = frozenset(
    {"torch", "transformers", "accelerate", "tokenizers", "torchcrf", "seqeval", "datasets",
     "tensorboard", "sentencepiece", "safetensors", "tomli"}
)  # fmt: skip
"""Modules that the extra ``[train]`` brings."""


class TrainingError(CjkvPhonError):
    """Training, evaluation or prediction cannot go on; the message says what to type."""


class SettingsError(UnsupportedOptionError):
    """An option, a preset or a TOML file asks for something that does not exist."""


class CheckpointError(CjkvPhonError, ValueError):
    """A checkpoint does not fit the run: other labels, objectives or backbone."""


class DeviceMemoryError(TrainingError, MemoryError):
    """The device ran out of memory."""


@contextmanager
def heavy() -> Iterator[None]:
    """Turn a missing package of the extra ``[train]`` into the pip command that installs it.

    Raises:
        MissingDependencyError: If one of `EXTRA_MODULES` is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name in EXTRA_MODULES:
            raise MissingDependencyError(name, "train") from error
        raise


@contextmanager
def device_memory(batch_size: int, accumulate: int) -> Iterator[None]:
    """Say what to change when the device runs out of memory.

    Raises:
        DeviceMemoryError: Instead of torch's own error.
    """
    import torch

    try:
        yield
    except torch.OutOfMemoryError as error:
        half = max(1, batch_size // 2)
        raise DeviceMemoryError(
            f"out of memory with batches of {batch_size}: type --batch-size {half} "
            f"--accumulate {accumulate * 2} (the same effective batch), --precision bf16, "
            "a smaller --max-length, or a trimmed backbone (cjkv-phon-train backbone trim)"
        ) from error
