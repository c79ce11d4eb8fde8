from __future__ import annotations

import pytest

from cjkv_phon.errors import UnsupportedOptionError
from cjkv_phon.io.base import Layout
from cjkv_phon.io.detection import detect
from cjkv_phon.io.source import Source

CONLLU = "1\tab\t_\tX\t_\t_\t0\troot\t_\t_\n"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.conllu", "# x\n" + CONLLU, "conllu"),
        ("a.conll", "# x\n" + CONLLU, "conllu"),
        ("a", CONLLU, "conllu"),
        ("a.conll", "ab NOUN O\n", "conll"),
        ("a.conll", "ab\tNOUN\n", "conll"),
        ("a.conll", "ab\n\ncd\n", "conll"),
        ("a.conll", "ko:ab\tB-LOC\nko:cd\tO\n", "xtreme"),
        ("a.tsv", "ab\tNOUN\ncd\tX\n", "xtreme"),
        ("dev-ko.tsv.gz", "ab\tO\ncd\tB-LOC\n", "xtreme"),
        ("a", "ab\tO\ncd\tI-LOC\n", "xtreme"),
        ("a.tsv", "ab\tNOUN\tɑb\tab\ncd\tX\tʃd\tcd\n", "xtreme"),
        ("a.tsv", "ab\tNOUN\tB-NP\tO\n", "conll"),
        ("a.tsv", "ab\tNOUN\tlemma\tCase=Nom\n", "conll"),
        ("a.tsv", "a source sentence\ta target sentence\n", "conll"),
        ("a.txt", "a source sentence\ta target sentence\n", "text"),
        ("a.txt", "-DOCSTART- O\n\nab O\n", "conll"),
        ("a.txt", "ab O\ncd B-X\n\nef O\n", "conll"),
        ("a.txt", "this is a plain O\n", "text"),
        ("a", "ab cd\nef\n", "text"),
        ("a.jsonl", "", "jsonl"),
        ("a", '{"a": 1}\n', "jsonl"),
        ("a.json", "[\n", "jsonl"),
        ("a", "", "text"),
        ("a.gz", "\ufeff# c\n" + CONLLU, "conllu"),
    ],
)
def test_the_format_is_found_by_name_and_content(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content.encode())
    with Source(str(path)) as source:
        assert detect(source, "auto", Layout()).name == expected


def test_an_unknown_format_is_refused(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"")
    with Source(str(path)) as source, pytest.raises(UnsupportedOptionError, match="conllu"):
        detect(source, "xml", Layout())


def test_a_line_cut_by_the_end_of_the_head_does_not_count(tmp_path):
    path = tmp_path / "a.conll"
    path.write_bytes(b"ab\tX\tO\n" * 20_000)
    with Source(str(path)) as source:
        assert detect(source, "auto", Layout()).width == 3


@pytest.mark.parametrize(
    ("name", "content", "layout", "option"),
    [
        ("a.conllu", "1\ta" + "\t_" * 8 + "\n", Layout(column=3), "--column"),
        ("a.jsonl", '{"text": "a"}\n', Layout(delimiter="tab"), "--delimiter"),
        ("a.conll", "a\tX\n", Layout(field="text"), "--field"),
    ],
)
def test_a_layout_that_the_format_has_not_is_refused(tmp_path, name, content, layout, option):
    (tmp_path / name).write_text(content, "utf-8")
    with (
        Source(str(tmp_path / name)) as source,
        pytest.raises(UnsupportedOptionError, match=f"{option} says nothing"),
    ):
        detect(source, "auto", layout)


@pytest.mark.parametrize("layout", [Layout(column=2), Layout(delimiter="tab")])
@pytest.mark.parametrize(("name", "content"), [("a.tsv", "a\tNOUN\n"), ("a.txt", "a b\n")])
def test_who_names_a_column_means_columns(tmp_path, name, content, layout):
    (tmp_path / name).write_text(content, "utf-8")
    with Source(str(tmp_path / name)) as source:
        assert detect(source, "auto", layout).name == "conll"
