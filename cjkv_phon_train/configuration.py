"""`PhoneXLConfig`: what a saved model needs to know to be built again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from transformers import AutoConfig, PretrainedConfig


class PhoneXLConfig(PretrainedConfig):  # type: ignore[misc]
    """Configuration of `PhoneXLForTokenClassification`.

    Args:
        backbone_config: Configuration of the encoder, as an object or a dict.
        languages: Language codes, one a row of the language embedding; the
            source languages first.
        labels: Label set, in the order of the ids.
        pooling: ``words`` or ``subwords``: what an encoder position stands for.
        phonemic: ``none``, ``xavier``, ``copied``, ``articulatory`` or ``zero``.
        articulatory_size: Features of a segment, for ``articulatory``.
        sound_context: Neighbours on each side that a segment is convolved with.
        fusion: Where sound meets spelling, one of `config.FUSIONS`.
        sound_scale: Length of a phonemic vector as a share of the orthographic one; 0: free.
        language_embedding: Whether there is one.
        trained_languages: Languages whose row had signal in training.
        language_row: ``own``, ``source``, or ``auto``: own where it was trained.
        head: ``crf`` or ``softmax``.
        head_dropout: Dropout before the head.
        weights: Objective (``align mlm xmlm mixup``) to its weight; the
            weight of the task is 1. What is not named is off and has no parameters.
        align_axis: ``hidden``, or ``sequence`` as in the released code.
        align_scale: ``exp`` or ``raw``.
        lm_heads: ``shared`` or ``separate``.
        mixup_layer: Layer in which X-MIXUP mixes, from 0.
        mixup_ratio: λ₀ of X-MIXUP.
        max_positions: Encoder positions that training used.
    """

    model_type = "phonexl"
    sub_configs: ClassVar[dict[str, Any]] = {"backbone_config": AutoConfig}
    keys_to_ignore_at_inference: ClassVar[list[str]] = ["logits", "terms"]

    def __init__(
        self,
        backbone_config: PretrainedConfig | Mapping[str, Any] | None = None,
        languages: Sequence[str] = ("ja", "ko"),
        labels: Sequence[str] = (),
        pooling: str = "words",
        phonemic: str = "xavier",
        articulatory_size: int = 0,
        sound_context: int = 0,
        fusion: str = "input",
        sound_scale: float = 0.0,
        language_embedding: bool = True,
        trained_languages: Sequence[str] = (),
        language_row: str = "auto",
        head: str = "crf",
        head_dropout: float = 0.1,
        weights: Mapping[str, float] | None = None,
        align_axis: str = "hidden",
        align_scale: str = "exp",
        lm_heads: str = "shared",
        mixup_layer: int = 3,
        mixup_ratio: float = 0.5,
        max_positions: int = 128,
        **kwargs: Any,
    ) -> None:
        if isinstance(backbone_config, Mapping):
            known = dict(backbone_config)
            backbone_config = AutoConfig.for_model(known.pop("model_type", "bert"), **known)
        self.backbone_config: Any = backbone_config or AutoConfig.for_model("bert")
        self.languages = list(languages)
        self.pooling = pooling
        self.phonemic = phonemic
        self.articulatory_size = articulatory_size
        self.sound_context = sound_context
        self.fusion = fusion
        self.sound_scale = sound_scale
        self.language_embedding = language_embedding
        self.trained_languages = list(trained_languages)
        self.language_row = language_row
        self.head = head
        self.head_dropout = head_dropout
        self.weights = {name: float(w) for name, w in (weights or {}).items() if w}
        self.align_axis = align_axis
        self.align_scale = align_scale
        self.lm_heads = lm_heads
        self.mixup_layer = mixup_layer
        self.mixup_ratio = mixup_ratio
        self.max_positions = max_positions
        if labels:
            kwargs["id2label"] = dict(enumerate(labels))
            kwargs["label2id"] = {label: number for number, label in enumerate(labels)}
        super().__init__(**kwargs)

    @property
    def vocab_size(self) -> int:
        """Rows of the orthographic embedding (and of an own phonemic one)."""
        size: int = self.backbone_config.vocab_size
        return size

    @vocab_size.setter
    def vocab_size(self, size: int) -> None:
        self.backbone_config.vocab_size = size

    @property
    def hidden_size(self) -> int:
        """Width of the encoder."""
        size: int = self.backbone_config.hidden_size
        return size

    @property
    def initializer_range(self) -> float:
        """Standard deviation of new weights."""
        return float(getattr(self.backbone_config, "initializer_range", 0.02))

    @property
    def label_names(self) -> tuple[str, ...]:
        """Labels in the order of their ids."""
        return tuple(self.id2label[number] for number in range(len(self.id2label)))

    def language_rows(self) -> list[int]:
        """Return for each language the row of the language embedding it reads at test."""
        trained = set(self.trained_languages)
        return [
            place
            if self.language_row == "own" or (self.language_row == "auto" and lang in trained)
            else 0
            for place, lang in enumerate(self.languages)
        ]


# So that AutoTokenizer, AutoConfig and AutoModel… know what a run directory is.
AutoConfig.register(PhoneXLConfig.model_type, PhoneXLConfig, exist_ok=True)
