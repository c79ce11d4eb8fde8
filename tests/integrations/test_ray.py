"""A Ray run gives what a local run gives, row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cjkv_phon import CjkvPhonError, FormatError, Transcriber, UnsupportedOptionError
from cjkv_phon.io.base import Layout, Wanted

ray = pytest.importorskip("ray", reason="needs the extra ray")
pytest.importorskip("ray.data", reason="needs the extra ray")
pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra parquet")

from cjkv_phon.integrations.ray import SUCCESS, transcribe_dataset, transcribe_shards  # noqa: E402

# Ray's own warnings are no business of ours.
pytestmark = pytest.mark.filterwarnings("ignore")

SENTENCES = [[f"독립{n}", "만세", "값이"] for n in range(50)] + [["", "종로"], []]


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, logging_level="error")
    yield
    ray.shutdown()


def rows_of(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder).to_pylist()
    return found


def shards(tmp_path: Path, ending: str, lines: list[list[str]]) -> list[str]:
    paths = []
    for number, part in enumerate(lines):
        path = tmp_path / f"part{number}{ending}"
        path.write_text("\n".join(part) + "\n", encoding="utf-8", newline="\n")
        paths.append(str(path))
    return paths


@pytest.mark.usefixtures("cluster")
def test_jsonl_shards_give_what_a_local_run_gives(tmp_path: Path) -> None:
    rows = [{"id": n, "tokens": tokens} for n, tokens in enumerate(SENTENCES)]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    paths = shards(tmp_path, ".jsonl", [lines[:20], lines[20:]])
    options = {"lang": "ko", "detail": "narrow"}
    count = transcribe_shards(paths, str(tmp_path / "out"), options, workers=2, batch_size=7)
    local = Transcriber(**options)  # type: ignore[arg-type]
    expected = [
        {**row, "ipa": local(row["tokens"]).ipa, "romanization": local(row["tokens"]).romanization}  # type: ignore[arg-type]
        for row in rows
    ]
    assert count == len(SENTENCES)
    assert rows_of(tmp_path / "out") == expected
    report = json.loads((tmp_path / "out" / SUCCESS).read_text("utf-8"))
    assert report["signature"] == local.signature


@pytest.mark.usefixtures("cluster")
def test_conll_shards_keep_their_lines_and_order(tmp_path: Path) -> None:
    full = [sentence for sentence in SENTENCES if all(sentence) and sentence]
    lines = ["\n".join(f"{t}\tNOUN" for t in sentence) + "\n" for sentence in full]
    paths = shards(tmp_path, ".conll", [lines[:10], lines[10:]])
    transcribe_shards(paths, str(tmp_path / "out"), {"lang": "ko"}, workers=2)
    rows = rows_of(tmp_path / "out")
    local = Transcriber("ko")
    assert [row["tokens"] for row in rows] == full
    assert [row["ipa"] for row in rows] == [local(sentence).ipa for sentence in full]
    assert rows[0]["lines"] == ["독립0\tNOUN", "만세\tNOUN", "값이\tNOUN"]
    assert rows[10]["line"] == 1


@pytest.mark.usefixtures("cluster")
def test_a_dataset_in_memory_gains_units() -> None:
    dataset = ray.data.from_items([{"text": "독립 만세"}])
    (row,) = transcribe_dataset(
        dataset, {"lang": "ko"}, wanted=Wanted(ipa=True, romanization=False, units=True)
    ).take_all()
    assert row["ipa"] == "toŋnip manse"
    assert row["units"][1][0]["start"] == 3
    assert "romanization" not in row


@pytest.mark.usefixtures("cluster")
def test_a_failed_run_leaves_nothing(tmp_path: Path) -> None:
    (path,) = shards(tmp_path, ".jsonl", [['{"words": ["가"]}']])
    with pytest.raises(CjkvPhonError, match="--field"):
        transcribe_shards([path], str(tmp_path / "out"), {"lang": "ko"}, layout=Layout())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["part0.jsonl"]


def test_an_output_that_is_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    with pytest.raises(CjkvPhonError, match="there already"):
        transcribe_shards([], str(tmp_path), {"lang": "ko"})
    assert (tmp_path / "x").read_text("utf-8") == "mine"


def test_a_wrong_option_shows_before_ray_starts(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedOptionError):
        transcribe_shards([], str(tmp_path / "out"), {"lang": "ko", "variety": "mars"})


@pytest.mark.usefixtures("cluster")
def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="nowhere"):
        transcribe_shards([str(tmp_path / "nowhere.conll")], str(tmp_path / "o"), {"lang": "ko"})
