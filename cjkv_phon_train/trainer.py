"""`PhoneXLTrainer`: what the Hugging Face Trainer does not do by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import Trainer, TrainerCallback

from cjkv_phon_train.collator import TaggingDataset
from cjkv_phon_train.config import TrainSettings
from cjkv_phon_train.switching import Draws

Scorer = Callable[[Any, Any], dict[str, float]]

MEGABATCH = 50
"""Batches among which sentences of like length are put together."""


class EpochSampler(torch.utils.data.Sampler[int]):
    """An order that depends on seed and epoch alone, so that resuming repeats it.

    Args:
        lengths: Length of each item.
        group: Items of one step over all processes.
        draws: Holds seed and epoch.
        by_length: Put items of like length into a step; steps are shuffled.
    """

    def __init__(
        self, lengths: Sequence[int], group: int, draws: Draws, by_length: bool = True
    ) -> None:
        self.lengths = np.asarray(lengths)
        self.group = group
        self.draws = draws
        self.by_length = by_length

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Iterator[int]:
        generator = np.random.default_rng((self.draws.seed, self.draws.epoch))
        order = generator.permutation(len(self.lengths))
        if not self.by_length:
            yield from order.tolist()
            return
        size = MEGABATCH * self.group
        steps: list[np.ndarray[Any, Any]] = []
        for start in range(0, len(order), size):
            part = order[start : start + size]
            part = part[np.argsort(-self.lengths[part], kind="stable")]
            steps += [part[at : at + self.group] for at in range(0, len(part), self.group)]
        # A step that is not full must stay last, or it would shift all behind it.
        full = [step for step in steps if len(step) == self.group]
        rest = [step for step in steps if len(step) < self.group]
        for place in generator.permutation(len(full)):
            yield from full[place].tolist()
        for step in rest:
            yield from step.tolist()


class EpochClock(TrainerCallback):  # type: ignore[misc]
    """Tell sampler and collator which epoch begins."""

    def __init__(self, draws: Draws) -> None:
        self.draws = draws

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Set the epoch; resumed in the middle of one, that one goes on."""
        self.draws.epoch = int((state.epoch or 0) + 1e-6)


class PhoneXLTrainer(Trainer):  # type: ignore[misc]
    """A Trainer with exact loss scaling, its own order, and several learning rates.

    Args:
        settings: Learning rates, length grouping.
        draws: Source of randomness shared with the collator.
        scorer: Dataset and predictions to measures.
        **arguments: Of `transformers.Trainer`.
    """

    def __init__(
        self, settings: TrainSettings, draws: Draws, scorer: Scorer, **arguments: Any
    ) -> None:
        self.run_settings = settings
        self.draws = draws
        self._terms: dict[str, Tensor] = {}
        self._passes = 0
        self._logged_step = 0
        self._scored: TaggingDataset | None = None
        super().__init__(
            compute_metrics=lambda result: scorer(self._scored, result.predictions), **arguments
        )
        self.add_callback(EpochClock(draws))

    def _get_train_sampler(self, train_dataset: Any = None) -> EpochSampler:
        dataset: TaggingDataset = train_dataset or self.train_dataset
        group = self.args.train_batch_size * self.args.world_size
        group *= self.args.gradient_accumulation_steps
        return EpochSampler(dataset.lengths, group, self.draws, self.run_settings.group_by_length)

    def _get_num_items_in_batch(self, batch_samples: list[Any], device: torch.device) -> Any:
        """Count the items of each objective over the whole step: all batches, all processes."""
        if not batch_samples or "labels" not in batch_samples[0]:
            return None
        model = self.accelerator.unwrap_model(self.model)
        counts = torch.stack([model.count_items(batch) for batch in batch_samples]).sum(0)
        counts = counts.to(device)
        if self.args.world_size > 1:
            counts = self.accelerator.reduce(counts, "sum")
        return counts

    def evaluation_loop(self, dataloader: Any, *args: Any, **kwargs: Any) -> Any:
        """Remember which dataset is scored: the scorer puts split sentences together."""
        self._scored = dataloader.dataset
        return super().evaluation_loop(dataloader, *args, **kwargs)

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """Build AdamW with a learning rate for the backbone, for new heads, for sounds."""
        if getattr(self, "optimizer", None) is None:
            groups = parameter_groups(self.model if model is None else model, self.run_settings)
            kind, options = self.get_optimizer_cls_and_kwargs(self.args, self.model)
            self.optimizer: torch.optim.Optimizer = kind(groups, **options)
        return self.optimizer

    def compute_loss(
        self,
        model: Any,
        inputs: dict[str, Any],
        return_outputs: bool = False,
        num_items_in_batch: Any = None,
    ) -> Any:
        """Compute the loss and remember each objective's part for the log."""
        loss, outputs = super().compute_loss(
            model, inputs, return_outputs=True, num_items_in_batch=num_items_in_batch
        )
        if model.training:
            if not self._passes:
                self._logged_step = self.state.global_step
            self._passes += 1
            for name, value in (outputs["terms"] or {}).items():
                known = self._terms.get(name)
                self._terms[name] = value.detach() if known is None else known + value.detach()
        return (loss, outputs) if return_outputs else loss

    def log(self, logs: dict[str, float], *args: Any, **kwargs: Any) -> None:
        """Add objectives and norms to the training log."""
        if "loss" in logs and self._passes:
            steps = max(self.state.global_step - self._logged_step, 1)
            for name, value in self._terms.items():
                if name.endswith("_norm"):
                    value = self.accelerator.reduce(value, "mean") / self._passes
                else:
                    value = self.accelerator.reduce(value, "sum") / steps
                logs[name if name.endswith("_norm") else f"loss_{name}"] = value.item()
            self._terms, self._passes = {}, 0
        super().log(logs, *args, **kwargs)


def parameter_groups(model: torch.nn.Module, settings: TrainSettings) -> list[dict[str, Any]]:
    """Sort parameters by learning rate: backbone, phonemic and language vectors, the rest.

    Weight decay spares biases, norms and CRF transitions (anything below two dimensions
    or named so).
    """
    rates = {"encoder": settings.lr, "vectors": settings.phoneme_lr}
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        part = name.removeprefix("module.").partition(".")[0]
        rate = settings.phoneme_lr if "temperature" in name else rates.get(part, settings.new_lr)
        plain = parameter.dim() < 2 or "norm" in name.lower() or "transitions" in name
        groups.setdefault((rate, 0.0 if plain else settings.weight_decay), []).append(parameter)
    return [
        {"params": parameters, "lr": rate, "weight_decay": decay}
        for (rate, decay), parameters in groups.items()
    ]
