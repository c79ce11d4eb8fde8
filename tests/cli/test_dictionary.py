from __future__ import annotations

import pytest


@pytest.fixture
def halves(tmp_path):
    (tmp_path / "vi-en.txt").write_text("đại học\tuniversity\nhọc\tstudy\n", encoding="utf-8")
    (tmp_path / "en-ko.txt").write_text(
        "university 대학\nuniversity 대학교\nstudy 공부\n", encoding="utf-8"
    )
    return tmp_path / "vi-en.txt", tmp_path / "en-ko.txt"


def test_a_dictionary_is_built_through_english_with_the_sound_of_both_sides(cli, halves):
    outcome = cli("dictionary", "build", *halves, "--from", "vi", "--to", "ko")
    rows = [line.split("\t") for line in outcome.out.decode().splitlines()]
    assert [(row[0], row[2]) for row in rows] == [
        ("đại học", "대학"),
        ("đại học", "대학교"),
        ("học", "공부"),
    ]
    assert all(len(row) == 4 and row[1] and row[3] for row in rows)


def test_filters_and_two_columns(cli, halves):
    outcome = cli(
        "dictionary", "build", *halves, "--from", "vi", "--to", "ko", "--plain",
        "--max-translations", 1,
    )  # fmt: skip
    assert outcome.out.decode() == "đại học\t대학\nhọc\t공부\n"


def test_what_is_built_can_be_transcribed_again_and_looked_up(cli, halves, tmp_path):
    target = tmp_path / "vi-ko.txt.gz"
    cli("dictionary", "build", *halves, "--from", "vi", "--to", "ko", "-o", target)
    first = cli("dictionary", "build", *halves, "--from", "vi", "--to", "ko").out
    again = cli("dictionary", "transcribe", target, "--from", "vi", "--to", "ko")
    assert again.out == first
    found = cli("dictionary", "lookup", target, "đại học", "--from", "vi", "--to", "ko")
    assert (found.code, found.out.decode()) == (
        0,
        "đại học\tđại học\t대학\nđại học\tđại học\t대학교\n",
    )
    assert cli("dictionary", "lookup", target, "không", "--from", "vi", "--to", "ko").code == 1


def test_a_line_that_is_no_pair_is_named(cli, tmp_path):
    path = tmp_path / "d.txt"
    path.write_text("a b c\n", encoding="utf-8")
    outcome = cli("dictionary", "transcribe", path, "--from", "vi", "--to", "ko")
    assert outcome.code == 1
    assert f"{path}:1: " in outcome.err


def test_a_scheme_for_a_dictionary_without_ipa_is_refused(cli, halves):
    args = (*halves, "--from", "vi", "--to", "ko", "--plain")
    outcome = cli("dictionary", "build", *args, "--scheme", "standard")
    assert outcome.code == 2
    assert "--scheme says nothing with --plain" in outcome.err
    assert cli("dictionary", "build", *args).code == 0
