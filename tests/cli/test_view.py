from __future__ import annotations

import pytest


def test_a_page_shows_text_sound_and_labels(cli, tmp_path):
    source, target = tmp_path / "a.tsv", tmp_path / "page.html"
    source.write_text("독립\tNOUN\n만세\tINTJ\n\n한국\tPROPN\n\n", encoding="utf-8")
    outcome = cli("view", source, "-l", "ko", "-o", target, "--title", "A & B")
    assert (outcome.code, outcome.err) == (0, "")
    page = target.read_text(encoding="utf-8")
    assert page.count("<article") == 2
    assert "<title>A &amp; B</title>" in page
    assert "toŋnip" in page
    assert ">PROPN</span>" in page


def test_text_without_labels_has_no_colours(cli, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("독립 만세\n", encoding="utf-8")
    page = cli("view", source, "-l", "ko").out.decode()
    assert 'class="token ok"' in page
    assert "<details>" not in page


def test_a_page_that_is_cut_says_so(cli, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("독립\n만세\n한국\n", encoding="utf-8")
    outcome = cli("view", source, "-l", "ko", "-n", 2)
    assert outcome.out.decode().count("<article") == 2
    assert "The first 2 sentences" in outcome.out.decode()
    assert "--limit" in outcome.err


def test_characters_of_a_word_sound_together_where_they_are_joined(cli, tmp_path):
    source = tmp_path / "a.txt"
    source.write_text("독 B-LOC\n립 I-LOC\n", encoding="utf-8")
    typed = ("view", source, "-l", "ko", "--format", "conll", "--delimiter", "space")
    assert "닙" not in cli(*typed).out.decode()
    page = cli(*typed, "--joined").out.decode()
    assert "닙" in page
    assert ">I-LOC</span>" in page


def test_the_column_of_the_tokens_may_be_named(cli, tmp_path):
    source = tmp_path / "a.tsv"
    source.write_text("x\t독립\tNOUN\ny\t만세\tINTJ\n\n", encoding="utf-8")
    page = cli("view", source, "-l", "ko", "--column", 2).out.decode()
    assert "toŋnip" in page
    assert ">NOUN</span>" in page


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
def test_the_field_of_the_tokens_may_be_named(cli, tmp_path, ending):
    source = tmp_path / f"a.{ending}"
    if ending == "parquet":
        arrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        parquet.write_table(arrow.table({"line": ["독립 만세"]}), source)
    else:
        source.write_text('{"line": "독립 만세"}\n', encoding="utf-8")
    page = cli("view", source, "-l", "ko", "--field", "line").out.decode()
    assert "toŋnip" in page
    assert "manse" in page
