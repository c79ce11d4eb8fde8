"""The recipes of the guide to scale do what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cjkv_phon import Transcriber

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "scale.md"
TOKENS = [["독립", "만세"], ["값이", "없다"]]


def recipe(word: str) -> dict[str, Any]:
    """Run the block of the page that holds a word, and return its names."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (block,) = (block for block in blocks if word in block)
    names: dict[str, Any] = {}
    exec(compile(block, str(PAGE), "exec"), names)
    return names


def test_pipe_streams_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    recipe("transcriber.pipe")
    expected = [str(Transcriber("ko")(tokens).ipa) for tokens in TOKENS]
    assert capsys.readouterr().out.strip().split("\n") == expected


def test_what_spark_is_given_transcribes_batches_of_rows() -> None:
    pandas = pytest.importorskip("pandas")
    frames = [pandas.DataFrame({"id": [1, 2], "tokens": TOKENS}), pandas.DataFrame({"tokens": []})]
    first, empty = recipe("def transcribed")["transcribed"](frames)
    local = Transcriber("ko")
    assert list(first["ipa"]) == [local(tokens).ipa for tokens in TOKENS]
    assert list(first["romanization"]) == [local(tokens).romanization for tokens in TOKENS]
    assert list(first["id"]) == [1, 2]
    assert len(empty) == 0
    assert list(empty.columns) == ["tokens", "ipa", "romanization"]


@pytest.mark.filterwarnings("ignore")
def test_datasets_map_with_processes() -> None:
    pytest.importorskip("datasets")
    dataset = recipe("num_proc=2")["dataset"]
    local = Transcriber("ko")
    assert dataset["ipa"] == [local(tokens).ipa for tokens in TOKENS]
