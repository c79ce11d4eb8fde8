"""What the performance table says follows from what was measured."""

from __future__ import annotations

import time

import pytest

harness = pytest.importorskip("harness")
performance = pytest.importorskip("performance")


def figures(standard: float, peer: float) -> dict[str, dict[str, float]]:
    columns = dict.fromkeys(performance.COLUMNS, 1.0)
    return {
        "ko/standard": columns | dict.fromkeys(performance.RATES, standard),
        "ko/ko-pron": columns | dict.fromkeys(performance.RATES, peer),
    }


def test_a_ratio_is_the_median_of_the_rounds_not_the_ratio_of_the_medians() -> None:
    whole = performance.summary([figures(10, 1), figures(60, 3), figures(20, 10)])
    assert whole["ko/standard"]["words_per_second"] == 20
    assert whole["ko/ko-pron"]["words_per_second"] == 3
    assert whole["ko/ko-pron"]["words_per_second x"] == 10
    assert "words_per_second x" not in whole["ko/standard"]


def test_a_cell_shows_the_ratio_behind_the_value() -> None:
    row = performance.summary([figures(2000, 100)])["ko/ko-pron"]
    assert performance.cell(row, "new_per_second") == "100 (20×)"
    assert performance.cell(row, "start_up") == "1"
    assert performance.cell({}, "start_up") == ""


def test_a_comparison_is_new_over_old_for_rows_that_both_have() -> None:
    table = performance.comparison(figures(100, 1), {"ko/standard": figures(150, 1)["ko/standard"]})
    assert table.split("\n")[2:] == ["| ko/standard | 1.50 | 1.50 | 1.50 | 1.50 |"]


def test_kept_figures_are_printed_as_they_were() -> None:
    machine = {
        "time": "2026-01-01 00:00", "cjkv_phon": "0", "python": "P", "system": "S", "cores": 2,
        "load": [0.5],
    }  # fmt: skip
    kept = {
        "before": machine, "after": machine, "rounds": 3, "skipped": ["ko/g2pK"],
        "figures": performance.summary([figures(2000, 100)]),
        "memory": {"ko/standard": dict.fromkeys(performance.CORPUS, 7.0)},
    }  # fmt: skip
    text = performance.report(kept)
    assert "| ko/ko-pron | 1 | 100 (20×) | 100 (20×) |" in text
    assert "| ko/standard | 7 | 7 | 7 |" in text
    assert text.endswith("Skipped: ko/g2pK.")


def test_every_scheme_and_peer_has_a_row() -> None:
    names = performance.row_names(["ko", "vi"], ["standard", "phonexl"])
    assert {"ko/standard", "ko/phonexl", "ko/ko-pron", "vi/sea-g2p"} <= set(names)
    assert performance.row_names(["ko"], ["phonexl"]) == ["ko/phonexl"]


def test_a_race_divides_by_the_baseline() -> None:
    rows = {"slow": lambda: time.sleep(0.02), "fast": lambda: None}
    (_, _, same), (_, _, faster) = harness.race(rows, 10, baseline="slow", rounds=3)
    assert same == 1
    assert faster > 1
