"""How fast is a training step? Ours against a plain port of the released loop.

Both compute the same loss on the same batch with the same weights (checked first)
and take an AdamW step. The plain port works as the released code does: every
sequence padded to 128, words pooled in a Python loop, a pass through the encoder
for each objective, scores of the whole vocabulary at every position, fp32. Ours:
padded to the longest sentence, pooled by index, one pass for all objectives,
scores at masked words only, bf16 on a GPU.

    python benchmarks/train_step.py                       # CPU, MiniLM size, random weights
    python benchmarks/train_step.py --size mbert --batch 32   # with a GPU: mBERT size
    python benchmarks/train_step.py --size xlmr --batch 16
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import numpy as np
import torch
from harness import race, table
from torch import Tensor, nn
from transformers import BertConfig, XLMRobertaConfig

from cjkv_phon_train.configuration import PhoneXLConfig
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.modeling import PhoneXLForTokenClassification

LENGTH = 128
WEIGHTS = {"align": 0.1, "mlm": 0.01, "xmlm": 0.01}
SIZES: dict[str, Any] = {
    "mini": lambda: BertConfig(
        vocab_size=32_000, hidden_size=384, num_attention_heads=12, intermediate_size=1536
    ),
    "mbert": lambda: BertConfig(vocab_size=119_547),
    "xlmr": lambda: XLMRobertaConfig(
        vocab_size=250_002, max_position_embeddings=514, type_vocab_size=1, pad_token_id=1
    ),
}
PEAK = {"H200": 989e12, "H100": 989e12, "A100": 312e12, "L40": 181e12, "V100": 125e12}
"""Dense bf16 (V100: fp16) operations a second, by the makers' data sheets."""


def make_batch(sentences: int, vocabulary: int, seed: int = 0) -> dict[str, Tensor]:
    """Draw a batch like UDPOS Japanese: 22 words a sentence, 1 to 3 pieces a word."""
    rng = np.random.default_rng(seed)
    lengths = np.clip(rng.gamma(3.0, 7.5, sentences).round().astype(int), 3, 60)
    clean = [_row(rng, n, vocabulary) for n in lengths]
    masked = [_mask(rng, row, vocabulary) for row in clean]
    switched = [_mask(rng, _row(rng, n, vocabulary), vocabulary) for n in lengths]
    rows = clean + masked + switched
    widest = int(lengths.max())
    batch = {
        key: _pad([row[key] for row in rows], padding)
        for key, padding in {
            "input_ids": 0, "unit_index": widest + 2, "attention_mask": 0, "language_ids": 0,
            "position_words": widest, "word_positions": 0, "word_mask": 0, "phonemes": 0,
            "phoneme_words": widest,
        }.items()
    }  # fmt: skip
    batch["position_words"][batch["position_words"] < 0] = widest
    batch["word_mask"] = batch["word_mask"].bool()
    batch["lm_positions"] = _pad([row["lm_positions"] for row in masked + switched], 0)
    batch["lm_targets"] = _pad([row["lm_targets"] for row in masked + switched], -100)
    labels = [rng.integers(0, 18, n).tolist() for n in lengths]
    batch["labels"] = _pad(labels, -100)
    return batch


def _row(rng: np.random.Generator, words: int, vocabulary: int) -> dict[str, list[int]]:
    pieces, sounds = rng.integers(1, 4, words), rng.integers(2, 5, words)
    units = [0, *np.repeat(np.arange(1, words + 1), pieces).tolist(), words + 1]
    return {
        "input_ids": rng.integers(10, vocabulary, len(units)).tolist(),
        "unit_index": units,
        "attention_mask": [1] * (words + 2),
        "language_ids": [0] * (words + 2),
        "position_words": [-1, *range(words), -1],
        "word_positions": list(range(1, words + 1)),
        "word_mask": [1] * words,
        "phonemes": rng.integers(10, vocabulary, int(sounds.sum())).tolist(),
        "phoneme_words": np.repeat(np.arange(words), sounds).tolist(),
    }


def _mask(
    rng: np.random.Generator, row: dict[str, list[int]], vocabulary: int
) -> dict[str, list[int]]:
    words = len(row["word_mask"])
    hidden = set(rng.choice(words, max(1, round(0.15 * words)), replace=False) + 1)
    new = {"input_ids": [], "unit_index": [], "lm_positions": [], "lm_targets": []}
    for piece, unit in zip(row["input_ids"], row["unit_index"], strict=True):
        if unit in hidden:
            new["lm_positions"].append(unit)
            new["lm_targets"].append(piece)
            if new["unit_index"] and new["unit_index"][-1] == unit:
                continue
            piece = 4
        new["input_ids"].append(piece)
        new["unit_index"].append(unit)
    return {**row, **new}


def _pad(rows: list[list[int]], padding: int, width: int = 0) -> Tensor:
    width = width or max(map(len, rows))
    return torch.tensor([row + [padding] * (width - len(row)) for row in rows])


def plain_loss(model: Any, batch: dict[str, Tensor]) -> Tensor:
    """The released loop: three passes over 128 positions, Python pooling, full scores."""
    n = len(batch["labels"])
    task_states, sound, spelling = plain_encode(model, batch, 0, n)
    words = batch["word_mask"].shape[1]
    mask = batch["word_mask"][:n]
    logits = model.classifier(task_states[:, 1 : words + 1])
    head = model.objectives["task"].head
    loss = head.total(logits, batch["labels"], mask) / mask.sum()
    scores = (
        model.objectives["align"].temperature.exp()
        * nn.functional.normalize(sound, dim=2)
        @ nn.functional.normalize(spelling, dim=2).transpose(1, 2)
    )
    here = nn.functional.pad(mask, (0, LENGTH - words))
    own = scores.diagonal(dim1=1, dim2=2)
    for dim in (2, 1):
        hidden = scores.masked_fill(~(here.unsqueeze(1) if dim == 2 else here.unsqueeze(2)), -1e9)
        loss = loss + 0.05 * (hidden.logsumexp(dim) - own)[here].sum() / mask.sum()
    for view, name in enumerate(("mlm", "xmlm"), 1):
        states, _, _ = plain_encode(model, batch, view * n, (view + 1) * n)
        every = model.objectives[name].head(states, model.get_input_embeddings().weight)
        targets = batch["lm_targets"][(view - 1) * n : view * n]
        places = batch["lm_positions"][(view - 1) * n : view * n]
        row, column = (targets != -100).nonzero(as_tuple=True)
        logs = every.log_softmax(-1)
        right = logs[row, places[row, column], targets[row, column]]
        loss = loss - WEIGHTS[name] * right.mean()
    return loss


def plain_encode(
    model: Any, batch: dict[str, Tensor], start: int, end: int
) -> tuple[Tensor, Tensor, Tensor]:
    """Pool each word of each sentence in Python, then encode 128 positions."""
    embed, sounds = model.get_input_embeddings(), model.vectors.phonemic
    width = model.config.hidden_size
    device = batch["input_ids"].device
    inputs = torch.zeros(end - start, LENGTH, width, device=device)
    sound, spelling = torch.zeros_like(inputs), torch.zeros_like(inputs)
    attention = torch.zeros(end - start, LENGTH, dtype=torch.long, device=device)
    ids = nn.functional.pad(batch["input_ids"][start:end], (0, LENGTH - 1))[:, :LENGTH]
    phonemes = nn.functional.pad(batch["phonemes"][start:end], (0, LENGTH))
    pieces, phones = embed(ids), sounds(phonemes)
    pieces = [list(row) for row in pieces]
    phones = [list(row) for row in phones]
    for row in range(end - start):
        units = batch["unit_index"][start + row].tolist()
        owners = batch["phoneme_words"][start + row].tolist()
        size = int(batch["attention_mask"][start + row].sum())
        vectors, heard, seen = [], [], []
        for position in range(size):
            of = [pieces[row][i] for i, unit in enumerate(units) if unit == position]
            vector = torch.stack(of).mean(0)
            if 0 < position < size - 1:
                seen.append(vector)
                of = [phones[row][i] for i, word in enumerate(owners) if word == position - 1]
                heard.append(torch.stack(of).mean(0))
                vector = vector + heard[-1]
            vectors.append(vector)
        inputs[row, :size] = torch.stack(vectors)
        sound[row, : size - 2], spelling[row, : size - 2] = torch.stack(heard), torch.stack(seen)
        attention[row, :size] = 1
    language = nn.functional.pad(batch["language_ids"][start:end], (0, LENGTH))[:, :LENGTH]
    inputs = inputs + model.vectors.language(language)
    states = model.encoder(inputs_embeds=inputs, attention_mask=attention).last_hidden_state
    return states, sound, spelling


def build(size: str, device: str, dropout: float) -> Any:
    """Build a model with random weights."""
    torch.manual_seed(0)
    backbone = SIZES[size]()
    backbone.hidden_dropout_prob = backbone.attention_probs_dropout_prob = dropout
    config = PhoneXLConfig(
        backbone, labels=label_set("udpos"), weights=WEIGHTS, head_dropout=dropout,
        trained_languages=["ja", "ko"],
    )  # fmt: skip
    return PhoneXLForTokenClassification(config).to(device)


def stepper(model: Any, loss: Callable[[], Tensor], autocast: Any) -> Callable[[], None]:
    """Return a call that takes one whole training step."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-5, weight_decay=0.0)

    def step() -> None:
        with autocast:
            value = loss()
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if torch.cuda.is_available():
            torch.cuda.synchronize()

    return step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--size", choices=SIZES, default="mini")
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = build(arguments.size, device, dropout=0.0)
    batch = make_batch(arguments.batch, model.config.vocab_size)
    batch = {key: value.to(device) for key, value in batch.items()}
    model.train()
    with torch.no_grad():
        ours, plain = model(**batch).loss.item(), plain_loss(model, batch).item()
    print(f"loss: ours {ours:.5f}, plain port {plain:.5f}")
    if abs(ours - plain) > 1e-3 * abs(plain):
        raise SystemExit("the two losses differ: they do not compute the same")
    full = torch.autocast(device, dtype=torch.bfloat16) if device == "cuda" else nullcontext()
    rows: dict[str, Callable[[], object]] = {
        "plain port": stepper(model, lambda: plain_loss(model, batch), nullcontext()),
        "ours": stepper(model, lambda: model(**batch).loss, full),
    }
    for call in rows.values():
        call()
    found = race(rows, arguments.batch, baseline="plain port", rounds=arguments.rounds)
    threads = torch.get_num_threads()
    where = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {threads} thread(s)"
    print(f"{arguments.size}, batch {arguments.batch}, {where}")
    print(table(("row", "sentences/s", "× plain port"), found))
    if device == "cuda":
        print(
            table(*gpu_figures(model, rows, batch, {name: rate for name, rate, _ in found}, where))
        )


def gpu_figures(
    model: Any,
    rows: dict[str, Callable[[], object]],
    batch: dict[str, Tensor],
    speed: dict[str, float],
    where: str,
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return peak memory and model FLOPs utilisation (useful positions only) of each row."""
    weights = sum(p.numel() for n, p in model.encoder.named_parameters() if "embeddings" not in n)
    positions = int(batch["attention_mask"].sum())
    per_sentence = 6 * weights * positions / len(batch["labels"])
    peak = next((value for name, value in PEAK.items() if name in where), None)
    lines: list[tuple[object, ...]] = []
    for name, call in rows.items():
        torch.cuda.reset_peak_memory_stats()
        call()
        memory = torch.cuda.max_memory_allocated() / 2**30
        share: object = speed[name] * per_sentence / peak * 100 if peak else "peak not known"
        lines.append((name, memory, share))
    return ("row", "peak GiB", "MFU %"), lines


if __name__ == "__main__":
    main()
