"""Bad input: a correct result or one clear line, and never half an output."""

from __future__ import annotations

import bz2
import gzip
import lzma

import pytest

ENGLISH = ("-l", "en", "--scheme", "phonexl")

BAD = {
    "invalid UTF-8": ("a.conll", b"a\tX\nb\xff\tX\n", ":2:2: byte 0xff is not UTF-8"),
    "UTF-16": ("a.txt", "a\n".encode("utf-16"), ":1:1: this is UTF-16"),
    "UTF-32": ("a.txt", "a\n".encode("utf-32"), ":1:1: this is UTF-32"),
    "bzip2": ("a.bz2", bz2.compress(b"a\n"), ":1:1: this is compressed with bzip2"),
    "xz": ("a.xz", lzma.compress(b"a\n"), ":1:1: this is compressed with xz"),
    "zip": ("a.zip", b"PK\x03\x04\xff", ":1:1: this is compressed with zip"),
    "JSON over several lines": ("a.json", b'{\n"text": "a"\n}\n', ":1:2: the object does not end"),
    "missing column": ("a.conll", b"a\tX\n\nb\n", ":3:2: there is no column 2, the line has 1"),
    "ragged xtreme": ("a.tsv", b"a\tX\n" * 20_000 + b"b\n", ":20001:2: token⇥label"),
    "short CoNLL-U": ("a.conllu", b"1\ta\n", ":1:4: CoNLL-U has 10 columns"),
    "not JSON": ("a.jsonl", b'{"tokens": [}\n', ":1:13: this is not JSON"),
    "no field": ("a.jsonl", b'{"x": 1}\n', ":1:1: there is no key 'tokens' or 'text'"),
    "lone surrogate": ("a.jsonl", b'{"text": "\\ud800"}\n', ":1:10: key 'text': lone surrogate"),
    "JSON array": ("a.json", b'[\n{"text": "a"}]', ":1:1: a JSON object is expected"),
    "truncated gzip": ("a.conll.gz", gzip.compress(b"a\tX\n" * 9)[:-4], ": the compressed file"),
    "damaged gzip": ("a.conll.gz", gzip.compress(b"a\n") + b"x", ": the compressed data is dam"),
    "not Parquet": ("a.parquet", b"PAR1", ": this is no readable Parquet file"),
}


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("case", BAD)
def test_bad_data_is_one_line_with_its_place(cli, tmp_path, case, jobs):
    name, data, message = BAD[case]
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    path = tmp_path / name
    path.write_bytes(data)
    options = ["--column", "2"] if case == "missing column" else []
    outcome = cli(
        "transcribe", path, *ENGLISH, *options, "-o", tmp_path / f"out-{name}", "-j", jobs
    )
    assert outcome.code == 1
    assert outcome.err.startswith(f"cjkv-phon: {path}{message}")
    assert outcome.err.count("\n") == 1
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["missing", "."])
def test_what_is_no_file_is_one_line(cli, tmp_path, name):
    outcome = cli("transcribe", tmp_path / name, *ENGLISH)
    assert outcome.code == 1
    assert outcome.err.startswith(f"cjkv-phon: {tmp_path / name}: ")
    assert outcome.err.count("\n") == 1


ODD = {
    "combining marks only": "\u0301\u0302",
    "NFD Hangul": "독립",
    "half-width kana": "ﾃｽﾄ",
    "emoji": "👩‍👩‍👧🇰🇷",
    "line separator": "a\u2028b",
    "a megabyte": "ab" * 500_000,
    "a byte order mark inside": "a\ufeffb",
    "a null": "\0",
    "right to left": "\u202eabc\u202c",
    "private use": "\ue000",
    "a noncharacter": "\uffff",
}


@pytest.mark.parametrize("case", ODD)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_odd_tokens_keep_their_lines(cli, tmp_path, case, end):
    path = tmp_path / "a.conll"
    line = f"{ODD[case]}\tX"
    path.write_bytes(f"\ufeffone\tX{end or chr(10)}{line}{end}".encode())
    outcome = cli("transcribe", path, *ENGLISH)
    assert (outcome.code, outcome.err) == (0, "")
    first, second, *rest = outcome.out.decode().split("\n")
    assert first.startswith("\ufeffone\tX\t")
    assert second.startswith(f"{line}\t")
    assert second.count("\t") == 3
    assert second.endswith("\r") == (end == "\r\n")
    assert rest == ([""] if end else [])


def test_an_empty_file_is_an_empty_output(cli, tmp_path):
    path = tmp_path / "a.conll"
    path.write_bytes(b"")
    assert cli("transcribe", path, *ENGLISH) == (0, b"", "")


def test_a_read_only_output_is_refused(cli, tmp_path):
    path, target = tmp_path / "a.conll", tmp_path / "b.conll"
    path.write_bytes(b"a\n")
    target.write_bytes(b"precious\n")
    target.chmod(0o444)
    outcome = cli("transcribe", path, *ENGLISH, "-o", target)
    assert outcome.code == 1
    assert "read-only" in outcome.err
    assert target.read_bytes() == b"precious\n"


def test_a_missing_extra_is_the_pip_command(cli, tmp_path, monkeypatch):
    import builtins
    import sys

    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.partition(".")[0] in ("pyarrow", "zstandard"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr("importlib.import_module", lambda name: without(name))
    for name in list(sys.modules):
        if name.partition(".")[0] in ("pyarrow", "zstandard"):
            monkeypatch.delitem(sys.modules, name)
    from cjkv_phon.errors import MissingDependencyError
    from cjkv_phon.io.compression import compression_of

    with pytest.raises(MissingDependencyError, match=r'pip install "cjkv-phon\[zstd\]"'):
        compression_of("a.zst")
