"""Suites: what a TOML file says, what runs come of it, what is refused."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from cjkv_phon_train.checks import check
from cjkv_phon_train.config import OPTIONS
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.experiments.plan import Request, plan, read_assignments, read_only
from cjkv_phon_train.experiments.suite_file import COMMON, built_in, load_suite

SUITE = """
name = "mine"
baseline = "baseline"
seeds = [1, 2]
[common]
epochs = 3
[profiles.quick]
epochs = 1
[datasets.one]
preset = "udpos-ja-ko"
train = ["ja:${DATA}/train-ja.tsv"]
dev = ["ja:${DATA}/dev-ja.tsv"]
[datasets.two]
preset = "udpos-ja-ko"
alpha = 0.5
[variants.baseline]
variant = "baseline"
[variants.full]
variant = "full"
head_dropout = 0.2
[variants.full.on.two]
head_dropout = 0.3
[variants.mixed]
datasets = ["two"]
needs = ["PARALLEL"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(SUITE, encoding="utf-8")
    return path


def request(folder: Path, **more: Any) -> Request:
    told = {"variables": {"DATA": str(folder)}, "options": {}} | more
    return Request(folder / "out", **told)


def data(folder: Path) -> dict[str, str]:
    """Lay empty files out as the built-in suites want them."""
    for name in built_in():
        for dataset in load_suite(name).datasets.values():
            named = (
                dataset.options.get(role, ()) for role in ("train", "dev", "test", "dictionary")
            )
            for item in chain.from_iterable(named):
                path = folder / item.partition("${DATA}/")[2]
                path.parent.mkdir(exist_ok=True)
                path.touch()
    return {"DATA": str(folder)}


def test_seeds_are_outermost_and_runs_have_a_folder_each(
    file: Path, corpus: Path, tmp_path: Path
) -> None:
    runs, _ = plan(load_suite(file), request(corpus))
    assert [str(run) for run in runs] == [
        f"{dataset} {variant} {seed}"
        for seed in (1, 2)
        for dataset in ("one", "two")
        for variant in ("baseline", "full")
    ]
    assert runs[0].folder == corpus / "out" / "one" / "baseline" / "1"
    assert [run.settings.training.seed for run in runs] == [1] * 4 + [2] * 4


def test_options_follow_one_another_from_the_preset_to_the_variant_on_a_data_set(
    file: Path, corpus: Path
) -> None:
    runs, _ = plan(load_suite(file), request(corpus, seeds=(1,)))
    found = {(run.dataset, run.variant): run.settings for run in runs}
    assert found["one", "full"].objectives.alpha == 0.1
    assert found["two", "full"].objectives.alpha == 0.5
    assert found["two", "baseline"].objectives.alpha == 0
    assert found["one", "full"].model.head_dropout == 0.2
    assert found["two", "full"].model.head_dropout == 0.3
    assert found["one", "full"].data.train == (f"ja:{corpus}/train-ja.tsv",)
    assert found["one", "full"].training.epochs == 3


def test_set_and_profiles_change_common_options_but_not_what_makes_a_variant(
    file: Path, corpus: Path
) -> None:
    options, variables = read_assignments(["epochs=7", "alpha=0.9", "head-dropout=0.7"])
    assert variables == {}
    suite = load_suite(file)
    runs, _ = plan(suite, request(corpus, options=options, profile="quick"))
    found = {run.variant: run.settings for run in runs}
    assert found["full"].training.epochs == 7
    assert found["full"].objectives.alpha == 0.9
    assert found["full"].model.head_dropout == 0.3
    assert found["baseline"].objectives.alpha == 0
    runs, _ = plan(suite, request(corpus, profile="quick"))
    assert {run.settings.training.epochs for run in runs} == {1}


def test_a_variant_that_needs_a_variable_is_left_out_aloud(file: Path, corpus: Path) -> None:
    suite = load_suite(file)
    runs, left_out = plan(suite, request(corpus))
    assert left_out == ["mixed is left out: it needs --set PARALLEL=…"]
    told = {"DATA": str(corpus), "PARALLEL": "x"}
    runs, left_out = plan(suite, request(corpus, variables=told, seeds=(1,)))
    assert [run.dataset for run in runs if run.variant == "mixed"] == ["two"]
    assert left_out == []


def test_a_suite_may_use_some_data_sets_only(file: Path, corpus: Path) -> None:
    file.write_text(f'use = ["two"]\n{SUITE}', encoding="utf-8")
    runs, _ = plan(load_suite(file), request(corpus))
    assert {run.dataset for run in runs} == {"two"}


def test_translations_are_looked_for_where_parallel_says(tmp_path: Path) -> None:
    variables = data(tmp_path) | {"PARALLEL": str(tmp_path)}
    with pytest.raises(SettingsError, match=r"udpos-ja-ko\.tsv is not there \(parallel\)"):
        plan(load_suite("baselines"), request(tmp_path, variables=variables))
    for name in load_suite(COMMON).datasets:
        (tmp_path / f"{name}.tsv").touch()
    runs, left_out = plan(load_suite("baselines"), request(tmp_path, variables=variables))
    assert {run.variant for run in runs} == {"baseline", "cosda", "xmixup", "full"}
    assert left_out == []


def test_only_names_what_is_run(file: Path, corpus: Path) -> None:
    only = read_only(["dataset=two", "variant=full,baseline", "seed=2"])
    runs, _ = plan(load_suite(file), request(corpus, only=only))
    assert [str(run) for run in runs] == ["two baseline 2", "two full 2"]


def test_a_suite_extends_another_and_has_the_last_word(file: Path, corpus: Path) -> None:
    more = file.with_name("more.toml")
    more.write_text(
        'extends = "mine.toml"\nseeds = [9]\n[datasets.two]\nbeta = 0.25\n'
        '[variants.late]\nvariant = "pe"\n',
        encoding="utf-8",
    )
    suite = load_suite(more)
    assert suite.name == "mine"
    assert list(suite.variants) == ["baseline", "full", "mixed", "late"]
    runs, _ = plan(suite, request(corpus))
    objectives = next(run for run in runs if str(run) == "two full 9").settings.objectives
    assert (objectives.alpha, objectives.beta) == (0.5, 0.25)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("epochs = 3", "epoch = 3", r"\[common\]: there is no option 'epoch'; did you mean epochs"),
        ("epochs = 3", "seed = 3", "there is no option 'seed'"),
        ("epochs = 3", 'epochs = "x"', "epochs='x' should be a finite number"),
        ("seeds = [1, 2]", 'seeds = "1"', "seeds should be whole numbers"),
        ("seeds", "sedes", "there is no 'sedes' at the top; did you mean seeds"),
        ('baseline = "baseline"', 'baseline = "base"', "baseline = 'base' is none of: baseline"),
        ('preset = "udpos-ja-ko"', 'preset = "udpos"', "there is no preset 'udpos'"),
        ('variant = "full"', 'variant = "fall"', "there is no variant 'fall'"),
        ("seeds =", 'use = ["three"]\nseeds =', "use = 'three' is none of: one, two"),
        ('datasets = ["two"]', 'datasets = ["three"]', "there is no data set 'three'"),
        ("[variants.mixed]", '[variants."a/b"]', "folders are named by it"),
        ("[variants.full.on.two]", "[variants.full.on.six]", "there is no data set 'six'"),
        ('name = "mine"', 'extends = "mine.toml"', "extends itself"),
        ('name = "mine"', 'extends = "yours"', "there is no suite 'yours': name a TOML file"),
        ("seeds = [1, 2]", "seeds = [1, 2", "not valid TOML"),
        ("seeds = [1, 2]", "seeds = [-1]", "whole numbers from 0"),
        ("seeds = [1, 2]", "seeds = [4294967296]", "whole numbers from 0"),
        ("seeds =", 'use = "one"\nseeds =', "use should be a list"),
        ("seeds =", "use = 3\nseeds =", "use should be a list"),
        ('datasets = ["two"]', 'datasets = "two"', "datasets should be a list"),
        ('needs = ["PARALLEL"]', 'needs = "PARALLEL"', "needs should be a list"),
        ("[variants.full.on.two]\nhead_dropout = 0.3", "on.two = 3", "two should be a table"),
        ('name = "mine"', 'name = "../mine"', "files are named by it"),
        ('name = "mine"', 'name = "a mine"', "files are named by it"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(
    file: Path, old: str, new: str, message: str
) -> None:
    file.write_text(SUITE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load_suite(file)


def test_a_suite_in_another_encoding_is_refused(file: Path) -> None:
    file.write_bytes(SUITE.replace("mine", "日本").encode("euc-jp"))
    with pytest.raises(SettingsError, match="save it as UTF-8"):
        load_suite(file)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"variables": {}}, r"needs \$\{DATA\}: type --data DIR"),
        ({"variables": {"DATA": "/nowhere"}}, "/nowhere/train-ja.tsv is not there"),
        ({"profile": "slow"}, "there is no profile 'slow' in mine; there are: quick"),
        ({"only": {"variant": ("x",)}}, "--only variant=x: there is none in mine"),
        ({"only": {"dataset": ("one",), "variant": ("mixed",)}}, "nothing to run"),
    ],
)
def test_a_request_that_cannot_be_met_says_what_to_type(
    file: Path, corpus: Path, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        plan(load_suite(file), request(corpus, **more))


@pytest.mark.parametrize("item", ["lrr=3", "epochs", "seed=1", "output=x"])
def test_set_takes_options_and_variables_only(item: str) -> None:
    with pytest.raises(SettingsError, match="write OPTION=VALUE"):
        read_assignments([item])


@pytest.mark.parametrize("name", built_in())
def test_built_in_suites_make_runs_with_three_seeds(name: str, tmp_path: Path) -> None:
    suite = load_suite(name)
    assert suite.name == name
    assert suite.title
    assert suite.description
    assert suite.baseline in suite.variants
    runs, _ = plan(suite, request(tmp_path, variables=data(tmp_path)))
    assert {run.dataset for run in runs} == {
        dataset
        for dataset in load_suite(COMMON).datasets
        if name != "names" or dataset.startswith("panx")
    }
    assert {run.seed for run in runs} >= {111, 222, 333}


def test_built_in_runs_contradict_neither_themselves_nor_one_another(
    tmp_path: Path,
) -> None:
    found = defaultdict(set)
    variables = data(tmp_path)
    for name in built_in():
        runs, _ = plan(load_suite(name), request(tmp_path, variables=variables))
        for run in runs:
            check(run.settings)
            found[str(run)].add(run.settings)
    assert [name for name, settings in found.items() if len(settings) > 1] == []


def test_the_suites_of_the_manual_are_suites(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs/training/experiments.md").read_text("utf-8")
    blocks = [block.partition("```")[0] for block in text.split("```toml\n")[1:]]
    assert len(blocks) == 2
    for number, block in enumerate(blocks):
        path = tmp_path / f"{number}.toml"
        path.write_text(block, encoding="utf-8")
        runs, _ = plan(load_suite(path), request(tmp_path, variables=data(tmp_path)))
        assert {run.dataset for run in runs} >= {"udpos-ja-ko"}
    for name in built_in():
        assert f"| `{name}` |" in text
        rows = load_suite(name).variants if name != "fewshot" else ("baseline-k", "full-k")
        assert all(f"`{one}`" in text for one in rows)


def test_words_of_the_suite_language_are_no_options() -> None:
    from cjkv_phon_train.experiments.suite_file import _OF_VARIANTS

    assert not {*_OF_VARIANTS, "preset"} & set(OPTIONS)
