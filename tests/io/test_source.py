from __future__ import annotations

import gzip
import os
import random
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjkv_phon.errors import FormatError
from cjkv_phon.io import source as source_module
from cjkv_phon.io.source import Source


def chunks(path, size, *, blank_lines):
    with Source(str(path)) as source:
        return list(source.chunks(size, blank_lines=blank_lines))


@given(
    st.lists(st.sampled_from([b"a", b"bc", b"\n", b"\n\n", b"\r\n", b" \t\n"]), max_size=40),
    st.integers(1, 30),
    st.booleans(),
    st.integers(1, 50),
)
def test_chunks_are_the_file_cut_after_records(tmp_path_factory, pieces, size, blank_lines, head):
    data = b"".join(pieces)
    path = tmp_path_factory.mktemp("source") / "file"
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_module, "HEAD_BYTES", head)
        found = chunks(path, size, blank_lines=blank_lines)
    assert b"".join(chunk.data for chunk in found) == data
    line = 1
    for number, chunk in enumerate(found, 1):
        assert chunk.line == line
        line += chunk.data.count(b"\n")
        if number < len(found):
            *_, before, last = [b"", *chunk.data.split(b"\n")]
            assert last == b""
            assert not blank_lines or not before.strip(b" \t\r")


def test_a_record_longer_than_a_chunk_stays_whole(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"a\n" * 1000 + b"\nb\n")
    found = chunks(path, 16, blank_lines=True)
    assert [chunk.data for chunk in found] == [b"a\n" * 1000 + b"\n", b"b\n"]


def zstd(data: bytes) -> bytes:
    return pytest.importorskip("zstandard").ZstdCompressor(write_checksum=True).compress(data)


COMPRESSORS = [pytest.param(gzip.compress, id="gzip"), pytest.param(zstd, id="zstd")]


@pytest.mark.parametrize("compress", COMPRESSORS)
def test_compressed_files_are_known_by_content_and_may_have_several_members(tmp_path, compress):
    path = tmp_path / "file"
    path.write_bytes(compress(b"ab\n") + compress(b"") + compress(b"cd\n"))
    assert b"".join(chunk.data for chunk in chunks(path, 1, blank_lines=False)) == b"ab\ncd\n"


@pytest.mark.parametrize("compress", COMPRESSORS)
@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_compressed_file_cut_short_is_refused(tmp_path, compress, kept):
    data = compress(random.Random(0).randbytes(300_000).hex().encode() + b"\n")
    path = tmp_path / "file"
    path.write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(FormatError, match="ends too early"):
        chunks(path, 1000, blank_lines=False)


@pytest.mark.parametrize("compress", COMPRESSORS)
def test_a_damaged_compressed_file_is_refused(tmp_path, compress):
    data = bytearray(compress(random.Random(0).randbytes(300_000).hex().encode()))
    data[5000:5100] = bytes(100)
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(FormatError, match="damaged"):
        chunks(path, 1000, blank_lines=False)


def test_rubbish_after_a_gzip_member_is_refused(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(gzip.compress(b"ab\n") + b"rubbish")
    with pytest.raises(FormatError, match="damaged"):
        chunks(path, 1000, blank_lines=False)


def test_an_uncompressed_file_with_a_compressed_name_is_read(tmp_path):
    path = tmp_path / "file.gz"
    path.write_bytes(b"ab\n")
    assert [chunk.data for chunk in chunks(path, 1, blank_lines=False)] == [b"ab\n"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_gives_a_byte_at_a_time_is_read(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    data = gzip.compress(b"ab\n" * 10)

    def write():
        with open(path, "wb", buffering=0) as pipe:
            for byte in data:
                pipe.write(bytes([byte]))

    writer = threading.Thread(target=write)
    writer.start()
    with Source(str(path)) as source:
        assert source.head == b"ab\n" * 10
        assert source.size is None
    writer.join()


@pytest.mark.parametrize("name", ["missing", "."])
def test_what_is_no_file_is_refused(tmp_path, name):
    with pytest.raises(FormatError, match=r"no such file|a directory"):
        Source(str(tmp_path / name))


def test_bytes_that_are_not_utf8_are_named_with_their_place(convert):
    with pytest.raises(FormatError, match="0xff is not UTF-8") as caught:
        convert("ab\tX\n가나\xa0".encode() + b"\xff\tX\n", "conll")
    assert (caught.value.line, caught.value.column) == (2, 4)


def test_utf16_is_named(convert):
    with pytest.raises(FormatError, match="iconv -f UTF-16"):
        convert("ab\n".encode("utf-16"), "text")


def test_a_zstandard_frame_without_data_is_skipped(tmp_path):
    zstandard = pytest.importorskip("zstandard")
    skipped = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
    packed = zstandard.ZstdCompressor().compress(b"a\n")
    (tmp_path / "a.zst").write_bytes(skipped + packed + skipped + packed)
    with Source(str(tmp_path / "a.zst")) as source:
        assert source.head == b"a\na\n"
