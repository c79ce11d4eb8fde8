"""The model adds sound and language to any encoder, and nothing else changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModel

from cjkv_phon_train.collator import Collator, TaggingDataset
from cjkv_phon_train.config import ObjectiveSettings, Settings
from cjkv_phon_train.configuration import PhoneXLConfig
from cjkv_phon_train.crf import SoftmaxHead
from cjkv_phon_train.data import read_examples
from cjkv_phon_train.embeddings import PhonemeTable, pool
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.modeling import PhoneXLForTokenClassification
from cjkv_phon_train.objectives import build_objectives
from cjkv_phon_train.preparation import model_config
from cjkv_phon_train.switching import Draws, load_dictionary
from cjkv_phon_train.tokenization import WordEncoder, load_tokenizer

EVERYTHING = {"alpha": 0.1, "beta": 0.1, "gamma": 0.1}


def make(
    backbone: Path, corpus: Path, sentences: int = 6, **values: Any
) -> tuple[Any, Collator, TaggingDataset]:
    settings = Settings().with_values(values)
    dictionary = load_dictionary(f"ja-ko:{corpus / 'ja-ko.txt'}")
    torch.manual_seed(0)
    model = PhoneXLForTokenClassification.from_backbone(
        backbone, model_config(settings, [dictionary])
    )
    encoder = WordEncoder(load_tokenizer(backbone), settings.model.phonemic)
    examples = read_examples(corpus / "train-ja.tsv", "ja", "udpos")[:sentences]
    pooling = settings.model.pooling
    collator = Collator(
        encoder, model.config.languages, dict(model.config.label2id), pooling, 128,
        settings.objectives, Draws(0), {"ja": [dictionary]},
    )  # fmt: skip
    return model, collator, TaggingDataset(examples, encoder, pooling, 128, augment=True)


def batch_of(collator: Collator, dataset: TaggingDataset) -> dict[str, torch.Tensor]:
    return collator([dataset[i] for i in range(len(dataset))])


@pytest.mark.parametrize("kind", ["bert", "xlmr", "minilm", "distilbert"])
def test_word_vectors_give_what_input_ids_give_exactly(
    backbones: dict[str, Path], corpus: Path, kind: str
) -> None:
    plain = {"phonemic": "none", "language_embedding": False, "pooling": "subwords"}
    model, collator, dataset = make(backbones[kind], corpus, 3, **plain)
    model.eval()
    batch = batch_of(collator, dataset)
    seen = []
    model.classifier.register_forward_pre_hook(lambda _, args: seen.append(args[0]))
    model(**batch)
    encoder = AutoModel.from_pretrained(backbones[kind]).eval()
    states = encoder(
        input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]
    ).last_hidden_state
    for row, n in enumerate(batch["word_mask"].sum(1)):
        expected = states[row, batch["word_positions"][row, :n]]
        assert torch.equal(seen[0][row, :n], expected)


def test_pooling_is_the_mean_over_the_pieces_of_each_word() -> None:
    torch.manual_seed(0)
    values, index = torch.randn(3, 7, 5), torch.randint(0, 5, (3, 7))
    pooled = pool(values, index, 4)
    for row in range(3):
        for slot in range(4):
            chosen = [values[row, i] for i in range(7) if index[row, i] == slot]
            expected = torch.stack(chosen).mean(0) if chosen else torch.zeros(5)
            assert torch.allclose(pooled[row, slot], expected, atol=1e-6)


@pytest.mark.parametrize("kind", ["bert", "xlmr", "minilm", "distilbert"])
@pytest.mark.parametrize("phonemic", ["xavier", "copied", "articulatory", "zero"])
def test_gradients_reach_every_parameter_with_everything_on(
    backbones: dict[str, Path], corpus: Path, kind: str, phonemic: str
) -> None:
    model, collator, dataset = make(backbones[kind], corpus, phonemic=phonemic, **EVERYTHING)
    model.train()
    model(**batch_of(collator, dataset)).loss.backward()
    missing = [
        name for name, p in model.named_parameters() if p.grad is None or not p.grad.abs().sum() > 0
    ]
    # Adding the same to every key moves no softmax: attention has no use for its key bias.
    # Where all sounds are zero, so are their similarities, whatever the temperature.
    spared = ("key.bias", "k_lin.bias", *(["temperature"] if phonemic == "zero" else []))
    assert all(name.endswith(spared) for name in missing), missing
    largest = max(p.grad.abs().max() for p in model.parameters() if p.grad is not None)
    assert largest < 100


@pytest.mark.parametrize(
    ("off", "gone"),
    [
        ({"alpha": 0}, "temperature"),
        ({"beta": 0, "gamma": 0}, "objectives.mlm"),
        ({"beta": 0, "gamma": 0}, "objectives.xmlm"),
        ({"phonemic": "none", "alpha": 0}, "vectors.phonemic"),
        ({"language_embedding": False}, "vectors.language"),
        ({"head": "softmax"}, "crf"),
    ],
)
def test_what_is_off_has_no_parameters_and_gets_no_gradient(
    backbones: dict[str, Path], corpus: Path, off: dict[str, Any], gone: str
) -> None:
    model, collator, dataset = make(backbones["bert"], corpus, **EVERYTHING | off)
    assert not [name for name, _ in model.named_parameters() if gone in name]
    out = model.train()(**batch_of(collator, dataset))
    out.loss.backward()
    assert out.loss.isfinite()


def test_the_loss_is_the_weighted_sum_of_its_terms(
    backbones: dict[str, Path], corpus: Path
) -> None:
    weights = {"alpha": 0.1, "beta": 0.03, "gamma": 0.02}
    model, collator, dataset = make(backbones["bert"], corpus, **weights)
    out = model.train()(**batch_of(collator, dataset))
    t = out.terms
    expected = t["task"] + 0.1 * t["align"] + 0.03 * t["mlm"] + 0.02 * t["xmlm"]
    assert torch.allclose(out.loss, expected)
    assert t["pe_norm"] > 0
    assert t["oe_norm"] > 0


@pytest.mark.parametrize("pooling", ["words", "subwords"])
def test_padding_changes_nothing(backbones: dict[str, Path], corpus: Path, pooling: str) -> None:
    model, collator, dataset = make(backbones["xlmr"], corpus, pooling=pooling)
    model.eval()
    together = model(**batch_of(collator, dataset))
    for i, piece in enumerate(dataset.pieces):
        alone = model(**{**collator([piece])})
        n = len(piece.example.tokens)
        assert torch.allclose(together.logits[i, :n], alone.logits[0], atol=1e-5)
        assert (together.predictions[i, n:] == -100).all()


def test_a_model_saved_and_loaded_is_the_same_to_the_last_bit(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    for phonemic in ("xavier", "articulatory"):
        model, collator, dataset = make(
            backbones["minilm"], corpus, phonemic=phonemic, **EVERYTHING
        )
        with torch.no_grad():
            model.vectors.language.weight.normal_()
        model.save_pretrained(tmp_path / phonemic)
        again = PhoneXLForTokenClassification.from_pretrained(tmp_path / phonemic)
        state, other = model.state_dict(), again.state_dict()
        assert state.keys() == other.keys()
        assert all(torch.equal(state[key], other[key]) for key in state)
        place = {"dtype": "", "_name_or_path": ""}
        assert again.config.to_dict() | place == model.config.to_dict() | place
        batch = batch_of(collator, dataset)
        assert torch.equal(model.eval()(**batch).logits, again.eval()(**batch).logits)


@pytest.mark.parametrize("phonemic", ["xavier", "copied"])
@pytest.mark.parametrize("heads", ["shared", "separate"])
def test_resizing_the_vocabulary_resizes_everything_with_a_row_a_subword(
    backbones: dict[str, Path], corpus: Path, phonemic: str, heads: str
) -> None:
    model, _, _ = make(backbones["bert"], corpus, phonemic=phonemic, lm_heads=heads, **EVERYTHING)
    size = model.config.vocab_size
    before = model.vectors.phonemic.weight.detach().clone()
    model.resize_token_embeddings(size + 3)
    assert model.config.vocab_size == model.config.backbone_config.vocab_size == size + 3
    assert isinstance(model.vectors.phonemic, PhonemeTable)
    assert (
        len(model.vectors.phonemic.weight) == len(model.get_input_embeddings().weight) == size + 3
    )
    assert torch.equal(model.vectors.phonemic.weight[:size], before)
    for name in ("mlm", "xmlm"):
        assert len(model.objectives[name].head.bias) == size + 3
    if phonemic == "copied":
        assert torch.equal(model.vectors.phonemic.weight, model.get_input_embeddings().weight)


def test_a_copied_table_starts_as_the_orthographic_one_and_is_its_own(
    backbones: dict[str, Path], corpus: Path
) -> None:
    model, _, _ = make(backbones["bert"], corpus, phonemic="copied")
    table = model.get_input_embeddings().weight
    assert torch.equal(model.vectors.phonemic.weight, table)
    assert model.vectors.phonemic.weight.data_ptr() != table.data_ptr()


def test_a_zero_table_leaves_the_encoder_as_it_was(
    backbones: dict[str, Path], corpus: Path
) -> None:
    plain, collator, dataset = make(backbones["bert"], corpus, phonemic="none")
    silent, sounding, _ = make(backbones["bert"], corpus, phonemic="zero")
    silent.classifier.load_state_dict(plain.classifier.state_dict())
    one = plain.eval()(**batch_of(collator, dataset)).logits
    other = silent.eval()(**batch_of(sounding, dataset)).logits
    assert torch.equal(one, other)


def test_new_embeddings_start_as_they_should(backbones: dict[str, Path], corpus: Path) -> None:
    model, _, _ = make(backbones["bert"], corpus)
    table = model.vectors.phonemic.weight
    bound = (6 / sum(table.shape)) ** 0.5
    assert bound * 0.9 < table.abs().max() <= bound
    assert not model.vectors.language.weight.any()
    assert model.objectives["task"].head.crf.transitions.abs().max() <= 0.1
    articulatory, _, _ = make(backbones["bert"], corpus, phonemic="articulatory")
    assert articulatory.vectors.phonemic.hidden.weight.std() > 0.3


def config_of(row: str, gamma: float, dictionaries: bool = True) -> PhoneXLConfig:
    settings = Settings().with_values({"language_row": row, "gamma": gamma})
    pairs = [load_dictionary.__globals__["BilingualDictionary"]("ja", "ko", {})]
    return model_config(settings, pairs if dictionaries else [])


@pytest.mark.parametrize(
    ("row", "gamma", "expected"),
    [("auto", 0.0, [0, 0]), ("auto", 0.1, [0, 1]), ("own", 0.0, [0, 1]), ("source", 0.1, [0, 0])],
)
def test_a_language_row_that_was_never_trained_is_not_read(
    row: str, gamma: float, expected: list[int]
) -> None:
    assert config_of(row, gamma).language_rows() == expected


def test_the_language_row_counts_at_test_and_every_row_in_training(
    backbones: dict[str, Path], corpus: Path
) -> None:
    model, _, _ = make(backbones["bert"], corpus)
    with torch.no_grad():
        model.vectors.language.weight.normal_()
    ids = torch.tensor([[0, 1]])
    trained = model.train().vectors.languages(ids)
    assert not torch.equal(trained[0, 0], trained[0, 1])
    tested = model.eval().vectors.languages(ids)
    assert torch.equal(tested[0, 0], tested[0, 1])


def test_three_languages_have_a_row_each() -> None:
    values = {"source": ("zh", "ja"), "target": ("vi", "ko")}
    assert model_config(Settings().with_values(values), []).languages == ["zh", "ja", "vi", "ko"]


def test_bf16_is_close_to_fp32(backbones: dict[str, Path], corpus: Path) -> None:
    model, collator, dataset = make(backbones["bert"], corpus, **EVERYTHING)
    model.eval()
    batch = batch_of(collator, dataset)
    exact = model(**batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rough = model(**batch)
    assert rough.loss.item() == pytest.approx(exact.loss.item(), rel=0.02)
    assert torch.allclose(rough.logits.float(), exact.logits, atol=0.05)


def test_alignment_without_sound_is_refused() -> None:
    config = PhoneXLConfig(labels=label_set("udpos"), phonemic="none", weights={"align": 1.0})
    with pytest.raises(ValueError, match="--alpha 0"):
        build_objectives(config, SoftmaxHead())


def test_counts_of_the_whole_step_scale_the_loss(backbones: dict[str, Path], corpus: Path) -> None:
    """Half batches with the step's counts add up to the whole batch."""
    model, collator, dataset = make(backbones["bert"], corpus, 6, **EVERYTHING)
    model.eval()
    whole = batch_of(collator, dataset)
    halves = [collator(dataset.pieces[:3]), collator(dataset.pieces[3:])]
    counts = model.count_items(whole)
    assert torch.equal(counts, sum(model.count_items(half) for half in halves))
    parts = [model(**half, num_items_in_batch=counts).loss.item() for half in halves]
    assert sum(parts) == pytest.approx(model(**whole).loss.item(), rel=1e-5)


def test_objectives_default_to_off() -> None:
    assert ObjectiveSettings().alpha == ObjectiveSettings().beta == ObjectiveSettings().gamma == 0
