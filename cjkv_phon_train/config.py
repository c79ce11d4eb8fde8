"""What a run is told: every option of training, read from presets, TOML and the command line.

No torch here, so that ``cjkv-phon-train --help`` starts at once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import ModuleType
from typing import Any

from cjkv_phon_train.errors import SettingsError

FUSIONS = ("input", "gated", "late", "attention")
"""Where sound meets spelling; what each does stands in `fusion`."""


def _option(default: Any, text: str, choices: tuple[str, ...] = ()) -> Any:
    """Declare an option: its default, its line of help, its choices."""
    return field(default=default, metadata={"help": text, "choices": choices})


@dataclass(frozen=True)
class DataSettings:
    """Where sentences come from and what of them is read."""

    task: str = _option("udpos", "Label set.", ("udpos", "panx"))
    source: tuple[str, ...] = _option(("ja",), "Languages with labelled training data.")
    target: tuple[str, ...] = _option(("ko",), "Languages to transfer to.")
    data: str = _option("", "Folder with train-ja, dev-ja, dev-ko … (.tsv, .jsonl, .gz …).")
    train: tuple[str, ...] = _option((), "Training files, LANG:PATH (hub:ja for the hub).")
    dev: tuple[str, ...] = _option((), "Development files, LANG:PATH.")
    test: tuple[str, ...] = _option((), "Test files, LANG:PATH.")
    dictionary: tuple[str, ...] = _option((), "Bilingual dictionaries, ja-ko:PATH.")
    core_words: tuple[str, ...] = _option(
        (),
        "Closed classes, commonest words, and how the target writes them: builtin, ja-ko:PATH "
        "(see docs/training/baselines.md).",
    )
    parallel: tuple[str, ...] = _option(
        (), "Translations of training sentences, ja-ko:PATH (see docs/training/baselines.md)."
    )
    phonemes: str = _option("ipa", "What stands for sound.", ("ipa", "romanization"))
    scheme: str = _option("", "Transcribe with this scheme; empty: read the files' columns.")
    joined: bool = _option(
        False, "Transcribe what was cut into characters (PAN-X) in the context of its sentence."
    )
    merge: str = _option(
        "", "Merge characters to words for the model; scored by character.", ("", "words")
    )
    limit: int = _option(0, "Take only this many training sentences a file; 0: all.")
    hold_out: float = _option(
        0.0, "Share of the training sentences held out as source dev where no dev file is given."
    )
    few_shot: int = _option(0, "Labelled target sentences added to training.")
    few_shot_pool: int = _option(
        0, "Target dev sentences kept for few-shot training, never scored; 0: 100 if few_shot."
    )
    eval_limit: int = _option(0, "Score only this many sentences a dev or test file; 0: all.")
    max_length: int = _option(128, "Longest encoder input; longer sentences are split.")


@dataclass(frozen=True)
class ModelSettings:
    """What the network is."""

    backbone: str = _option("mbert", "mbert, xlmr, offline, a folder or a hub name.")
    pooling: str = _option("words", "Encoder input: words or subwords.", ("words", "subwords"))
    phonemic: str = _option(
        "xavier",
        "Phonemic embedding.",
        ("none", "xavier", "copied", "articulatory", "zero"),
    )
    fusion: str = _option(
        "input",
        "Where sound meets spelling: added to the encoder's input (or through a gate), "
        "to its output, or heard by attention there.",
        FUSIONS,
    )
    sound_scale: float = _option(
        0.0, "Length of a word's phonemic vector as a share of its orthographic one; 0: free."
    )
    sound_context: int = _option(
        0, "Convolve articulatory segments over this many neighbours on each side; 0: none."
    )
    layers: int = _option(0, "Use the backbone's first layers only; 0: all.")
    freeze: str = _option(
        "nothing", "Backbone parameters that are not trained.", ("nothing", "embeddings", "all")
    )
    extend_vocabulary: bool = _option(True, "Add IPA symbols that the vocabulary lacks.")
    language_embedding: bool = _option(True, "Add a language embedding.")
    language_row: str = _option(
        "auto",
        "Language row at test: own, source, or auto: own where it was trained.",
        ("auto", "own", "source"),
    )
    head: str = _option("crf", "Tagging head.", ("crf", "softmax"))
    head_dropout: float = _option(0.1, "Dropout before the tagging head.")
    align_axis: str = _option("hidden", "Axis that L_align normalises.", ("hidden", "sequence"))
    align_scale: str = _option("exp", "Temperature of L_align: exp(τ) or τ.", ("exp", "raw"))
    lm_heads: str = _option("shared", "LM heads of L_MLM and L_XMLM.", ("shared", "separate"))
    trim: bool = _option(False, "Trim the backbone's vocabulary to the data first.")


@dataclass(frozen=True)
class ObjectiveSettings:
    """L = L_task + α·L_align + β·L_MLM + γ·L_XMLM; a weight of 0 is off."""

    alpha: float = _option(0.0, "Weight of the alignment loss, eq. 4–6.")
    beta: float = _option(0.0, "Weight of masked language modelling, eq. 7.")
    gamma: float = _option(0.0, "Weight of code-switched MLM, eq. 8.")
    mask: float = _option(0.15, "µ: share of words masked.")
    switch: float = _option(0.3, "r: chance that a dictionary word is switched.")
    switch_input: float = _option(
        0.0, "Share of sentences code-switched for the tagger itself (CoSDA-ML); 0: off."
    )
    switch_words: float = _option(0.9, "Chance that a dictionary word of these is switched.")
    switch_core: bool = _option(
        True, "Switch core words of these too, written as the target does (core_words)."
    )
    mixup: float = _option(
        0.0, "Weight of X-MIXUP, hidden states mixed with those of translations; 0: off."
    )
    mixup_layer: int = _option(3, "Layer of the encoder, from 0, in which X-MIXUP mixes.")
    mixup_ratio: float = _option(0.5, "λ₀: largest share of the other language in X-MIXUP.")
    spelling_dropout: float = _option(
        0.0, "Share of words whose spelling is hidden from the tagger in training."
    )
    redraw: bool = _option(True, "Draw masks and switches anew each epoch.")


@dataclass(frozen=True)
class TrainSettings:
    """How it is optimised and what is kept."""

    output: str = _option("runs/phonexl", "Run directory.")
    epochs: float = _option(10.0, "Passes over the training data.")
    max_steps: int = _option(0, "Stop after this many steps; 0: no limit.")
    batch_size: int = _option(32, "Sentences a step and device.")
    accumulate: int = _option(1, "Steps whose gradients are added up.")
    lr: float = _option(2e-5, "Learning rate of the backbone.")
    new_lr: float = _option(1e-3, "Learning rate of new heads: tagger, CRF, LM head.")
    phoneme_lr: float = _option(1e-4, "Learning rate of phonemic and language embeddings, τ.")
    weight_decay: float = _option(0.0, "Weight decay.")
    warmup: float = _option(0.0, "Warm-up: steps, or below 1 a share of all steps.")
    clip: float = _option(1.0, "Largest gradient norm.")
    patience: int = _option(3, "Epochs without gain on source dev before stopping; 0: never.")
    keep: str = _option("best", "Model kept: best on source dev, or last.", ("best", "last"))
    select: str = _option(
        "source",
        "Source dev that selects: as it is, or switched into the target language, which is "
        "scored as switched-LANG.",
        ("source", "switched"),
    )
    seed: int = _option(111, "Seed of everything.")
    precision: str = _option("fp32", "Arithmetic.", ("fp32", "bf16", "fp16"))
    group_by_length: bool = _option(True, "Put sentences of like length into a batch.")
    workers: int = _option(0, "Processes that build batches.")
    log_steps: int = _option(25, "Steps between log lines.")
    watch_target: bool = _option(False, "Score target dev each epoch too; it selects nothing.")
    tensorboard: bool = _option(True, "Write TensorBoard logs.")
    resume: bool = _option(False, "Go on from the last checkpoint in the run directory.")
    compat: str = _option("", "released: the choices of the released code.", ("", "released"))
    push_to_hub: str = _option("", "Push the finished model to this hub repository.")


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


def convert(option: dataclasses.Field[Any], value: Any) -> Any:
    """Return a value in an option's type, checked against its choices.

    Raises:
        SettingsError: If it cannot be.
    """
    kind: Any = type(option.default)
    try:
        if kind is tuple:
            items = value.split(",") if isinstance(value, str) else value
            result: Any = tuple(str(item).strip() for item in items if str(item).strip())
        elif kind is bool:
            result = _BOOLEANS[str(value).lower()]
        else:
            result = kind(value)
            # TOML and JSON say 2.7 or true where 3 is meant: not cut off, not 1.
            if kind in (int, float) and (isinstance(value, bool) or result != float(value)):
                raise ValueError(value)
    except (TypeError, ValueError, KeyError):
        raise SettingsError(f"{option.name}={value!r} should be of type {kind.__name__}") from None
    choices = option.metadata["choices"]
    if choices and result not in choices:
        raise SettingsError(f"{option.name}={value!r}; choose from: {', '.join(choices)}")
    return result


_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


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
