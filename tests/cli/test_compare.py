from __future__ import annotations

import json


def test_words_stand_side_by_side(cli):
    outcome = cli("compare", "ko:한국", "vi:hàn quốc")
    assert outcome.code == 0
    lines = outcome.out.decode().splitlines()
    assert lines[0].split()[:3] == ["ko", "한국", "hanguk"]
    assert lines[1].startswith("vi")


def test_json_holds_columns_and_distances(cli):
    found = json.loads(cli("compare", "ko:한국", "vi:hàn quốc", "--json").out)
    assert [word["lang"] for word in found["words"]] == ["ko", "vi"]
    assert all(len(column) == 2 for column in found["columns"])
    assert found["distances"][0][0] == 0
    assert found["profile"] == "loan"


def test_a_page_is_written(cli, tmp_path):
    target = tmp_path / "page.html"
    assert cli("compare", "ko:한국", "vi:hàn quốc", "--html", "-o", target).code == 0
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_usage_errors_exit_2(cli):
    assert cli("compare", "한국").code == 2
    assert cli("compare", "xx:한국").code == 2
    assert cli("compare", "ko:한국", "--json", "--html").code == 2
    assert cli("compare").code == 2


def test_cognates_are_ranked(cli, tmp_path):
    words, others = tmp_path / "vi.txt", tmp_path / "ko.txt"
    words.write_text("hàn quốc\n\nđại học\n", encoding="utf-8")
    others.write_text("버림\n대학\n한국\n", encoding="utf-8")
    outcome = cli("cognates", words, others, "--from", "vi", "--to", "ko", "-n", 2)
    rows = [line.split("\t") for line in outcome.out.decode().splitlines()]
    assert [(row[0], row[3]) for row in rows if row[2] == "1"] == [
        ("hàn quốc", "한국"),
        ("đại học", "대학"),
    ]
    assert len(rows) == 4
    assert all(0 <= float(row[5]) <= 1 for row in rows)


def test_cognates_of_a_file_with_itself_are_refused(cli, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("한국\n", encoding="utf-8")
    assert cli("cognates", path, path, "--from", "ko", "--to", "ko").code == 2


def test_a_missing_file_exits_1(cli, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("한국\n", encoding="utf-8")
    assert cli("cognates", tmp_path / "none", path, "--from", "ko", "--to", "ko").code == 1
