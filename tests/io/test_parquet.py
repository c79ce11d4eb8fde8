from __future__ import annotations

import io

import pytest

from cjkv_phon.errors import FormatError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def parquet(table, **options) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def test_columns_are_added_and_everything_else_stays(convert):
    table = pa.table(
        {"id": pa.array([1, None, 3], pa.int8()), "tokens": [["ab"], ["cd", "e"], []]},
        metadata={"owner": "somebody"},
    )
    out = pq.ParquetFile(
        pa.BufferReader(convert(parquet(table, row_group_size=2, compression="zstd")))
    )
    assert out.schema_arrow.metadata[b"owner"] == b"somebody"
    assert out.metadata.num_row_groups == 2
    assert out.metadata.row_group(0).column(0).compression == "ZSTD"
    read = out.read()
    assert read.column_names == ["id", "tokens", "ipa", "romanization"]
    assert read.select(["id", "tokens"]).equals(table)
    assert read["ipa"].to_pylist() == [["ba"], ["dc", "e"], []]
    assert read["romanization"].to_pylist() == [["AB"], ["CD", "E"], []]


def test_columns_that_are_there_are_replaced_in_place(convert):
    table = pa.table({"ipa": [1], "text": ["ab cd"]})
    out = pq.read_table(pa.BufferReader(convert(parquet(table))))
    assert out.to_pydict() == {"ipa": ["ba dc+"], "text": ["ab cd"], "romanization": ["AB CD"]}


def test_null_rows_gain_nulls(convert):
    table = pa.table({"tokens": pa.array([None, ["ab"]], pa.list_(pa.string()))})
    out = pq.read_table(pa.BufferReader(convert(parquet(table))))
    assert out["ipa"].to_pylist() == [None, ["ba"]]


def test_units_are_structures(convert):
    table = pa.table({"tokens": [["ab"]]})
    out = pq.read_table(pa.BufferReader(convert(parquet(table), units=True)))
    ((unit,),) = out["units"].to_pylist()[0]
    assert (unit["start"], unit["end"], unit["segments"]) == (0, 2, ["a", "b"])


def test_rows_beyond_one_chunk_keep_their_order(convert):
    words = [[f"w{number}x"] for number in range(4500)]
    out = pq.read_table(pa.BufferReader(convert(parquet(pa.table({"tokens": words})), jobs=2)))
    assert out["romanization"].to_pylist() == [[word.upper()] for (word,) in words]


def test_no_rows_are_no_rows_with_columns(convert):
    table = pa.table({"tokens": pa.array([], pa.list_(pa.string()))})
    out = pq.read_table(pa.BufferReader(convert(parquet(table))))
    assert (out.num_rows, out.column_names) == (0, ["tokens", "ipa", "romanization"])


def test_a_missing_column_is_named(convert):
    with pytest.raises(FormatError, match=r"columns: a, b.*--field"):
        convert(parquet(pa.table({"a": [1], "b": [2]})))


def test_a_column_of_numbers_is_refused_with_its_row(convert):
    with pytest.raises(FormatError, match=r"row 1, column 'tokens': .*a number") as caught:
        convert(parquet(pa.table({"tokens": [1]})))
    assert caught.value.line == 1


def test_a_file_cut_short_is_refused(convert):
    with pytest.raises(FormatError, match="no readable Parquet"):
        convert(parquet(pa.table({"tokens": [["ab"]]}))[:-9])


def test_what_is_only_named_parquet_is_refused(convert):
    with pytest.raises(FormatError, match="no Parquet file"):
        convert(b"ab\n", name="x.parquet")


@pytest.mark.parametrize(
    "kind",
    [
        pa.large_list(pa.large_string()), pa.list_(pa.string(), 2),
        pa.list_(pa.dictionary(pa.int32(), pa.string())),
        *([pa.list_view(pa.string())] if hasattr(pa, "list_view") else []),
    ],
    ids=str,
)  # fmt: skip
def test_lists_of_every_kind_are_read(convert, kind):
    table = pa.table({"tokens": pa.array([["ab", "c"]], kind)})
    out = pq.read_table(pa.BufferReader(convert(parquet(table))))
    assert out["ipa"].to_pylist() == [["ba", "c"]]


def test_texts_in_a_dictionary_stay_in_it(convert):
    table = pa.table({"text": pa.array(["ab", None, "ab"]).dictionary_encode()})
    out = pq.read_table(pa.BufferReader(convert(parquet(table))))
    assert out["text"].type == table["text"].type
    assert out["romanization"].to_pylist() == ["AB", None, "AB"]


def test_columns_of_one_name_are_refused(convert):
    texts = pa.array(["a"])
    table = pa.Table.from_arrays([texts, texts], names=["text", "text"])
    with pytest.raises(FormatError, match="several columns are named 'text'"):
        convert(parquet(table))


def test_text_that_is_not_utf8_is_named(convert):
    buffers = [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")]
    table = pa.table({"text": pa.Array.from_buffers(pa.string(), 1, buffers)})
    with pytest.raises(FormatError, match="column 'text' holds text that is not UTF-8"):
        convert(parquet(table))
