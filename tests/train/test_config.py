"""Presets are the paper's, names are checked, the last word is the user's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cjkv_phon import UnsupportedOptionError
from cjkv_phon_train.config import OPTIONS, Settings, load_settings
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.options import convert
from cjkv_phon_train.presets import BACKBONES, COMPAT, PRESETS, VARIANTS

# Table 5: α β γ µ r.
TABLE_5 = {
    "panx-zh-vi": (0.01, 0.01, 0.01, 0.20, 0.40),
    "panx-ja-ko": (0.1, 0.001, 0.001, 0.25, 0.30),
    "udpos-zh-vi": (0.01, 0.001, 0.01, 0.10, 0.40),
    "udpos-ja-ko": (0.1, 0.01, 0.01, 0.05, 0.30),
}


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize(("backbone", "batch"), [("mbert", 32), ("xlmr", 16)])
def test_presets_are_table_5(preset: str, backbone: str, batch: int) -> None:
    s = load_settings(preset, values={"backbone": backbone})
    o, t = s.objectives, s.training
    assert (o.alpha, o.beta, o.gamma, o.mask, o.switch) == TABLE_5[preset]
    assert (t.batch_size, t.lr, t.weight_decay, t.clip, t.epochs) == (batch, 2e-5, 0, 1, 10)
    assert s.data.max_length == 128
    assert (s.data.task, *s.data.source, *s.data.target) == tuple(preset.split("-"))
    assert s.model.head == "crf"


def test_every_variant_takes_away_what_its_row_says() -> None:
    weights = {
        name: (o.alpha > 0, o.beta > 0, o.gamma > 0)
        for name in VARIANTS
        for o in [load_settings("udpos-ja-ko", name).objectives]
    }
    assert weights == {
        "subwords": (False, False, False),
        "baseline": (False, False, False),
        "pe": (False, False, False),
        "align": (True, False, False),
        "mlm": (False, True, False),
        "xmlm": (False, False, True),
        "full": (True, True, True),
        "cosda": (False, False, False),
        "xmixup": (False, False, False),
    }
    assert load_settings(variant="baseline").model.phonemic == "none"
    assert load_settings(variant="pe").model.phonemic == "xavier"
    assert load_settings(variant="subwords").model.pooling == "subwords"


def test_later_settings_win(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(
        'preset = "panx-ja-ko"\n[model]\nbackbone = "xlmr"\n[training]\nepochs = 3\nlr = 1e-4\n'
    )
    s = load_settings(toml=file, values={"lr": 5e-5})
    assert s.data.task == "panx"
    assert s.training.batch_size == 16
    assert (s.training.epochs, s.training.lr) == (3, 5e-5)


def test_released_choices_are_documented_and_taken_over() -> None:
    s = load_settings("udpos-ja-ko", values={"compat": "released"})
    for name, choice in COMPAT.items():
        assert getattr(getattr(s, OPTIONS[name][0]), name) == choice.value
        assert choice.meaning
    assert s.training.new_lr == s.training.phoneme_lr == s.training.lr
    page = Path(__file__).parents[2] / "docs" / "training" / "compat.md"
    if page.exists():
        text = page.read_text(encoding="utf-8")
        assert all(f"`{name}`" in text for name in COMPAT)


def test_a_variant_wins_over_released_choices_and_the_user_over_both() -> None:
    s = load_settings("udpos-ja-ko", "baseline", values={"compat": "released", "head": "crf"})
    assert (s.model.phonemic, s.model.head, s.training.keep) == ("none", "crf", "last")


def test_settings_survive_a_round_trip() -> None:
    s = load_settings("panx-zh-vi", "xmlm", values={"train": "zh:a.tsv,zh:b.tsv"})
    assert Settings.from_dict(s.as_dict()) == s
    assert s.data.train == ("zh:a.tsv", "zh:b.tsv")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"preset": "udpos-ja-vi"}, "no preset 'udpos-ja-vi'; choose from: panx-zh-vi"),
        ({"variant": "half"}, "no variant 'half'; choose from: subwords"),
        ({"values": {"learning_rate": 1}}, "no option 'learning_rate'"),
        ({"values": {"lr": "fast"}}, "lr='fast' should be a finite number"),
        ({"values": {"head": "mlp"}}, "head='mlp'; choose from: crf, softmax"),
        ({"values": {"trim": "perhaps"}}, "trim='perhaps' should be true or false"),
        ({"values": {"limit": 2.7}}, "limit=2.7 should be a whole number"),
        ({"values": {"epochs": True}}, "epochs=True should be a finite number"),
        ({"values": {"lr": "nan"}}, "lr='nan' should be a finite number"),
    ],
)
def test_unknown_names_and_values_are_named(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_settings(**arguments)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[model\n", "not valid TOML"),
        ("[modell]\nhead = 'crf'\n", r"no table \[modell\]"),
        ("[data]\nhead = 'crf'\n", r"no option 'head' in \[data\]"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(text)
    with pytest.raises(UnsupportedOptionError, match=message):
        load_settings(toml=file)


def test_option_names_are_unique_and_all_have_help() -> None:
    assert len(OPTIONS) == sum(len(table) for table in Settings().as_dict().values())
    assert all(option.metadata["help"] for _, option in OPTIONS.values())


def test_backbones_change_nothing_that_is_no_option() -> None:
    assert all(name in OPTIONS for table in BACKBONES.values() for name in table)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("batch_size", 0), ("accumulate", 0), ("epochs", -3), ("epochs", 0), ("lr", -1),
        ("head_dropout", 7), ("max_length", 1), ("mask", 0), ("mask", 1.1), ("seed", -1),
        ("seed", 2**32), ("log_steps", 0), ("alpha", -0.1), ("layers", -1), ("lr", float("nan")),
        ("batch_size", float("inf")),
    ],
)  # fmt: skip
def test_a_number_out_of_range_is_refused_with_the_name_of_its_option(
    option: str, value: float
) -> None:
    with pytest.raises(SettingsError, match=rf"{option}={value!r} (must|should) be "):
        load_settings(values={option: value})


def test_every_default_lies_within_its_limits() -> None:
    for name, (_, option) in OPTIONS.items():
        assert convert(option, option.default) == option.default, name


@pytest.mark.parametrize("value", [float("inf"), "inf", "nan", "1e400"])
def test_a_rate_that_is_no_finite_number_is_refused(value: Any) -> None:
    with pytest.raises(SettingsError, match="should be a finite number"):
        load_settings(values={"lr": value})
