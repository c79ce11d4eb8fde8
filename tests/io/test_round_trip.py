"""Whatever the bytes: as many tokens out as in, and what is not ours comes back."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cjkv_phon.io import base, source
from cjkv_phon.io.base import Chunk, Wanted
from cjkv_phon.io.conll import Conll
from cjkv_phon.io.conllu import Conllu
from cjkv_phon.io.jsonl import Jsonl
from cjkv_phon.io.text import Text
from cjkv_phon.io.xtreme import Xtreme

anything = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
characters = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    "\t \r\n\ufeff\u3000#-가語a"
)
texts = st.text(characters, max_size=60)
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t\n\r"), max_size=6)
line_ends = st.sampled_from(["\n", "\r\n"])


def converted(format, text, mirror):
    return format.convert(Chunk("-", 1, text.encode()), mirror, Wanted())


@anything
@given(texts, st.sampled_from(["\t", " "]))
def test_conll_without_our_columns_is_the_input(mirror, text, delimiter):
    format = Conll(delimiter=delimiter)
    out = converted(format, text, mirror)
    lines, mark = base.decoded_lines(Chunk("-", 1, text.encode()))
    new_lines, new_mark = base.decoded_lines(Chunk("-", 1, out.data))
    assert new_mark == mark
    tokens = 0
    for line, new in zip(lines, new_lines, strict=True):
        if new == line:
            continue
        tokens += 1
        tail = len(line) - len(base.body(line) if delimiter == "\t" else line.rstrip(" \t\r"))
        stem = new[: len(new) - tail]
        assert stem.rsplit(delimiter, 2)[0] + line[len(line) - tail :] == line
    assert tokens == out.tokens


@anything
@given(st.lists(st.tuples(cells, cells, line_ends), max_size=8))
def test_xtreme_without_our_columns_is_the_input(mirror, rows):
    text = "".join(f"{token}\t{label}{end}" for token, label, end in rows)
    out = converted(Xtreme(), text, mirror)
    lines = text.split("\n")
    for line, new in zip(lines, out.data.decode().split("\n"), strict=True):
        assert "\t".join(base.body(new).split("\t")[:2]) == base.body(line)
        assert new.endswith("\r") == line.endswith("\r")
    assert out.tokens == sum(bool(line.strip(base.BLANKS)) for line in lines)


@anything
@given(texts)
def test_text_without_our_columns_is_the_input(mirror, text):
    out = converted(Text(), text, mirror).data.decode()
    for line, new in zip(text.split("\n"), out.split("\n"), strict=True):
        stem = base.body(new)
        if new != line:
            stem = stem.rsplit("\t", 2)[0]
        assert stem + new[len(base.body(new)) :] == line


@anything
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=8), line_ends)
def test_conllu_without_our_keys_is_the_input(mirror, rows, end):
    lines = [
        "\t".join([str(number), form, "_", "X", "_", "_", "0", "root", "_", misc or "_"])
        for number, (form, misc) in enumerate(rows, 1)
    ]
    out = converted(Conllu(), end.join(lines), mirror)
    assert out.tokens == len(rows)
    for line, new in zip(lines, out.data.decode().split(end), strict=True):
        assert new.split("\t")[:9] == line.split("\t")[:9]
        old_items = [
            i for i in line.split("\t")[9].split("|") if not i.startswith(("Ipa=", "Tran"))
        ]
        new_items = [i for i in new.split("\t")[9].split("|") if not i.startswith(("Ipa=", "Tran"))]
        assert [i for i in new_items if i != "_"] == [i for i in old_items if i != "_"]


@anything
@given(
    st.dictionaries(st.text(max_size=4), st.floats(allow_nan=False) | st.text(), max_size=4),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=5),
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_jsonl_without_our_keys_is_the_input(mirror, others, tokens, ascii_only, indent):
    gap = (", ", ": ") if indent else (",", ":")
    value = others | {"tokens": tokens}
    line = json.dumps(value, ensure_ascii=ascii_only, separators=gap)
    if not ascii_only:
        line = line.encode("utf-8", "replace").decode()
    out = json.loads(converted(Jsonl(), line, mirror).data)
    assert len(out["ipa"]) == len(out["romanization"]) == len(tokens)
    ours = ("ipa", "romanization")
    assert {k: v for k, v in out.items() if k not in ours} == {
        k: v for k, v in json.loads(line).items() if k not in ours
    }


@anything
@given(st.text(st.sampled_from("a가\n\n\r\t #\ufeff"), max_size=200), st.integers(1, 40))
@pytest.mark.parametrize("format", [Conll(), Conll(delimiter=" ", width=2), Text()])
def test_where_the_file_is_cut_makes_no_difference(mirror, tmp_path_factory, format, text, size):
    path = tmp_path_factory.mktemp("chunks") / "file"
    path.write_bytes(text.encode())
    whole = converted(format, text, mirror)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "HEAD_BYTES", 8)
        opened = source.Source(str(path))
    with opened:
        parts = [
            format.convert(chunk, mirror, Wanted())
            for chunk in opened.chunks(size, blank_lines=format.blank_line_separated)
        ]
    assert b"".join(part.data for part in parts) == whole.data
    assert sum(part.tokens for part in parts) == whole.tokens
    assert sum(part.sentences for part in parts) == whole.sentences
