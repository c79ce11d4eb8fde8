"""FSDP: parameters cut over processes give the loss and gradients of one process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
import torch
import torch.distributed as dist
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from cjkv_phon_train.config import load_settings
from cjkv_phon_train.preparation import prepare

folder, backbone = sys.argv[1:]
dist.init_process_group("gloo")
torch.manual_seed(0)
prepared = prepare(load_settings(values={
    "data": folder, "backbone": backbone, "dictionary": f"ja-ko:{folder}/ja-ko.txt",
    "alpha": 0.1, "beta": 0.1, "gamma": 0.1,
}))
model = prepared.model.eval()
pieces = prepared.dataset(prepared.corpora_of("train"), augment=True).pieces[:5]
batch = prepared.collator(pieces)
whole = model(**batch).loss
whole.backward()
expected = {name: p.grad.clone() for name, p in model.named_parameters()}
model.zero_grad()
mesh = init_device_mesh("cpu", (2,))
for layer in model.encoder.encoder.layer:
    fully_shard(layer, mesh=mesh)
fully_shard(model, mesh=mesh)
loss = model(**batch).loss
loss.backward()
for name, p in model.named_parameters():
    assert torch.allclose(p.grad.full_tensor(), expected[name], atol=1e-6), name
assert torch.allclose(loss, whole)
dist.destroy_process_group()
"""


def test_a_sharded_model_has_the_loss_and_gradients_of_a_whole_one(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    script = tmp_path / "shard.py"
    script.write_text(SCRIPT, encoding="utf-8")
    command = [
        sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "--master-port",
        "29533", str(script), str(corpus), str(backbones["minilm"]),
    ]  # fmt: skip
    result = subprocess.run(
        command, capture_output=True, text=True, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-3000:]
