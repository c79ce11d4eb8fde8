"""Settings that contradict each other, the data or the backbone are refused at once."""

from __future__ import annotations

from typing import Any

import torch

from cjkv_phon_train.config import Settings
from cjkv_phon_train.data import Corpus
from cjkv_phon_train.errors import SettingsError


def check(settings: Settings) -> None:
    """Refuse settings that contradict each other.

    Raises:
        SettingsError: With what to type.
    """
    model, objectives = settings.model, settings.objectives
    if model.phonemic == "none" and objectives.alpha:
        raise SettingsError("L_align needs phonemes: type --alpha 0, or --phonemic xavier")
    if objectives.gamma and not settings.data.dictionary:
        raise SettingsError(
            "L_XMLM (gamma > 0) needs a bilingual dictionary: type --dictionary ja-ko:PATH, "
            "or --gamma 0"
        )
    core = settings.data.core_words and objectives.switch_core
    if objectives.switch_input and not settings.data.dictionary and not core:
        raise SettingsError(
            "CoSDA-ML (switch_input > 0) needs a bilingual dictionary: type --dictionary "
            "ja-ko:PATH, or --switch-input 0"
        )
    if objectives.switch_input and core and objectives.mixup:
        raise SettingsError(
            "X-MIXUP links the words of the sentence as it is: type --no-switch-core, or --mixup 0"
        )
    if model.sound_context and model.phonemic != "articulatory":
        raise SettingsError(
            "sound_context convolves articulatory segments: type --phonemic articulatory, or "
            "--sound-context 0"
        )
    if model.phonemic == "none" and (model.fusion != "input" or model.sound_scale):
        raise SettingsError(
            "fusion and sound_scale say how sound is heard, and the model reads none: type "
            "--phonemic xavier, or leave them out"
        )
    if settings.training.precision == "fp16" and not torch.cuda.is_available():
        raise SettingsError("fp16 needs a GPU: type --precision bf16, or fp32")
    if model.phonemic == "articulatory" and settings.data.phonemes != "ipa":
        raise SettingsError("articulatory features need IPA: type --phonemes ipa")
    if objectives.mixup and not settings.data.parallel:
        raise SettingsError(
            "X-MIXUP (mixup > 0) needs translations: type --parallel ja-ko:PATH, or --mixup 0"
        )
    if objectives.mixup and settings.data.merge:
        raise SettingsError(
            "translations are of the tokens of the files: type --merge '', or --mixup 0"
        )
    if settings.data.merge and settings.data.task != "panx":
        raise SettingsError("words are merged for entities only: type --task panx, or --merge ''")
    if settings.data.joined and not settings.data.scheme:
        raise SettingsError("joined needs a transcription on the fly: type --scheme standard")


def check_languages(corpora: list[Corpus], languages: list[str]) -> None:
    """Refuse a file whose language is neither source nor target.

    Raises:
        SettingsError: With what to type.
    """
    for corpus in corpora:
        if corpus.source.lang not in languages:
            raise SettingsError(
                f"{corpus.source.path} is {corpus.source.lang}, which is neither --source nor "
                f"--target ({', '.join(languages)}): add --target {corpus.source.lang}"
            )


def check_length(settings: Settings, backbone: Any) -> None:
    """Refuse sentences longer than the encoder has positions for.

    Raises:
        SettingsError: With the largest length.
    """
    most = getattr(backbone, "max_position_embeddings", settings.data.max_length)
    if "roberta" in backbone.model_type:
        most -= backbone.pad_token_id + 1  # Positions count from behind the padding.
    if settings.data.max_length > most:
        raise SettingsError(
            f"max_length={settings.data.max_length}, but {settings.model.backbone} has {most} "
            f"positions: type --max-length {most}"
        )
