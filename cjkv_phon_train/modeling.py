"""`PhoneXLForTokenClassification`: any encoder that takes word vectors, and what PhoneXL adds."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torchcrf import CRF
from transformers import AutoModel, AutoModelForTokenClassification, PreTrainedModel
from transformers.utils import ModelOutput

from cjkv_phon_train.backbones import load_encoder, without_pooler
from cjkv_phon_train.baselines.xmixup import MixupObjective, Pairs, mixing
from cjkv_phon_train.configuration import PhoneXLConfig
from cjkv_phon_train.crf import build_head
from cjkv_phon_train.embeddings import (
    FeatureLayer,
    LanguageTable,
    PhonemeTable,
    SoftLayer,
    WordVectors,
    pool,
    take,
)
from cjkv_phon_train.fusion import SilentLinear, build_fusion
from cjkv_phon_train.objectives import (
    FIRST_TEMPERATURE,
    AlignmentObjective,
    Encoded,
    LanguageModelHead,
    Objective,
    TaskObjective,
    build_objectives,
)


@dataclass
class PhoneXLOutput(ModelOutput):  # type: ignore[misc]
    """What a pass returns.

    Attributes:
        loss: Weighted sum of the objectives, where there are labels.
        predictions: (sentences, words) label ids, −100 at padding; not in training.
        logits: (sentences, words, labels) emissions.
        terms: Each objective's loss (unweighted mean), mean norms of the
            orthographic (``oe_norm``) and phonemic (``pe_norm``) word vectors.
    """

    loss: Tensor | None = None
    predictions: Tensor | None = None
    logits: Tensor | None = None
    terms: dict[str, Tensor] | None = None


class PhoneXLForTokenClassification(PreTrainedModel):  # type: ignore[misc]
    """Tag words from their spelling and their sound.

    ``w = w_token + w_PE + w_lang`` a word, to which the encoder adds its own
    position and segment embeddings and layer norm. No code of the encoder is
    forked: it is called with ``inputs_embeds``.

    Args:
        config: See `PhoneXLConfig`.
    """

    config_class = PhoneXLConfig
    base_model_prefix = "encoder"
    supports_gradient_checkpointing = True
    accepts_loss_kwargs = True
    _supports_sdpa = True
    _supports_flash_attn = True
    _supports_attention_backend = True

    def __init__(self, config: PhoneXLConfig) -> None:
        super().__init__(config)
        self.encoder = AutoModel.from_config(
            config.backbone_config, **without_pooler(config.backbone_config)
        )
        self.vectors = WordVectors(config)
        self.fusion = build_fusion(config)
        self.dropout = nn.Dropout(config.head_dropout)
        self.classifier = nn.Linear(config.hidden_size, len(config.id2label))
        self.objectives = build_objectives(config, build_head(config.head, len(config.id2label)))
        self.post_init()

    @classmethod
    def from_backbone(cls, backbone: str | Path, config: PhoneXLConfig, layers: int = 0) -> Any:
        """Build a model around a pretrained encoder; everything else is new.

        Args:
            backbone: Folder or hub name.
            config: Its ``backbone_config`` is read from the backbone.
            layers: Keep this many layers of the encoder; 0: all.

        Raises:
            TrainingError: If the backbone cannot be loaded.
        """
        encoder = load_encoder(backbone, layers)
        config.backbone_config = encoder.config
        model = cls(config)
        model.encoder.load_state_dict(encoder.state_dict())
        model.copy_phonemes()
        return model

    @torch.no_grad()
    def reset_head(self, seed: int) -> None:
        """Draw the tagger's weights from a generator of their own.

        What else a model has (a phonemic table, a larger vocabulary) then does not
        change where its tagger begins: variants of a seed differ by what they are,
        not by the draw (common random numbers), and can be compared pair by pair.
        """
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            nn.init.normal_(self.classifier.weight, std=self.config.initializer_range)
            nn.init.zeros_(self.classifier.bias)
            for module in cast(TaskObjective, self.objectives["task"]).modules():
                if isinstance(module, CRF):
                    self._init_weights(module)

    def freeze(self, what: str) -> None:
        """Exclude parameters of the encoder from training: ``embeddings``, ``all``, ``nothing``."""
        frozen: nn.Module | None = None
        if what == "all":
            frozen = self.encoder
        elif what == "embeddings":
            frozen = self.get_input_embeddings()
        if frozen is not None:
            frozen.requires_grad_(False)

    @torch.no_grad()
    def copy_phonemes(self) -> None:
        """Start the phonemic table as a copy of the orthographic one, where that is asked for."""
        if self.config.phonemic == "copied" and isinstance(self.vectors.phonemic, PhonemeTable):
            self.vectors.phonemic.copy_rows(self.get_input_embeddings().weight)

    def get_input_embeddings(self) -> nn.Embedding:
        """Return the orthographic embedding."""
        return cast(nn.Embedding, self.encoder.get_input_embeddings())

    def set_input_embeddings(self, value: nn.Module) -> None:
        """Replace the orthographic embedding."""
        self.encoder.set_input_embeddings(value)

    @torch.no_grad()
    def resize_token_embeddings(self, new_num_tokens: int | None = None, **_: Any) -> nn.Embedding:
        """Resize everything that has a row a subword; new rows start near the mean of the old."""
        table = self.get_input_embeddings()
        old = table.weight.shape[0]
        if new_num_tokens is None or new_num_tokens == old:
            return table
        mean = table.weight.mean(0)
        self.encoder.resize_token_embeddings(new_num_tokens, mean_resizing=False)
        table = self.get_input_embeddings()
        if new_num_tokens > old:
            table.weight[old:] += mean
        self.config.vocab_size = new_num_tokens
        if isinstance(self.vectors.phonemic, PhonemeTable):
            self.vectors.phonemic = self.vectors.phonemic.resized(new_num_tokens)
            if self.config.phonemic == "copied" and new_num_tokens > old:
                self.vectors.phonemic.weight[old:] = table.weight[old:]
        for head in {m for m in self.modules() if isinstance(m, LanguageModelHead)}:
            head.bias = _resized(head.bias, new_num_tokens)
            if head.decoder is not None:
                head.decoder = _resized(head.decoder, new_num_tokens)
        return table

    def forward(
        self,
        input_ids: Tensor,
        unit_index: Tensor,
        attention_mask: Tensor,
        position_words: Tensor,
        word_positions: Tensor,
        word_mask: Tensor,
        language_ids: Tensor | None = None,
        phonemes: Tensor | None = None,
        phoneme_words: Tensor | None = None,
        labels: Tensor | None = None,
        lm_positions: Tensor | None = None,
        lm_targets: Tensor | None = None,
        spelled: Tensor | None = None,
        mix_rows: Tensor | None = None,
        mix_links: Tensor | None = None,
        num_items_in_batch: Tensor | None = None,
        **_: Any,
    ) -> PhoneXLOutput:
        """Encode, tag, and add up the objectives.

        Rows are sentences, then their masked and switched views (`collator`).

        Args:
            input_ids: (rows, subwords).
            unit_index: (rows, subwords) encoder position that a subword belongs to.
            attention_mask: (rows, positions).
            position_words: (rows, positions) word at a position; the number of
                words where there is none.
            word_positions: (rows, words) first position of each word.
            word_mask: (rows, words) bool.
            language_ids: (rows, positions).
            phonemes: (rows, phonemes) ids, or (rows, phonemes, features).
            phoneme_words: (rows, phonemes) word that a phoneme belongs to.
            labels: (sentences, words), −100 at padding.
            lm_positions: (views, targets) position of each subword to predict.
            lm_targets: (views, targets) the subword; −100 at padding.
            spelled: (sentences, words) bool, words whose spelling is shown; all if None.
            mix_rows: (pairs, 3) rows of X-MIXUP, see `baselines.xmixup.Pairs`.
            mix_links: (pairs, words) source word of each mixed word, −1 for none.
            num_items_in_batch: Items an objective of the whole step, in the
                order of ``objectives``; those of this batch if None.
        """
        batch = {"word_mask": word_mask}
        for key, tensor in (
            ("labels", labels), ("lm_positions", lm_positions), ("lm_targets", lm_targets),
            ("spelled", spelled), ("attention_mask", attention_mask),
            ("mix_rows", mix_rows), ("mix_links", mix_links),
        ):  # fmt: skip
            if tensor is not None:
                batch[key] = tensor
        sentences = len(input_ids) if labels is None else len(labels)
        units = pool(self.get_input_embeddings()(input_ids), unit_index, attention_mask.shape[1])
        words = word_mask.shape[1]
        orthographic = pool(units, position_words, words)
        phonemic = None
        if phonemes is not None and phoneme_words is not None:
            phonemic = self.vectors.sounds(phonemes, phoneme_words, words)
        sounds = None
        if phonemic is not None:
            sounds = take(nn.functional.pad(phonemic, (0, 0, 0, 1)), position_words)
        inputs = self.fuse(units, sounds, language_ids)
        pairs = Pairs.of(batch)
        with self._mixing(pairs, attention_mask):
            states = self.encoder(
                inputs_embeds=inputs, attention_mask=attention_mask
            ).last_hidden_state
        if sounds is not None:
            states = self.fusion.after(states, sounds, position_words < words)
        word_states = take(states[:sentences], word_positions[:sentences])
        logits = self.classifier(self.dropout(word_states))
        table = self.get_input_embeddings().weight
        mixed = None
        if pairs is not None:
            of_words = take(states[pairs.query], word_positions[pairs.query])
            mixed = self.classifier(self.dropout(of_words))
        encoded = Encoded(sentences, orthographic, phonemic, states, logits, table, mixed)
        loss, terms = self._loss(encoded, batch, num_items_in_batch)
        terms |= _norms(encoded, word_mask)
        predictions = None
        if not self.training:
            head = cast(TaskObjective, self.objectives["task"]).head
            predictions = head.decode(logits, word_mask[:sentences])
        return PhoneXLOutput(loss=loss, predictions=predictions, logits=logits, terms=terms)

    def fuse(self, units: Tensor, sounds: Tensor | None, language_ids: Tensor | None) -> Tensor:
        """Add sound and language to the spelling of each position."""
        if sounds is not None:
            units = self.fusion.before(units, sounds)
        language = None if language_ids is None else self.vectors.languages(language_ids)
        return units if language is None else units + language

    def _mixing(self, pairs: Pairs | None, attention_mask: Tensor) -> AbstractContextManager[None]:
        """Mix sentences with their translations inside the encoder, if a batch has any."""
        if pairs is None:
            return nullcontext()
        objective = cast(MixupObjective, self.objectives["mixup"])
        return mixing(self.encoder, self.config.mixup_layer, pairs, attention_mask, objective)

    def _loss(
        self, encoded: Encoded, batch: dict[str, Tensor], counts: Tensor | None
    ) -> tuple[Tensor | None, dict[str, Tensor]]:
        loss: Tensor | None = None
        terms: dict[str, Tensor] = {}
        for place, (name, objective) in enumerate(self.objectives.items()):
            objective = cast(Objective, objective)
            if not objective.applies(batch):
                continue
            total = objective(encoded, batch)
            count = objective.count(batch) if counts is None else counts[place]
            mean = total / count.clamp(min=1)
            terms[name] = mean.detach()
            loss = objective.weight * mean if loss is None else loss + objective.weight * mean
        return loss, terms

    def count_items(self, batch: dict[str, Tensor]) -> Tensor:
        """Return how many items of each objective a batch holds, in the order of ``objectives``."""
        found = [cast(Objective, objective) for objective in self.objectives.values()]
        nothing = batch["word_mask"].new_zeros((), dtype=torch.long)
        return torch.stack([o.count(batch) if o.applies(batch) else nothing for o in found])

    def _init_weights(self, module: nn.Module) -> None:
        # Transformers asks only modules that own parameters, and takes nn.init for granted.
        super()._init_weights(module)
        if isinstance(module, _SELF_STARTING):
            module.reset_parameters()
        elif isinstance(module, CRF):
            for parameter in module.parameters():
                nn.init.uniform_(parameter, -0.1, 0.1)
        elif isinstance(module, AlignmentObjective):
            nn.init.constant_(module.temperature, FIRST_TEMPERATURE)
        elif isinstance(module, MixupObjective):
            nn.init.ones_(module.slope)
            nn.init.zeros_(module.offset)
        elif isinstance(module, LanguageModelHead):
            nn.init.zeros_(module.bias)
            if module.decoder is not None:
                nn.init.normal_(module.decoder, std=self.config.initializer_range)


_SELF_STARTING = (PhonemeTable, FeatureLayer, SoftLayer, LanguageTable, SilentLinear)


@torch.no_grad()
def _norms(encoded: Encoded, word_mask: Tensor) -> dict[str, Tensor]:
    vectors = {"oe_norm": encoded.orthographic, "pe_norm": encoded.phonemic}
    mask = word_mask[: encoded.sentences]
    return {
        name: (value[: encoded.sentences].norm(dim=2) * mask).sum() / mask.sum().clamp(min=1)
        for name, value in vectors.items()
        if value is not None
    }


def _resized(parameter: nn.Parameter, rows: int) -> nn.Parameter:
    new = parameter.new_zeros(rows, *parameter.shape[1:])
    kept = min(rows, len(parameter))
    new[:kept] = parameter[:kept]
    return nn.Parameter(new)


AutoModelForTokenClassification.register(
    PhoneXLConfig, PhoneXLForTokenClassification, exist_ok=True
)
