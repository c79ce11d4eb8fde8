"""X-MIXUP: translations are read from files of the user and mixed in inside the encoder."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import torch

from cjkv_phon import FormatError
from cjkv_phon_train.baselines.parallel import load_parallel, matching
from cjkv_phon_train.baselines.xmixup import (
    MixupObjective,
    Pairs,
    attention_of,
    mixed_rows,
    mixing,
)
from cjkv_phon_train.checks import check
from cjkv_phon_train.config import load_settings
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.prediction import Tagger
from cjkv_phon_train.preparation import prepare
from cjkv_phon_train.run_directory import describe_data
from cjkv_phon_train.training import train

ALIGNED = "私 は 学生 です 。\t학생 이 간다 .\t2-0 1-1 3-2 4-3\n"
PLAIN = "犬 が 走る 。\t물 이 간다 .\n"
UNKNOWN = "知ら ない 文\t학생\n"


def parallel(folder: Path, text: str, name: str = "p.tsv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return f"ja-ko:{path}"


@pytest.fixture
def values(backbones: dict[str, Path], corpus: Path, tmp_path: Path) -> dict[str, Any]:
    return {
        "data": str(corpus), "parallel": (parallel(tmp_path, ALIGNED + PLAIN),), "lr": 1e-3,
        "backbone": str(backbones["bert"]), "output": str(tmp_path / "run"), "mixup_layer": 1,
        "tensorboard": False, "batch_size": 8, "log_steps": 1,
    }  # fmt: skip


def prepared(values: dict[str, Any], **more: Any) -> Any:
    return prepare(load_settings(variant="xmixup", values=values | more))


def batch_of(ready: Any, count: int = 6) -> dict[str, torch.Tensor]:
    dataset = ready.dataset(ready.corpora_of("train"), augment=True)
    found: dict[str, torch.Tensor] = ready.collator(dataset.pieces[:count])
    return found


def test_one_file_holds_sentences_translations_and_alignments(tmp_path: Path) -> None:
    found = load_parallel(parallel(tmp_path, ALIGNED + PLAIN))
    assert (found.source, found.target) == ("ja", "ko")
    one = found.translations["私", "は", "学生", "です", "。"]
    assert (one.tokens, one.links) == (("학생", "이", "간다", "."), (2, 1, 3, 4))
    assert found.translations["犬", "が", "走る", "。"].links is None


def test_aligned_files_are_the_same_as_one(tmp_path: Path) -> None:
    columns = [cell + "\n" for cell in ALIGNED.strip().split("\t")]
    for name, text in zip("abc", columns, strict=True):
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
    paths = "::".join(str((tmp_path / name).rename(tmp_path / f"{name}.gz")) for name in "abc")
    assert load_parallel(f"ja-ko:{paths}") == load_parallel(parallel(tmp_path, ALIGNED))


def test_a_translated_word_without_a_link_has_no_source_word(tmp_path: Path) -> None:
    found = load_parallel(parallel(tmp_path, "a b\tc d e\t1-0 0-0 1-2\n"))
    assert found.translations["a", "b"].links == (1, -1, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a b\n", r"p\.tsv:1: 1 columns; wanted source, target"),
        ("a  b\tc\n", "an empty word: single spaces"),
        ("a b\tc\t0-1\n", "alignment '0-1': write SOURCE-TARGET, counted from 0, below 2-1"),
        ("a b\tc\tx\n", "alignment 'x'"),
        ("\n", "holds no translation"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FormatError, match=message):
        load_parallel(parallel(tmp_path, text))


def test_files_of_unlike_length_are_refused(tmp_path: Path) -> None:
    one, other = parallel(tmp_path, "a\nb\n", "a"), parallel(tmp_path, "c\n", "b")
    with pytest.raises(FormatError, match="b: has no sentence in line 2"):
        load_parallel(f"{one}::{other.partition(':')[2]}")


def test_wrong_specs_and_missing_sounds_say_what_to_type(tmp_path: Path) -> None:
    spec = parallel(tmp_path, ALIGNED)
    for wrong in ("ja:x", "ja-ko", "ja-ko:a::b::c::d"):
        with pytest.raises(SettingsError, match="write SOURCE-TARGET:PATH"):
            load_parallel(wrong)
    with pytest.raises(SettingsError, match="--scheme standard"):
        load_parallel(spec, "ipa")
    heard = load_parallel(spec, "ipa", "standard").translations
    assert heard["私", "は", "学生", "です", "。"].phonemes is not None
    with pytest.raises(SettingsError, match="none of the 1 sentences"):
        matching(load_parallel(parallel(tmp_path, UNKNOWN)), [("a",)])


def test_an_aligned_translation_has_the_labels_of_the_words_it_translates(
    values: dict[str, Any],
) -> None:
    ready = prepared(values)
    batch = batch_of(ready)
    assert batch["mix_rows"].tolist() == [[6, 0, 0], [8, 7, 2]]
    assert batch["mix_links"][:, :5].tolist() == [[2, 1, 3, 4, -1], [0, 1, 2, 3, -1]]
    assert len(batch["input_ids"]) == 9
    ko = ready.collator.languages.index("ko")
    assert (batch["language_ids"][6][batch["attention_mask"][6].bool()] == ko).all()
    assert torch.equal(batch["input_ids"][8], batch["input_ids"][2])
    assert ready.model.config.trained_languages == ["ja", "ko"]
    assert describe_data(ready)["parallel"] == [{"source": "ja", "target": "ko", "translations": 2}]


def test_evaluation_mixes_nothing(values: dict[str, Any]) -> None:
    ready = prepared(values)
    dataset = ready.dataset(ready.corpora_of("dev"))
    assert "mix_rows" not in ready.collator(dataset.pieces[:3])


def test_views_of_language_models_stay_where_they_are(values: dict[str, Any]) -> None:
    plain = batch_of(prepared(values, beta=0.1, mixup=0.0))
    batch = batch_of(prepared(values, beta=0.1))
    assert torch.equal(batch["lm_targets"], plain["lm_targets"])
    assert batch["mix_rows"][0].tolist() == [12, 0, 0]


def test_without_a_share_mixing_changes_no_state(values: dict[str, Any]) -> None:
    ready = prepared(values, mixup_ratio=0.0)
    model, batch = ready.model.eval(), batch_of(ready)
    plain = {key: value for key, value in batch.items() if not key.startswith("mix_")}
    assert torch.allclose(model(**batch).logits, model(**plain).logits, atol=1e-6)
    pairs = Pairs.of(batch)
    assert pairs is not None
    states = torch.randn(9, batch["attention_mask"].shape[1], 48)
    attention = attention_of(model.encoder, 0)
    kept = mixed_rows(attention, states, batch["attention_mask"], pairs, model.objectives["mixup"])
    assert torch.allclose(kept, states[pairs.query])


def test_mixing_with_itself_is_the_layers_own_attention(values: dict[str, Any]) -> None:
    """Cross-attention uses the parameters of the layer: a sentence mixed with its copy."""
    ready = prepared(values)
    encoder = ready.model.encoder.eval()
    attention = attention_of(encoder, 0)
    states = torch.randn(2, 5, 48)
    states[1] = states[0]
    mask = torch.ones(2, 5, dtype=torch.long)
    row, other = torch.tensor([0]), torch.tensor([1])
    pairs = Pairs(row, other, other, torch.zeros(1, 5, dtype=torch.long))
    objective = MixupObjective(1.0, ratio=1.0)
    with torch.no_grad():
        objective.offset.fill_(1e6)  # λ = 1
        mixed = mixed_rows(attention, states, mask, pairs, objective)
        own = attention.module(states)[0]
    assert torch.allclose(mixed[0], own[0], atol=1e-5)


def test_padding_of_the_other_sentence_is_not_attended_to(values: dict[str, Any]) -> None:
    attention = attention_of(prepared(values).model.encoder.eval(), 1)
    states = torch.randn(2, 5, 48)
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    pairs = Pairs(*(torch.tensor([n]) for n in (0, 1, 1)), torch.zeros(1, 5, dtype=torch.long))
    changed = states.clone()
    changed[1, 3:] = 99.0
    objective = MixupObjective(1.0)
    one, two = (mixed_rows(attention, s, mask, pairs, objective) for s in (states, changed))
    assert torch.allclose(one, two, atol=1e-6)


def test_only_mixed_rows_change_and_the_hook_goes_away(values: dict[str, Any]) -> None:
    ready = prepared(values)
    model, batch = ready.model.eval(), batch_of(ready)
    pairs = Pairs.of(batch)
    inputs = torch.randn(*batch["attention_mask"].shape, 48)
    mask = batch["attention_mask"]

    def states() -> torch.Tensor:
        found: torch.Tensor = model.encoder(
            inputs_embeds=inputs, attention_mask=mask
        ).last_hidden_state
        return found

    before = states()
    with mixing(model.encoder, 1, pairs, mask, model.objectives["mixup"]):
        during = states()
    assert torch.equal(states(), before)
    same = [torch.allclose(a, b) for a, b in zip(before, during, strict=True)]
    assert same == [True] * 6 + [False, True, False]


def test_every_parameter_of_mixing_learns_and_nothing_is_nan(values: dict[str, Any]) -> None:
    ready = prepared(values)
    output = ready.model.train()(**batch_of(ready))
    output.loss.backward()
    objective = ready.model.objectives["mixup"]
    assert objective.slope.grad.abs().item() > 0
    assert all(p.grad is None or torch.isfinite(p.grad).all() for p in ready.model.parameters())
    assert output.terms["mixup"].item() > 0


def test_a_batch_without_translations_costs_nothing_but_keeps_the_graph(
    values: dict[str, Any],
) -> None:
    ready = prepared(values)
    dataset = ready.dataset(ready.corpora_of("train"), augment=True)
    batch = ready.collator(dataset.pieces[5:9])
    assert batch["mix_rows"].shape == (0, 3)
    output = ready.model.train()(**batch)
    output.loss.backward()
    assert output.terms["mixup"].item() == 0
    assert ready.model.objectives["mixup"].slope.grad.item() == 0


@pytest.mark.parametrize("pooling", ["words", "subwords"])
@pytest.mark.parametrize("backbone", ["bert", "xlmr"])
def test_a_run_with_translations_learns_and_can_be_loaded(
    values: dict[str, Any], backbones: dict[str, Path], backbone: str, pooling: str
) -> None:
    more = {"pooling": pooling, "epochs": 2, "backbone": str(backbones[backbone])}
    result = train(load_settings(variant="xmixup", values=values | more))
    logs = [entry["loss_mixup"] for entry in result["history"] if "loss_mixup" in entry]
    assert any(logs)
    tagger = Tagger.from_pretrained(values["output"], "cpu")
    assert tagger.model.config.mixup_layer == 1


def test_sounds_of_translations_are_made_by_the_scheme(values: dict[str, Any]) -> None:
    ready = prepared(values, phonemic="xavier", scheme="standard")
    batch = batch_of(ready)
    assert len(batch["phonemes"]) == 9
    assert (batch["phoneme_words"][6] < batch["word_mask"].shape[1]).any()


def test_an_encoder_that_is_not_like_bert_is_refused(
    values: dict[str, Any], backbones: dict[str, Path]
) -> None:
    with pytest.raises(SettingsError, match="DistilBertModel is not: type --mixup 0"):
        prepared(values, backbone=str(backbones["distilbert"]))
    with pytest.raises(SettingsError, match="layers 0 to 1: type --mixup-layer 1"):
        prepared(values, mixup_layer=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mixup": 0.1}, "needs translations: type --parallel"),
        ({"mixup": 0.1, "parallel": "ja-ko:p", "merge": "words", "task": "panx"}, "--merge ''"),
    ],
)
def test_what_cannot_be_mixed_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        check(load_settings(values=options))


def test_mixing_in_bf16_is_close_to_fp32(values: dict[str, Any]) -> None:
    ready = prepared(values)
    model, batch = ready.model.eval(), batch_of(ready)
    exact = model(**batch).terms["mixup"].item()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rough = model(**batch).terms["mixup"].item()
    assert rough == pytest.approx(exact, rel=0.05)
