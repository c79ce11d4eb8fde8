"""Sound may come in before the encoder, behind it, or through a gate; spelling may be hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from cjkv_phon_train.checks import check
from cjkv_phon_train.collator import Collator, TaggingDataset
from cjkv_phon_train.config import FUSIONS, Settings
from cjkv_phon_train.data import read_examples
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.fusion import AttentionFusion, Fusion, GatedFusion, LateFusion, SilentLinear
from cjkv_phon_train.modeling import PhoneXLForTokenClassification
from cjkv_phon_train.preparation import model_config
from cjkv_phon_train.switching import Draws
from cjkv_phon_train.tokenization import WordEncoder, load_tokenizer
from cjkv_phon_train.trainer import parameter_groups


def make(
    backbones: dict[str, Path], corpus: Path, layers: int = 0, **values: Any
) -> tuple[Any, dict[str, torch.Tensor]]:
    """A tiny model and a training batch of six sentences."""
    settings = Settings().with_values(values)
    torch.manual_seed(0)
    model = PhoneXLForTokenClassification.from_backbone(
        backbones["xlmr"], model_config(settings, []), layers
    )
    encoder = WordEncoder(load_tokenizer(backbones["xlmr"]), settings.model.phonemic)
    collator = Collator(
        encoder, model.config.languages, dict(model.config.label2id), settings.model.pooling,
        128, settings.objectives, Draws(0),
    )  # fmt: skip
    examples = read_examples(corpus / "train-ja.tsv", "ja", "udpos")[:6]
    data = TaggingDataset(examples, encoder, settings.model.pooling, 128, augment=True)
    return model, collator([data[i] for i in range(len(data))])


def unmute(fusion: torch.nn.Module) -> None:
    """What starts silent passes nothing on, and no gradient to what is behind it."""
    for module in fusion.modules():
        if isinstance(module, SilentLinear):
            torch.nn.init.normal_(module.weight)


@pytest.mark.parametrize("fusion", FUSIONS)
@pytest.mark.parametrize("pooling", ["words", "subwords"])
def test_sound_changes_the_scores_wherever_it_comes_in(
    backbones: dict[str, Path], corpus: Path, fusion: str, pooling: str
) -> None:
    model, batch = make(backbones, corpus, fusion=fusion, pooling=pooling, sound_scale=1.0)
    unmute(model.fusion)
    model.eval()
    heard = model(**batch).logits
    batch["phonemes"] = batch["phonemes"].flip(1)
    assert not torch.allclose(heard, model(**batch).logits, atol=1e-6)


@pytest.mark.parametrize("fusion", FUSIONS)
def test_every_new_parameter_is_trained(
    backbones: dict[str, Path], corpus: Path, fusion: str
) -> None:
    model, batch = make(
        backbones, corpus, fusion=fusion, phonemic="articulatory", sound_context=2, alpha=0.1
    )
    unmute(model.fusion)
    model.train()
    model(**batch).loss.backward()
    still = [n for n, p in model.named_parameters() if p.grad is None or not p.grad.any()]
    # The bias of attention's keys moves all scores alike: it has no gradient by nature.
    assert [n for n in still if "key.bias" not in n and "in_proj_bias" not in n] == []


@pytest.mark.parametrize("fusion", ["late", "attention"])
def test_the_encoder_reads_spelling_alone_where_sound_comes_late(
    backbones: dict[str, Path], corpus: Path, fusion: str
) -> None:
    model, batch = make(backbones, corpus, fusion=fusion)
    seen = []
    model.encoder.register_forward_hook(lambda *args: seen.append(args[2].last_hidden_state))
    model.eval()
    model(**batch)
    batch["phonemes"] = batch["phonemes"].flip(1)
    model(**batch)
    assert torch.equal(seen[0], seen[1])


def test_a_scaled_sound_is_as_long_as_its_share_of_the_spelling() -> None:
    torch.manual_seed(0)
    units, sounds = torch.randn(2, 3, 8), torch.randn(2, 3, 8) * 100
    added = Fusion(0.25).before(units, sounds) - units
    assert torch.allclose(added.norm(dim=-1), 0.25 * units.norm(dim=-1), rtol=1e-4)


def test_a_word_without_sound_stays_without(backbones: dict[str, Path], corpus: Path) -> None:
    units, nothing = torch.randn(2, 3, 8), torch.zeros(2, 3, 8)
    for fusion in (Fusion(0.5), GatedFusion(8), LateFusion(0.5)):
        assert torch.equal(fusion.before(units, nothing), units)


def test_attention_starts_silent(backbones: dict[str, Path], corpus: Path) -> None:
    model, _ = make(backbones, corpus, fusion="attention")
    size = model.config.hidden_size
    words = torch.tensor([[True, True, False], [False] * 3])
    for fusion in (AttentionFusion(size, 2), model.fusion):
        states = torch.randn(2, 3, size)
        assert torch.equal(fusion.after(states, torch.randn(2, 3, size), words), states)


def test_attention_listens_to_words_only() -> None:
    torch.manual_seed(0)
    fusion = AttentionFusion(8, 2)
    unmute(fusion)
    states, sounds = torch.randn(1, 3, 8), torch.randn(1, 3, 8)
    words = torch.tensor([[True, True, False]])
    first = fusion.after(states, sounds, words)[:, :2]
    sounds[:, 2] += 5
    assert torch.allclose(first, fusion.after(states, sounds, words)[:, :2])


def test_hidden_spelling_is_drawn_anew_and_only_in_training(
    backbones: dict[str, Path], corpus: Path
) -> None:
    _, plain = make(backbones, corpus)
    _, batch = make(backbones, corpus, spelling_dropout=0.5, alpha=0.1)
    hidden = (~batch["spelled"] & batch["word_mask"]).sum() / batch["word_mask"].sum()
    assert 0.25 < hidden < 0.75
    assert not torch.equal(plain["input_ids"], batch["input_ids"])
    assert torch.equal(plain["labels"], batch["labels"])
    assert torch.equal(plain["phonemes"], batch["phonemes"])


def test_alignment_leaves_hidden_words_out(backbones: dict[str, Path], corpus: Path) -> None:
    model, batch = make(backbones, corpus, spelling_dropout=0.5, alpha=0.1)
    shown = int(batch["spelled"].sum())
    assert shown < int(batch["word_mask"].sum())
    assert int(model.objectives["align"].count(batch)) == shown


def test_the_first_layers_are_kept(backbones: dict[str, Path], corpus: Path) -> None:
    whole, _ = make(backbones, corpus)
    short, _ = make(backbones, corpus, layers=1)
    kept = dict(short.encoder.named_parameters())
    assert not any("layer.1." in name for name in kept)
    assert all(torch.equal(p, kept[n]) for n, p in whole.encoder.named_parameters() if n in kept)


@pytest.mark.parametrize(("what", "trained"), [("embeddings", True), ("all", False)])
def test_what_is_frozen_is_not_optimised(
    backbones: dict[str, Path], corpus: Path, what: str, trained: bool
) -> None:
    model, _ = make(backbones, corpus)
    model.freeze(what)
    groups = parameter_groups(model, Settings().training)
    optimised = {id(p) for group in groups for p in group["params"]}
    assert id(model.get_input_embeddings().weight) not in optimised
    layer = next(p for n, p in model.encoder.named_parameters() if "layer.0" in n)
    assert (id(layer) in optimised) is trained
    assert id(model.classifier.weight) in optimised


def test_articulatory_sound_starts_as_softly_as_a_table(
    backbones: dict[str, Path], corpus: Path
) -> None:
    model, batch = make(backbones, corpus, phonemic="articulatory")
    features = batch["phonemes"][batch["phonemes"].abs().sum(-1) > 0]
    length = model.vectors.phonemic(features).norm(dim=-1).mean()
    assert 0.05 < length < 0.3


def test_variants_of_a_seed_begin_with_the_same_tagger(
    backbones: dict[str, Path], corpus: Path
) -> None:
    silent, _ = make(backbones, corpus, phonemic="none")
    heard, _ = make(backbones, corpus, alpha=0.1)
    assert not torch.equal(silent.classifier.weight, heard.classifier.weight)
    for model in (silent, heard):
        model.reset_head(7)
    assert torch.equal(silent.classifier.weight, heard.classifier.weight)
    tagger = dict(silent.objectives["task"].named_parameters())
    assert tagger
    for name, parameter in heard.objectives["task"].named_parameters():
        assert torch.equal(parameter, tagger[name])


@pytest.mark.parametrize(
    "values",
    [
        {"spelling_dropout": 1.5}, {"spelling_dropout": -0.1}, {"mixup_ratio": 2.0},
        {"sound_scale": -1.0}, {"sound_context": -1}, {"layers": -1},
    ],
)  # fmt: skip
def test_values_out_of_range_are_refused_by_name(values: dict[str, Any]) -> None:
    (name,) = values
    with pytest.raises(SettingsError, match=name):
        check(Settings().with_values(values))
