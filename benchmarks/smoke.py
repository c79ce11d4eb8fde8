"""Do the benchmarks run? Each on a handful of words made here; no time is asserted.

    python -m pytest --import-mode=importlib -q benchmarks/smoke.py

A script that is not named in `QUICK` measures against gold data, which is no part of
the project: without it, it has to say that it is skipped.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
NO_SCRIPTS = {"harness", "peers", "probe", "smoke"}

# Arguments for a tiny run, and what its output must hold.
QUICK: dict[str, tuple[list[str], str]] = {
    "corpus": (
        ["--tokens", "2000", "--kills", "1", "--rounds", "1"],
        "killed and resumed: 1 of 1 byte-identical",
    ),
    "distance": (["--pairs", "50", "--vocabulary", "10"], "cjkv_phon"),
    "interval_coverage": (["--pairs", "4"], "| seeds |"),
    "korean": (["speed"], "cjkv_phon"),
    "performance": (["--quick", "--lang", "ko", "--scheme", "standard"], "| ko/standard |"),
    "table1": ([], "| Vietnam | ko |"),
    "train_step": (["--help"], "usage"),
    "vietnamese": (["speed"], "standard, warm"),
}
NEEDS = {"train_step": "torch"}

TEXT = {
    "zh_gsd": ["银行 的 行长", "电子 行业"],
    "ja_gsd": ["日本 の 本", "電子 産業"],
    "ko_gsd": ["독립 만세", "값이 없다 ."],
    "vi_vtb": ["công nghiệp điện tử", "tiếng Việt ."],
}
WORDS = {
    "cedict/words.tsv": "行业\thang2 ye4\n银行\tyin2 hang2\n",
    "jmdict/common.tsv": "日本\tにほん\n電子\tでんし\n",
    "wikipron/kor_hang.tsv": "독립\tt o ŋ n i p̚\n값\tk a p̚\n",
    "wikipron/vie_latn_hanoi.tsv": "điện\tɗ i ə n ˧ˀ˨ ʔ\ntử\tt ɨ ˧˩\n",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name, sentences in TEXT.items():
        blocks = [
            "".join(
                f"{number}\t{token}" + "\t_" * 8 + "\n"
                for number, token in enumerate(sentence.split(), start=1)
            )
            for sentence in sentences
        ]
        path = folder / "ud" / f"{name}-ud-dev.conllu.gz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress("\n".join(blocks * 10).encode()))
    for name, text in WORDS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run(script: str, arguments: list[str], data: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CJKV_PHON_DATA": str(data), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(HERE / f"{script}.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("script", QUICK)
def test_it_runs(script: str, data: Path) -> None:
    if script in NEEDS:
        pytest.importorskip(NEEDS[script])
    arguments, expected = QUICK[script]
    done = run(script, arguments, data)
    assert done.returncode == 0, done.stderr
    assert expected in done.stdout


@pytest.mark.parametrize(
    "script", sorted({path.stem for path in HERE.glob("*.py")} - NO_SCRIPTS - set(QUICK))
)
def test_without_gold_data_it_says_that_it_is_skipped(script: str, tmp_path: Path) -> None:
    done = run(script, [], tmp_path / "nowhere")
    assert done.returncode == 1, done.stderr
    assert done.stderr.strip().rpartition("\n")[2].startswith("skipped: no gold data at ")


def test_figures_are_kept_and_compared(data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    quick = ["--quick", "--lang", "ko", "--scheme", "standard"]
    first = run("performance", [*quick, "--json", str(kept)], data)
    assert first.returncode == 0, first.stderr
    figures = json.loads(kept.read_text(encoding="utf-8"))
    assert figures["figures"]["ko/standard"]["words_per_second"] > 0
    assert figures["before"]["cores"] >= 1
    again = run("performance", [*quick, "--compare", str(kept)], data)
    assert again.returncode == 0, again.stderr
    assert "| new / old |" in again.stdout


def test_a_profile_says_where_the_time_goes(data: Path) -> None:
    done = run("performance", ["--profile", "--lang", "ko", "--scheme", "standard"], data)
    assert done.returncode == 0, done.stderr
    assert "== ko/standard, text" in done.stdout
    assert "tottime" in done.stdout
