"""Cut a backbone's vocabulary to a corpus, without changing how the corpus is segmented.

Segmentation is unchanged because every piece it uses stays and no piece is
added: a Unigram's best path and WordPiece's longest match are still there, and
nothing that beats them is. It is checked all the same, text by text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cjkv_phon_train.errors import TrainingError

BATCH = 20_000


@dataclass(frozen=True)
class TrimReport:
    """What trimming did.

    Attributes:
        texts: Different texts (words, transcriptions) of the corpus.
        before: Pieces of the old vocabulary.
        used: Pieces that the corpus uses.
        kept: Pieces of the new vocabulary: those used, special tokens, single characters.
        unknown: Texts that hold an unknown piece (before and after the same).
        changed: Texts whose segmentation changed: 0, or trimming is refused.
        bytes_before: Size of the weights.
        bytes_after: Size of the weights.
    """

    texts: int
    before: int
    used: int
    kept: int
    unknown: int
    changed: int
    bytes_before: int
    bytes_after: int

    def as_dict(self) -> dict[str, int]:
        """Return plain numbers, ready for JSON."""
        return asdict(self)


def trim(
    backbone: str | Path,
    folder: str | Path,
    texts: Iterable[str],
    characters: bool = True,
) -> TrimReport:
    """Write a backbone whose vocabulary holds what a corpus uses.

    Args:
        backbone: Folder or hub name; its tokenizer must be a fast one with a
            Unigram or WordPiece model.
        folder: Where the new backbone goes.
        texts: Words, transcriptions, anything that will be segmented.
        characters: Keep all pieces of one character, so that other text can
            still be spelled.

    Raises:
        TrainingError: If the tokenizer is of another kind, or a text would be
            segmented in another way.
    """
    from tokenizers import Tokenizer
    from transformers import PreTrainedTokenizerFast

    from cjkv_phon_train.tokenization import load_tokenizer

    tokenizer = load_tokenizer(backbone)
    corpus = sorted({text for text in texts if text})
    old = getattr(tokenizer, "backend_tokenizer", None)
    if old is None:
        raise TrainingError(f"{backbone} has no fast tokenizer; only those can be trimmed")
    before = _segment(old, corpus, tokenizer.unk_token)
    used = {piece for pieces in before for piece in pieces}
    layout = json.loads(old.to_str())
    names = _names(layout)
    special = {token["id"] for token in layout["added_tokens"]}
    special |= {i for i in tokenizer.all_special_ids if i is not None}
    kept = [
        number
        for number, name in enumerate(names)
        if number in special or name in used or (characters and _single(name))
    ]
    new = Tokenizer.from_str(json.dumps(_cut(layout, kept), ensure_ascii=False))
    changed = sum(
        a != b for a, b in zip(before, _segment(new, corpus, tokenizer.unk_token), strict=True)
    )
    if changed:
        raise TrainingError(f"{changed} texts of {backbone} would be segmented in another way")
    sizes = _write_model(backbone, folder, kept, tokenizer.pad_token_id)
    named = {f"{n}_token": getattr(tokenizer, f"{n}_token") for n in _SPECIAL}
    fast = PreTrainedTokenizerFast(
        tokenizer_object=new,
        model_max_length=tokenizer.model_max_length,
        **{key: value for key, value in named.items() if value is not None},
    )
    fast.save_pretrained(folder)
    unknown = sum(tokenizer.unk_token in pieces for pieces in before)
    report = TrimReport(len(corpus), len(names), len(used), len(kept), unknown, changed, *sizes)
    text = json.dumps(report.as_dict(), indent=2) + "\n"
    (Path(folder) / "trim.json").write_text(text, encoding="utf-8")
    return report


_SPECIAL = ("bos", "eos", "cls", "sep", "unk", "pad", "mask")


def _segment(tokenizer: Any, corpus: list[str], unknown: str) -> list[list[str]]:
    """Return the pieces of each text; what is unknown by the name of the unknown piece."""
    number = tokenizer.token_to_id(unknown)
    found: list[list[str]] = []
    for start in range(0, len(corpus), BATCH):
        part = corpus[start : start + BATCH]
        found += [
            [unknown if i == number else piece for i, piece in zip(e.ids, e.tokens, strict=True)]
            for e in tokenizer.encode_batch(part, add_special_tokens=False)
        ]
    return found


def _single(name: str) -> bool:
    return len(name.removeprefix("▁").removeprefix("##")) <= 1


def _names(layout: dict[str, Any]) -> list[str]:
    """Return the pieces in the order of their ids, added ones included."""
    model = layout["model"]
    if model["type"] == "Unigram":
        names = dict(enumerate(piece for piece, _ in model["vocab"]))
    elif model["type"] == "WordPiece":
        names = {number: piece for piece, number in model["vocab"].items()}
    else:
        raise TrainingError(
            f"a {model['type']} tokenizer cannot be trimmed, only Unigram, WordPiece"
        )
    names |= {token["id"]: token["content"] for token in layout["added_tokens"]}
    return [names.get(number, "") for number in range(max(names) + 1)]


def _cut(layout: dict[str, Any], kept: list[int]) -> dict[str, Any]:
    """Return the tokenizer's description with the kept pieces only, renumbered."""
    renumbered = {old: new for new, old in enumerate(kept)}
    model = layout["model"]
    if model["type"] == "Unigram":
        vocabulary = model["vocab"]
        size = len(vocabulary)
        # Added tokens beyond the model's own vocabulary are numbered after it.
        model["vocab"] = [vocabulary[old] for old in kept if old < size]
        model["unk_id"] = renumbered[model["unk_id"]]
    else:
        model["vocab"] = {
            piece: renumbered[old] for piece, old in model["vocab"].items() if old in renumbered
        }
    for token in layout["added_tokens"]:
        token["id"] = renumbered[token["id"]]
    special = (layout.get("post_processor") or {}).get("special_tokens")
    if isinstance(special, dict):
        for entry in special.values():
            entry["ids"] = [renumbered[old] for old in entry["ids"]]
    return layout


def _write_model(
    backbone: str | Path, folder: str | Path, kept: list[int], pad: int
) -> tuple[int, int]:
    """Keep the rows of the kept pieces wherever a parameter has a row a piece."""
    import torch
    from transformers import AutoModel, AutoModelForMaskedLM

    from cjkv_phon_train.backbones import load_encoder, without_pooler

    encoder = load_encoder(backbone)
    masked = any("MaskedLM" in name for name in encoder.config.architectures or ())
    model = AutoModelForMaskedLM.from_pretrained(backbone) if masked else encoder
    rows = model.get_input_embeddings().weight.shape[0]
    if kept[-1] >= rows:
        raise TrainingError(f"{backbone}: the tokenizer has more pieces than the model has rows")
    config = model.config.__class__.from_dict(model.config.to_dict())
    config.vocab_size = len(kept)
    config.pad_token_id = kept.index(pad)
    index = torch.tensor(kept)
    state = {
        name: value[index].clone() if value.dim() and value.shape[0] == rows else value
        for name, value in model.state_dict().items()
    }
    if masked:
        small = AutoModelForMaskedLM.from_config(config)
    else:
        small = AutoModel.from_config(config, **without_pooler(config))
    small.load_state_dict(state)
    small.save_pretrained(folder)
    return _size(model), _size(small)


def _size(model: Any) -> int:
    return sum(p.numel() * p.element_size() for p in model.parameters())
