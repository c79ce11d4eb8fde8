"""What a run is told: every option of training, read from presets, TOML and the command line.

No torch here, so that ``cjkv-phon-train --help`` starts at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import ModuleType
from typing import Any

from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.options import NOT_NEGATIVE, SHARE, convert, declare

FUSIONS = ("input", "gated", "late", "attention")
"""Where sound meets spelling; what each does stands in `fusion`."""


@dataclass(frozen=True)
class DataSettings:
    """Where sentences come from and what of them is read."""

    task: str = declare("udpos", "Label set.", ("udpos", "panx"))
    source: tuple[str, ...] = declare(("ja",), "Languages with labelled training data.")
    target: tuple[str, ...] = declare(("ko",), "Languages to transfer to.")
    data: str = declare("", "Folder with train-ja, dev-ja, dev-ko … (.tsv, .gz …).", path=True)
    train: tuple[str, ...] = declare(
        (), "Training files, LANG:PATH, hub:ja for the hub.", path=True
    )
    dev: tuple[str, ...] = declare((), "Development files, LANG:PATH.", path=True)
    test: tuple[str, ...] = declare((), "Test files, LANG:PATH.", path=True)
    dictionary: tuple[str, ...] = declare((), "Bilingual dictionaries, ja-ko:PATH.", path=True)
    core_words: tuple[str, ...] = declare(
        (),
        "Closed classes, commonest words, and how the target writes them: builtin, ja-ko:PATH "
        "(see docs/training/baselines.md).",
        path=True,
    )
    parallel: tuple[str, ...] = declare(
        (),
        "Translations of training sentences, ja-ko:PATH (see docs/training/baselines.md).",
        path=True,
    )
    phonemes: str = declare("ipa", "What stands for sound.", ("ipa", "romanization"))
    scheme: str = declare("", "Transcribe with this scheme; empty: read the files' columns.")
    joined: bool = declare(
        False, "Transcribe what was cut into characters (PAN-X) in the context of its sentence."
    )
    merge: str = declare(
        "", "Merge characters to words for the model; scored by character.", ("", "words")
    )
    limit: int = declare(
        0, "Take only this many training sentences a file; 0: all.", bounds=NOT_NEGATIVE
    )
    hold_out: float = declare(
        0.0,
        "Share of the training sentences held out as source dev where no dev file is given.",
        bounds=NOT_NEGATIVE,
        below=1,
    )
    few_shot: int = declare(0, "Labelled target sentences added to training.", bounds=NOT_NEGATIVE)
    few_shot_pool: int = declare(
        0,
        "Target dev sentences kept for few-shot training, never scored; 0: 100 if few_shot.",
        bounds=NOT_NEGATIVE,
    )
    eval_limit: int = declare(
        0, "Score only this many sentences a dev or test file; 0: all.", bounds=NOT_NEGATIVE
    )
    max_length: int = declare(
        128, "Longest encoder input; longer sentences are split.", bounds=(4, None)
    )


@dataclass(frozen=True)
class ModelSettings:
    """What the network is."""

    backbone: str = declare("mbert", "mbert, xlmr, offline, a folder or a hub name.", path=True)
    pooling: str = declare("words", "Encoder input: words or subwords.", ("words", "subwords"))
    phonemic: str = declare(
        "xavier",
        "Phonemic embedding.",
        ("none", "xavier", "copied", "articulatory", "zero"),
    )
    fusion: str = declare(
        "input",
        "Where sound meets spelling: added to the encoder's input (or through a gate), "
        "to its output, or heard by attention there.",
        FUSIONS,
    )
    sound_scale: float = declare(
        0.0,
        "Length of a word's phonemic vector as a share of its orthographic one; 0: free.",
        bounds=NOT_NEGATIVE,
    )
    sound_context: int = declare(
        0,
        "Convolve articulatory segments over this many neighbours on each side; 0: none.",
        bounds=NOT_NEGATIVE,
    )
    layers: int = declare(0, "Use the backbone's first layers only; 0: all.", bounds=NOT_NEGATIVE)
    freeze: str = declare(
        "nothing", "Backbone parameters that are not trained.", ("nothing", "embeddings", "all")
    )
    extend_vocabulary: bool = declare(True, "Add IPA symbols that the vocabulary lacks.")
    language_embedding: bool = declare(True, "Add a language embedding.")
    language_row: str = declare(
        "auto",
        "Language row at test: own, source, or auto: own where it was trained.",
        ("auto", "own", "source"),
    )
    head: str = declare("crf", "Tagging head.", ("crf", "softmax"))
    head_dropout: float = declare(
        0.1, "Dropout before the tagging head.", bounds=NOT_NEGATIVE, below=1
    )
    align_axis: str = declare("hidden", "Axis that L_align normalises.", ("hidden", "sequence"))
    align_scale: str = declare("exp", "Temperature of L_align: exp(τ) or τ.", ("exp", "raw"))
    lm_heads: str = declare("shared", "LM heads of L_MLM and L_XMLM.", ("shared", "separate"))
    trim: bool = declare(False, "Trim the backbone's vocabulary to the data first.")


@dataclass(frozen=True)
class ObjectiveSettings:
    """L = L_task + α·L_align + β·L_MLM + γ·L_XMLM; a weight of 0 is off."""

    alpha: float = declare(0.0, "Weight of the alignment loss, eq. 4–6.", bounds=NOT_NEGATIVE)
    beta: float = declare(0.0, "Weight of masked language modelling, eq. 7.", bounds=NOT_NEGATIVE)
    gamma: float = declare(0.0, "Weight of code-switched MLM, eq. 8.", bounds=NOT_NEGATIVE)
    mask: float = declare(0.15, "µ: share of words masked.", bounds=(None, 1), above=0)
    switch: float = declare(0.3, "r: chance that a dictionary word is switched.", bounds=SHARE)
    switch_input: float = declare(
        0.0,
        "Share of sentences code-switched for the tagger itself (CoSDA-ML); 0: off.",
        bounds=SHARE,
    )
    switch_words: float = declare(
        0.9, "Chance that a dictionary word of these is switched.", bounds=SHARE
    )
    switch_core: bool = declare(
        True, "Switch core words of these too, written as the target does (core_words)."
    )
    mixup: float = declare(
        0.0,
        "Weight of X-MIXUP, hidden states mixed with those of translations; 0: off.",
        bounds=NOT_NEGATIVE,
    )
    mixup_layer: int = declare(
        3, "Layer of the encoder, from 0, in which X-MIXUP mixes.", bounds=NOT_NEGATIVE
    )
    mixup_ratio: float = declare(
        0.5, "λ₀: largest share of the other language in X-MIXUP.", bounds=SHARE
    )
    spelling_dropout: float = declare(
        0.0, "Share of words whose spelling is hidden from the tagger in training.", bounds=SHARE
    )
    redraw: bool = declare(True, "Draw masks and switches anew each epoch.")


@dataclass(frozen=True)
class TrainSettings:
    """How it is optimised and what is kept."""

    output: str = declare("runs/phonexl", "Run directory.")
    epochs: float = declare(10.0, "Passes over the training data.", above=0)
    max_steps: int = declare(0, "Stop after this many steps; 0: no limit.", bounds=NOT_NEGATIVE)
    batch_size: int = declare(32, "Sentences a step and device.", bounds=(1, None))
    accumulate: int = declare(1, "Steps whose gradients are added up.", bounds=(1, None))
    lr: float = declare(2e-5, "Learning rate of the backbone.", bounds=NOT_NEGATIVE)
    new_lr: float = declare(
        1e-3, "Learning rate of new heads: tagger, CRF, LM head.", bounds=NOT_NEGATIVE
    )
    phoneme_lr: float = declare(
        1e-4, "Learning rate of phonemic and language embeddings, τ.", bounds=NOT_NEGATIVE
    )
    weight_decay: float = declare(0.0, "Weight decay.", bounds=NOT_NEGATIVE)
    warmup: float = declare(
        0.0, "Warm-up: steps, or below 1 a share of all steps.", bounds=NOT_NEGATIVE
    )
    clip: float = declare(1.0, "Largest gradient norm.", bounds=NOT_NEGATIVE)
    patience: int = declare(
        3, "Epochs without gain on source dev before stopping; 0: never.", bounds=NOT_NEGATIVE
    )
    keep: str = declare("best", "Model kept: best on source dev, or last.", ("best", "last"))
    select: str = declare(
        "source",
        "Source dev that selects: as it is, or switched into the target language, which is "
        "scored as switched-LANG.",
        ("source", "switched"),
    )
    seed: int = declare(111, "Seed of everything.", bounds=(0, 2**32 - 1))
    precision: str = declare("fp32", "Arithmetic.", ("fp32", "bf16", "fp16"))
    group_by_length: bool = declare(True, "Put sentences of like length into a batch.")
    workers: int = declare(0, "Processes that build batches.", bounds=NOT_NEGATIVE)
    log_steps: int = declare(25, "Steps between log lines.", bounds=(1, None))
    watch_target: bool = declare(False, "Score target dev each epoch too; it selects nothing.")
    tensorboard: bool = declare(True, "Write TensorBoard logs.")
    resume: bool = declare(False, "Go on from the last checkpoint in the run directory.")
    compat: str = declare("", "released: the choices of the released code.", ("", "released"))
    push_to_hub: str = declare("", "Push the finished model to this hub repository.")


@dataclass(frozen=True)
class Settings:
    """Everything a run is told; one TOML table a part.

    Example:
        >>> Settings().with_values({"alpha": 0.1, "task": "panx"}).objectives.alpha
        0.1
    """

    data: DataSettings = DataSettings()
    model: ModelSettings = ModelSettings()
    objectives: ObjectiveSettings = ObjectiveSettings()
    training: TrainSettings = TrainSettings()

    def with_values(self, values: Mapping[str, Any]) -> Settings:
        """Return a copy with options changed.

        Args:
            values: Option name (names are unique over all parts) to value;
                strings are converted to the option's type.

        Raises:
            SettingsError: On a name or a value that does not exist.
        """
        parts: dict[str, dict[str, Any]] = {}
        for name, value in values.items():
            if name not in OPTIONS:
                raise SettingsError(f"there is no option {name!r}; options: {', '.join(OPTIONS)}")
            part, option = OPTIONS[name]
            parts.setdefault(part, {})[name] = convert(option, value)
        changed = {
            part: dataclasses.replace(getattr(self, part), **new) for part, new in parts.items()
        }
        return dataclasses.replace(self, **changed)

    def as_dict(self) -> dict[str, dict[str, Any]]:
        """Return plain tables, ready for JSON or TOML."""
        return {
            part: {k: list(v) if isinstance(v, tuple) else v for k, v in table.items()}
            for part, table in dataclasses.asdict(self).items()
        }

    @classmethod
    def from_dict(cls, tables: Mapping[str, Mapping[str, Any]]) -> Settings:
        """Read what `as_dict` wrote; options left out keep their defaults."""
        return cls().with_values(_flat(tables))


OPTIONS: dict[str, tuple[str, dataclasses.Field[Any]]] = {
    option.name: (part.name, option)
    for part in fields(Settings)
    for option in fields(getattr(Settings, part.name))
}
"""Option name → (part of `Settings`, field)."""

PATHS = frozenset(name for name, (_, option) in OPTIONS.items() if option.metadata["path"])
"""Options that may name files or folders."""


def load_settings(
    preset: str = "",
    variant: str = "",
    toml: str | Path = "",
    values: Mapping[str, Any] | None = None,
) -> Settings:
    """Put settings together: defaults, preset, backbone, compat, variant, TOML, values.

    Args:
        preset: Such as ``udpos-ja-ko``, see `presets.PRESETS`.
        variant: Such as ``baseline``, see `presets.VARIANTS`.
        toml: A file with tables ``[data] [model] [objectives] [training]``; it
            may name ``preset`` and ``variant`` at the top.
        values: Options by name; the last word.

    Raises:
        SettingsError: On an unknown name or value, or a file that is no TOML.
    """
    from cjkv_phon_train.presets import BACKBONES, COMPAT, named

    tables = read_toml(toml) if toml else {}
    preset = preset or str(tables.pop("preset", ""))
    variant = variant or str(tables.pop("variant", ""))
    told = _flat(tables) | dict(values or {})
    settings = Settings()
    if preset:
        settings = settings.with_values(named("preset", preset))
    backbone = str(told.get("backbone", settings.model.backbone))
    settings = settings.with_values(BACKBONES.get(backbone, {}))
    if told.get("compat", settings.training.compat) == "released":
        rate = told.get("lr", settings.training.lr)
        settings = settings.with_values({name: item.value for name, item in COMPAT.items()})
        settings = settings.with_values({"new_lr": rate, "phoneme_lr": rate})
    if variant:
        settings = settings.with_values(named("variant", variant))
    return settings.with_values(told)


def read_toml(path: str | Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        SettingsError: If it is not TOML.
    """
    parser = _toml_parser()
    try:
        tables: dict[str, Any] = parser.loads(Path(path).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: not valid TOML: save it as UTF-8") from None
    except parser.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from None
    return tables


def _toml_parser() -> ModuleType:
    import importlib

    from cjkv_phon_train.errors import heavy

    try:
        return importlib.import_module("tomllib")  # Python 3.11 and later.
    except ModuleNotFoundError:
        with heavy():
            return importlib.import_module("tomli")


def _flat(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Flatten tables to option → value; the names of the tables are checked."""
    parts = [part.name for part in fields(Settings)]
    flat: dict[str, Any] = {}
    for part, table in tables.items():
        if part not in parts or not isinstance(table, Mapping):
            raise SettingsError(f"there is no table [{part}]; tables: {', '.join(parts)}")
        for name, value in table.items():
            if name not in OPTIONS or OPTIONS[name][0] != part:
                raise SettingsError(f"there is no option {name!r} in [{part}]")
            flat[name] = value
    return flat
