"""Lines of a text file, as every command that takes words reads them."""

from __future__ import annotations

import gzip

import pytest

from cjkv_phon import io
from cjkv_phon.cli.cognates import read_words
from cjkv_phon.dictionary import load_dictionary
from cjkv_phon.errors import FormatError

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("size", [1, 1 << 17])
def test_lines_have_their_numbers_and_no_ends(tmp_path, monkeypatch, end, last, size):
    monkeypatch.setattr(io, "CHUNK_BYTES", size)
    path = tmp_path / "in.txt.gz"
    data = BOM + end.join([b"a\tb", b"", b" c"]) + (end if last else b"")
    path.write_bytes(gzip.compress(data))
    assert list(io.numbered_lines(str(path))) == [(1, "a\tb"), (2, ""), (3, " c")]
    assert list(io.read_lines(str(path))) == ["a\tb", "", " c"]


def test_words_and_pairs_are_read_alike_from_windows_and_from_gzip(tmp_path):
    path = tmp_path / "in.txt"
    path.write_bytes(gzip.compress(BOM + "산업\t産業\r\n\r\n".encode()))
    assert list(read_words(str(path))) == ["산업\t産業"]
    ((source, target, _),) = load_dictionary(str(path), "ko", "ja")
    assert (source, target) == ("산업", "産業")


@pytest.mark.parametrize(
    "read", [read_words, io.read_lines, lambda path: load_dictionary(path, "ko", "ja")]
)
def test_a_byte_that_is_not_utf8_is_named_with_its_line(tmp_path, read):
    path = tmp_path / "in.txt"
    path.write_bytes(b"a b\r\n\xc7\r\n")
    with pytest.raises(FormatError, match="byte 0xc7 is not UTF-8") as caught:
        list(read(str(path)))
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_an_empty_file_has_no_lines(tmp_path):
    path = tmp_path / "in.txt"
    path.write_bytes(b"")
    assert list(io.numbered_lines(str(path))) == []
