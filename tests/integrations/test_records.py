import json

import pytest

from cjkv_phon.errors import FormatError
from cjkv_phon.io.records import read_records


def read(tmp_path, **row):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"tokens": ["전자", "산업"], **row}) + "\n", encoding="utf-8")
    return next(read_records(path))


def test_labels_are_texts_whatever_the_file_numbers_them_with(tmp_path):
    assert read(tmp_path, ner_tags=[0, None]).labels == ("0", "")
    assert read(tmp_path).labels is None


@pytest.mark.parametrize("labels", ["NN", 3, {"a": 1, "b": 2}, ["N"]])
def test_labels_that_are_no_list_of_one_a_token_are_refused_with_their_line(tmp_path, labels):
    with pytest.raises(FormatError, match=r"labels .*") as caught:
        read(tmp_path, labels=labels)
    assert caught.value.line == 1


def test_labels_stand_behind_the_column_of_the_tokens(tmp_path):
    path = tmp_path / "a.conll"
    path.write_text("1\tX\tN\n2\tX\tN\n\n", encoding="utf-8")
    record = next(read_records(path))
    assert record.tokens == ("X", "X")
    assert record.labels == ("N", "N")


def test_numbered_tokens_alone_have_no_labels(tmp_path):
    path = tmp_path / "a.conll"
    path.write_text("1\t전자\n2\t산업\n\n", encoding="utf-8")
    record = next(read_records(path))
    assert record.tokens == ("전자", "산업")
    assert record.labels is None
