"""What `cjkv-phon-train report` prints and writes, from folders and from summary files."""

from __future__ import annotations

import builtins
import csv
import io
import json
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cjkv_phon import CjkvPhonError, MissingDependencyError
from cjkv_phon_train.cli import group
from cjkv_phon_train.errors import SettingsError, TrainingError
from cjkv_phon_train.experiments import paper, plots, tables
from cjkv_phon_train.experiments.collect import collect, gather
from cjkv_phon_train.experiments.layout import markdown


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(group, ["report", *map(str, words)], catch_exceptions=False)


@pytest.fixture(scope="module")
def suite(synthetic: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = synthetic.make_suite(tmp_path_factory.mktemp("runs") / "suite")
    return folder


@pytest.fixture
def copy(suite: Path, tmp_path: Path) -> Path:
    """A copy to be changed, described as a suite."""
    folder = tmp_path / "suite"
    shutil.copytree(suite, folder)
    described = {
        "name": "mine", "title": "My suite", "description": "Does it help?", "baseline": "pe",
        "datasets": {"udpos-ja-ko": {"label": "UDPOS JA→KO"}},
        "variants": {
            "pe": {"label": "with sound", "paper": "", "against": "pe"},
            "full": {"label": "50% & more", "paper": "Table 6: IPA full", "against": "pe"},
        },
    }  # fmt: skip
    (folder / "mine.suite.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


def test_a_table_has_a_row_a_variant_and_the_papers_numbers_beside_ours(suite: Path) -> None:
    text = markdown(tables.build(collect(suite)))
    head, _, baseline, full, *_ = text.split("\n")
    assert head.count("paper") == 2
    assert "panx-zh-vi dev-vi | paper | udpos-ja-ko dev-ja | udpos-ja-ko dev-ko | paper" in head
    assert baseline.endswith("| 43.63 |")
    assert full.endswith("| 46.75 |")
    assert "**" in full.split("|")[3], "the best target score is bold"


def test_differences_stand_with_interval_and_p_and_what_is_not_significant_is_marked(
    suite: Path,
) -> None:
    rows = markdown(tables.build(collect(suite))).split("\n\n")[1].split("\n")
    full = next(row for row in rows if row.startswith("| full"))
    same = next(row for row in rows if row.startswith("| pe"))
    assert "p < .001 |" in full
    assert full.count("n.s.") == 2, "the source columns were not changed"
    assert same.count("+0.00 [0.00, 0.00] p = 1 n.s.") == 4


def test_a_suite_names_labels_baseline_and_rows_of_the_paper(copy: Path) -> None:
    result = type_in(copy)
    assert "# Experiments" in result.stdout
    assert "## My suite\n\nDoes it help?" in result.stdout
    part = result.stdout.split("## My suite")[1].split("## Runs")[0]
    assert "panx" not in part.split("**How")[0], "runs of no suite stand under a head of their own"
    assert "| 50% & more | with sound |" in part
    assert "UDPOS JA→KO dev-ko | paper |" in part
    assert "46.75 |" in part
    assert r"50\% \& more" in type_in(copy, "--format", "latex").stdout


def test_labels_are_text_never_markup_formulas_or_folders(copy: Path, tmp_path: Path) -> None:
    path = copy / "mine.suite.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    suite["name"] = "../../out of here"
    suite["datasets"]["udpos-ja-ko"]["label"] = "a|b\n\n<i>c</i>"
    suite["variants"]["pe"]["label"] = "_$pe [x](y)"
    suite["variants"]["full"]["label"] = '=HYPERLINK("x")'
    path.write_text(json.dumps(suite), encoding="utf-8")
    pages = tmp_path / "a" / "b" / "report"
    assert type_in(copy, "--out", pages).exit_code == 0
    assert {place.parent for place in tmp_path.rglob("*.svg")} == {pages}
    text = (pages / "index.md").read_text(encoding="utf-8")
    assert "<i>" not in text.replace(r"\<i\>", "")
    tables_of = [block for block in text.split("\n\n") if block.startswith("| ")]
    for block in tables_of:
        counts = {row.replace(r"\|", "").count("|") for row in block.split("\n")}
        assert len(counts) == 1, block
    assert r"_$pe \[x\](y)" in text
    rows = list(csv.DictReader(io.StringIO((pages / "tables.csv").read_text(encoding="utf-8"))))
    assert '\'=HYPERLINK("x")' in {row["label"] for row in rows}
    assert r"\label{tab:..-..-out-of-here-f1}" in (pages / "tables.tex").read_text(encoding="utf-8")


@pytest.mark.parametrize("label", ["[x]", "*x"])
def test_a_label_is_no_argument_of_the_line_end_before_it(copy: Path, label: str) -> None:
    path = copy / "mine.suite.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    suite["variants"]["full"]["label"] = label
    path.write_text(json.dumps(suite), encoding="utf-8")
    lines = type_in(copy, "--format", "latex").stdout.split("\n")
    assert any(line.startswith("{}" + label) for line in lines)
    assert not any(line.startswith(label) for line in lines)


def test_a_data_set_with_the_baseline_alone_is_left_to_the_runs_outside_suites(copy: Path) -> None:
    path = copy / "mine.suite.json"
    suite = json.loads(path.read_text()) | {"baseline": "baseline"}
    suite["datasets"] = {"udpos-ja-ko": {}, "panx-zh-vi": {}}
    suite["variants"] = {"baseline": {}, "pe": {}}
    path.write_text(json.dumps(suite), encoding="utf-8")
    shutil.rmtree(copy / "panx-zh-vi" / "pe")
    mine, others = collect(copy).views()
    assert mine.datasets == ("udpos-ja-ko",)
    assert mine.variants() == ("baseline", "pe")
    assert "panx-zh-vi/baseline/111" in {run.name for run in others.runs}
    for folder in ("pe", "full"):
        shutil.rmtree(copy / "udpos-ja-ko" / folder)
    alone, *_ = collect(copy).views()
    assert alone.datasets == ("udpos-ja-ko", "panx-zh-vi"), "nothing is compared anywhere"


def test_runs_older_than_an_option_have_done_what_its_default_does(copy: Path) -> None:
    for path in copy.glob("*/pe/*/settings.json"):
        settings = json.loads(path.read_text())
        del settings["objectives"]["switch_input"], settings["training"]["patience"]
        path.write_text(json.dumps(settings))
    text = type_in(copy).stdout.split("**How it was run**")[1]
    assert "switch_input" not in text
    assert "| variant | `alpha` | `beta` | `gamma` |" in text


def test_another_variant_may_be_the_one_to_compare_with(suite: Path) -> None:
    result = type_in(suite, "--against", "full", "--measure", "accuracy")
    assert "| baseline | full |" in result.stdout
    assert "accuracy, percent" in result.stdout
    with pytest.raises(SettingsError, match="baseline, full, pe"):
        type_in(suite, "--against", "fuul")


@pytest.mark.parametrize("measure", ["f1", "accuracy", "macro_f1"])
def test_every_measure_has_means_intervals_and_tests(suite: Path, measure: str) -> None:
    text = type_in(suite, "--measure", measure, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    full = next(r for r in rows if (r["variant"], r["corpus"]) == ("full", "dev-ko"))
    low, delta, high = (float(full[name]) for name in ("low", "delta", "high"))
    assert 0 < low < delta < high
    assert float(full["p_holm"]) == pytest.approx(2 * float(full["p"]), abs=1e-5)
    assert (full["significant"], full["seeds"]) == ("1", "111 222")
    assert full["paper_delta"] == ("3.120" if measure == "f1" else "")


def test_a_variant_that_lacks_a_seed_is_compared_on_the_common_ones_and_that_is_said(
    copy: Path,
) -> None:
    shutil.rmtree(copy / "udpos-ja-ko" / "full" / "222")
    (table,) = (tables.build(view) for view in collect(copy).views() if view.suite)
    (note,) = table.notes
    assert note == "UDPOS JA→KO: full has seeds 111, pe 111, 222: compared on 111 only"
    row = next(row for row in table.rows if row.variant == "full")
    assert all(cell and cell.comparison and cell.comparison.seeds == (111,) for cell in row.cells)
    assert "one seed" in type_in(copy).stdout
    shutil.rmtree(copy / "panx-zh-vi" / "full" / "222")
    (table,) = (tables.build(view, against="baseline") for view in [collect(copy)])
    (note,) = table.notes
    assert note.startswith("UDPOS JA→KO, panx-zh-vi: full has seeds 111, baseline 111, 222: ")
    shutil.move(copy / "udpos-ja-ko" / "pe" / "111", copy / "lost")
    (copy / "lost" / "results.json").unlink()
    result = type_in(copy)
    assert "no seed in common" in result.stderr
    assert "not finished, left out: lost" in result.stderr


def test_runs_of_other_sentences_or_without_counts_are_compared_without_a_test(
    copy: Path, synthetic: ModuleType
) -> None:
    (copy / "panx-zh-vi" / "full" / "111" / "sentences.json").unlink()
    gold = synthetic.sentences(9, 1)
    folder = copy / "udpos-ja-ko" / "full" / "111"
    synthetic.make_run(folder, {"dev-ko": (gold, gold)}, 111, "full")
    result = type_in(copy, "--format", "csv")
    assert "scored other sentences" in result.stderr
    assert "left no counts of sentences" in result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    full = next(r for r in rows if (r["variant"], r["corpus"]) == ("full", "dev-ko"))
    assert full["delta"] != ""
    assert full["low"] == full["p"] == full["significant"] == ""


def test_a_report_of_a_summary_file_is_that_of_the_runs(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.chdir(tmp_path)
    type_in(suite / "panx-zh-vi", "--summary", "runs.json.gz", "--out", "first")
    type_in("runs.json.gz", "--out", "second")
    names = sorted(path.name for path in Path("first").iterdir())
    assert names == [
        "confusion-panx-zh-vi.svg", "curves-panx-zh-vi.svg", "gain.svg", "index.md", "tables.csv",
        "tables.tex", "vectors-panx-zh-vi.svg",
    ]  # fmt: skip
    for name in names:
        one, other = (Path(folder, name).read_text("utf-8") for folder in ("first", "second"))
        if name == "index.md":
            one, other = (text.split("Made by")[0] for text in (one, other))
        assert one == other, name
        assert "dc:date" not in one
        assert "Matplotlib v" not in one
    page = Path("second/index.md").read_text("utf-8")
    assert page.endswith(
        "Made by\n\n```bash\ncjkv-phon-train report runs.json.gz --out second\n```\n"
    )
    assert "![Gain on the target language](gain.svg)" in page
    assert "| panx-zh-vi | zh 60 | dev-zh 60, dev-vi 60 | 111, 222 | 3 | 226 (171–282) |" in page
    assert "torch 2.13" in page
    assert str(tmp_path) not in page + Path("first/index.md").read_text("utf-8")


def test_confusion_is_in_percent_of_the_gold_label_and_keeps_labels_that_gold_has_not(
    tmp_path: Path, synthetic: ModuleType
) -> None:
    gold, said = [["NOUN"] * 4 + ["VERB"]], [["NOUN", "NOUN", "VERB", "X", "VERB"]]
    for seed in (1, 2):
        synthetic.make_run(tmp_path / str(seed), {"dev-ko": (gold, said)}, seed)
    labels, cells = plots._confused(collect(tmp_path).runs, "dev-ko")
    assert labels == ["NOUN", "VERB"]
    assert cells.tolist() == [[50, 25, 25], [0, 100, 0]]


def test_what_is_said_of_the_runs_names_only_options_that_matter(suite: Path) -> None:
    text = type_in(suite).stdout.split("**How it was run**")[1]
    assert "`watch_target=True`" in text
    assert "`clip=" not in text, "a default is not named"
    assert "| variant | `alpha` | `beta` | `gamma` | `language_embedding` | `phonemic` |" in text
    assert "| pe | 0.0 | 0.0 | 0.0 | False | xavier |" in text
    assert "/home/me" not in text


def test_nothing_is_drawn_where_nothing_is_known(tmp_path: Path, synthetic: ModuleType) -> None:
    pytest.importorskip("matplotlib")
    gold = synthetic.sentences(5, 1)
    run = synthetic.make_run(tmp_path / "one", {"dev-ja": (gold, gold)}, 1)
    results = json.loads((run / "results.json").read_text())
    (run / "results.json").write_text(json.dumps(results | {"history": []}))
    summary = collect(tmp_path)
    assert plots.draw(summary, tables.build(summary), tmp_path / "plots") == {}
    assert "–" not in type_in(run).stdout.split("**How")[0]


def test_without_matplotlib_the_error_is_the_command_that_installs_it(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *more: Any) -> Any:
        if name.partition(".")[0] == "matplotlib":
            raise ModuleNotFoundError("No module named 'matplotlib'", name=name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingDependencyError, match=r'pip install "cjkv-phon\[plots\]"'):
        type_in(suite, "--out", tmp_path / "report")
    type_in(suite, "--out", tmp_path / "report", "--no-plots", "--format", "csv")
    names = sorted(path.name for path in (tmp_path / "report").iterdir())
    assert names == ["index.md", "tables.csv"]


def test_without_runs_the_error_says_what_to_name(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="experiment --out") as caught:
        type_in(tmp_path)
    assert isinstance(caught.value, CjkvPhonError)


def test_the_papers_rows_are_those_that_suites_may_name() -> None:
    for tables_ in paper.NUMBERS.values():
        for row, cells in tables_.items():
            assert row.startswith("Table ")
            assert all(10 < value < 60 for value in cells.values())
    assert set(paper.ROWS.values()) <= set(paper.NUMBERS["mbert"])
    assert paper.number("Table 4: PhoneXL", "panx", "zh", "vi", "xlmr") == 38.88
    assert paper.number("Table 3: full", "udpos", "ja", "ko", "xlm-roberta-base") == 48.82
    assert paper.number("", "udpos", "ja", "ko") is None


def test_a_trained_run_leaves_what_a_report_needs(
    backbones: dict[str, Path], corpus: Path, tmp_path: Path
) -> None:
    from cjkv_phon_train.config import load_settings
    from cjkv_phon_train.training import train

    for variant in ("baseline", "full"):
        output = tmp_path / "udpos-ja-ko" / variant / "7"
        options = {
            "data": str(corpus), "dictionary": f"ja-ko:{corpus / 'ja-ko.txt'}", "seed": 7,
            "backbone": str(backbones["minilm"]), "output": str(output), "batch_size": 16,
            "epochs": 1, "tensorboard": False, "log_steps": 1, "watch_target": True,
        }  # fmt: skip
        train(load_settings("udpos-ja-ko", variant, values=options))
    summary = gather([tmp_path])
    baseline, full = summary.runs
    assert baseline.embeddings == {}
    assert set(full.embeddings) == {"langs", "oe", "pe", "explained", "cosine"}
    assert set(full.embeddings["langs"]) == {"ja", "ko"}
    assert len(full.embeddings["oe"]) == len(full.embeddings["pe"]) > 40
    assert set(full.embeddings["cosine"]["ko"]) == {"same", "other"}
    assert {"loss", "loss_align", "pe_norm", "oe_norm"} <= set(full.curve["train"])
    assert set(full.curve["dev"]) == {"epoch", "step", "source", "target"}
    for run in summary.runs:
        assert run.seconds > 0
        assert run.curve["dev"]["target"][-1] == pytest.approx(run.scores["dev-ko"]["f1"], abs=1e-2)
        for name, scores in run.scores.items():
            units = summary.units(run, name, "f1")
            assert units is not None
            above, below = units.sum(0)
            assert 100 * above.sum() / below.sum() == pytest.approx(scores["f1"], abs=1e-3)
    page = type_in(tmp_path).stdout
    assert "| full | baseline |" in page
    assert "cosine PE·OE" in page
