from __future__ import annotations


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
