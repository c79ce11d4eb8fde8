"""A run from settings to a saved, scored and documented model."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import EarlyStoppingCallback, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from cjkv_phon_train.collator import TaggingDataset
from cjkv_phon_train.config import Settings
from cjkv_phon_train.counts import count
from cjkv_phon_train.errors import CheckpointError, device_memory
from cjkv_phon_train.metrics import score
from cjkv_phon_train.model_card import write_card
from cjkv_phon_train.preparation import Prepared, prepare
from cjkv_phon_train.projection import project
from cjkv_phon_train.publishing import push
from cjkv_phon_train.run_directory import (
    DATA,
    EMBEDDINGS,
    ENVIRONMENT,
    RESULTS,
    SENTENCES,
    SETTINGS,
    describe_data,
    differences,
    environment,
    read_settings,
    write_compact,
    write_json,
)
from cjkv_phon_train.trainer import PhoneXLTrainer

EXTENDABLE = frozenset({"epochs", "max_steps", "patience"})
"""Options that may change when a run is gone on with: it trains longer, or stops sooner."""

Rows = list[list[str]]
"""Labels, a list a sentence."""


def train(settings: Settings) -> dict[str, Any]:
    """Train, keep the best model on source dev, score every dev and test file.

    Args:
        settings: See `config.Settings`.

    Returns:
        What ``results.json`` of the run directory holds.

    Raises:
        CjkvPhonError: With what to type next.
    """
    t = settings.training
    folder = Path(t.output)
    check_resumable(folder, settings)
    arguments = training_arguments(settings)
    # What is converted, trimmed or downloaded is so by one process, then found by the others.
    with arguments.main_process_first(desc="data and backbone"):
        prepared = prepare(settings)
    trainer = build_trainer(prepared, arguments)
    main = trainer.is_world_process_zero()
    if main:
        write_json(folder / SETTINGS, settings.as_dict())
        write_json(folder / DATA, describe_data(prepared))
        write_json(folder / ENVIRONMENT, environment())
    checkpoint = get_last_checkpoint(str(folder)) if t.resume and folder.is_dir() else None
    with device_memory(t.batch_size, t.accumulate):
        outcome = trainer.train(resume_from_checkpoint=checkpoint)
        trainer.save_model(str(folder))
        tags = predictions(trainer, prepared)
        # Where weights are spread over processes, one alone has no table to look at.
        whole = not (trainer.is_fsdp_enabled or trainer.is_deepspeed_enabled)
        model = trainer.accelerator.unwrap_model(trainer.model)
        view = project(prepared, model) if main and whole else None
    task = settings.data.task
    scores = {name: score(*pair, task) for name, pair in tags.items()}
    results = {
        "scores": {name: one.as_dict() for name, one in scores.items()},
        "train": outcome.metrics,
        "steps": trainer.state.global_step,
        "best_source_f1": trainer.state.best_metric,
        "history": trainer.state.log_history,
    }
    if main:
        prepared.encoder.tokenizer.save_pretrained(folder)
        corpora = {name: count(*pair, task).as_dict() for name, pair in tags.items()}
        write_compact(folder / SENTENCES, {"format": 1, "task": task, "corpora": corpora})
        if view is not None:
            write_compact(folder / EMBEDDINGS, view)
        write_card(folder, settings, describe_data(prepared), results)
        # Last, as a run that has it is done.
        write_json(folder / RESULTS, results)
        if t.push_to_hub:
            push(folder, t.push_to_hub)
    return results


def build_trainer(prepared: Prepared, arguments: TrainingArguments) -> PhoneXLTrainer:
    """Set up the Trainer: data, schedule, early stopping on source dev."""
    settings = prepared.settings
    t = settings.training
    source = set(settings.data.source)
    dev = prepared.corpora_of("dev")
    selecting = prepared.corpora_of("switched") if t.select == "switched" else dev
    selection = prepared.dataset([c for c in selecting if c.source.lang in source])
    watched: Any = selection
    if t.watch_target:
        target = prepared.dataset([c for c in dev if c.source.lang not in source])
        watched = {"source": selection, "target": target}
    callbacks = []
    if t.patience and t.keep == "best":
        callbacks.append(EarlyStoppingCallback(early_stopping_patience=t.patience))
    return PhoneXLTrainer(
        t,
        prepared.collator.draws,
        _scorer(prepared),
        model=prepared.model,
        args=arguments,
        train_dataset=prepared.dataset(prepared.corpora_of("train"), augment=True),
        eval_dataset=watched,
        data_collator=prepared.collator,
        callbacks=callbacks,
    )


def training_arguments(settings: Settings) -> TrainingArguments:
    """Translate settings for the Hugging Face Trainer."""
    t = settings.training
    best = t.keep == "best"
    arguments = TrainingArguments(
        output_dir=t.output,
        num_train_epochs=t.epochs,
        max_steps=t.max_steps or -1,
        per_device_train_batch_size=t.batch_size,
        per_device_eval_batch_size=max(32, 2 * t.batch_size),
        gradient_accumulation_steps=t.accumulate,
        learning_rate=t.lr,
        weight_decay=t.weight_decay,
        warmup_steps=t.warmup,
        max_grad_norm=t.clip,
        lr_scheduler_type="linear",
        eval_strategy="epoch",
        save_strategy="epoch",
        save_total_limit=2,
        load_best_model_at_end=best,
        metric_for_best_model="eval_source_f1" if t.watch_target else "eval_f1",
        greater_is_better=True,
        restore_callback_states_from_checkpoint=True,
        logging_steps=t.log_steps,
        report_to=["tensorboard"] if t.tensorboard else [],
        seed=t.seed,
        data_seed=t.seed,
        bf16=t.precision == "bf16",
        fp16=t.precision == "fp16",
        use_cpu=not torch.cuda.is_available(),
        dataloader_num_workers=t.workers,
        dataloader_pin_memory=torch.cuda.is_available(),
        remove_unused_columns=False,
        label_names=["labels"],
        disable_tqdm=not sys.stderr.isatty(),
        ddp_find_unused_parameters=False,
    )
    # Several GPUs in one process would mean DataParallel, which cuts batches apart:
    # torchrun or accelerate start a process a GPU instead.
    arguments._n_gpu = min(arguments.n_gpu, 1)
    return arguments


def predictions(trainer: PhoneXLTrainer, prepared: Prepared) -> dict[str, tuple[Rows, Rows]]:
    """Tag every dev and test corpus; return gold and predicted labels by its name."""
    found = {}
    roles = ("dev", "switched", "test")
    for corpus in (corpus for role in roles for corpus in prepared.corpora_of(role)):
        dataset = prepared.dataset([corpus])
        output = np.asarray(trainer.predict(dataset).predictions)
        name = f"{corpus.source.role}-{corpus.source.lang}"
        found[name] = joined(dataset, output, prepared.model.config.label_names)
    return found


def joined(
    dataset: TaggingDataset, predictions: np.ndarray[Any, Any], labels: tuple[str, ...]
) -> tuple[list[list[str]], list[list[str]]]:
    """Put the pieces of split sentences together again.

    Args:
        dataset: What was predicted, in order.
        predictions: (pieces, words) label ids, padded.
        labels: Names of the ids.

    Returns:
        Gold and predicted labels, a list a sentence.
    """
    gold: list[list[str]] = [[] for _ in range(dataset.sentences)]
    said: list[list[str]] = [[] for _ in range(dataset.sentences)]
    for piece, row in zip(dataset.pieces, predictions, strict=True):
        gold[piece.sentence] += piece.example.given_labels or ()
        size = len(piece.example.tokens)
        said[piece.sentence] += piece.example.dealt([labels[i] for i in row[:size]])
    return gold, said


def check_resumable(folder: Path, settings: Settings) -> None:
    """Refuse to go on with, or to write over, a run of other settings.

    Raises:
        CheckpointError: With what differs and what to type.
    """
    path = folder / SETTINGS
    if not path.is_file():
        return
    if not settings.training.resume:
        raise CheckpointError(
            f"{folder} holds a run already: type --resume to go on with it, or another --output"
        )
    differs = differences(read_settings(folder), settings, EXTENDABLE)
    if differs:
        raise CheckpointError(
            f"the checkpoint in {folder} is of another configuration ({'; '.join(differs)}): "
            "type the same options, or another --output"
        )


def _scorer(prepared: Prepared) -> Callable[[TaggingDataset, Any], dict[str, float]]:
    """Return the function that scores predictions on a dataset."""
    labels = prepared.model.config.label_names
    task = prepared.settings.data.task

    def compute(dataset: TaggingDataset, predictions: Any) -> dict[str, float]:
        scores = score(*joined(dataset, np.asarray(predictions), labels), task)
        return {"f1": scores.f1, "accuracy": scores.accuracy, "macro_f1": scores.macro_f1}

    return compute
