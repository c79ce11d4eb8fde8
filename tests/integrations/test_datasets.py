import pickle

import pytest

datasets = pytest.importorskip("datasets")
from datasets.fingerprint import Hasher  # noqa: E402

from cjkv_phon import Transcriber  # noqa: E402
from cjkv_phon.errors import UnsupportedOptionError  # noqa: E402
from cjkv_phon.integrations.datasets import MapTranscriber  # noqa: E402

ROWS = {"id": [1, 2, 3], "tokens": [["독립", "만세"], [], ["한국", "ABC"]]}


@pytest.fixture
def dataset():
    return datasets.Dataset.from_dict(ROWS)


def test_columns_are_added_batch_by_batch(dataset):
    found = dataset.map(MapTranscriber("ko"), batched=True, batch_size=2)
    korean = Transcriber("ko")
    for row in found:
        expected = korean(row["tokens"])
        assert row["ipa"] == expected.ipa
        assert row["romanization"] == expected.romanization
    assert found.column_names == ["id", "tokens", "ipa", "romanization"]


def test_units_come_with_offsets(dataset):
    found = dataset.map(
        MapTranscriber("ko", ipa=False, romanization_column=False, units=True), batched=True
    )
    assert found.column_names == ["id", "tokens", "units"]
    assert [(u["start"], u["end"]) for u in found[0]["units"][0]] == [(0, 1), (1, 2)]


def test_text_is_segmented_and_null_stays_null():
    dataset = datasets.Dataset.from_dict({"text": ["독립 만세", None]})
    found = dataset.map(MapTranscriber("ko", "text"), batched=True)
    assert found["romanization"][:] == ["dongnip manse", None]


def test_spaces_beside_the_tokens_are_used():
    rows = {"tokens": [["독", "립"]] * 2, "spaces": [[False, False], [True, False]]}
    joined, apart = datasets.Dataset.from_dict(rows).map(MapTranscriber("ko"), batched=True)["ipa"]
    assert joined != apart


def test_several_processes_give_the_same(dataset):
    alone = dataset.map(MapTranscriber("ko"), batched=True)
    together = dataset.map(MapTranscriber("ko"), batched=True, num_proc=2)
    assert alone.to_dict() == together.to_dict()


def test_the_hash_is_stable_and_tells_options_apart():
    one, other = MapTranscriber("ko"), MapTranscriber("ko")
    one({"tokens": [["독립"]]})
    assert Hasher.hash(one) == Hasher.hash(other) == Hasher.hash(pickle.loads(pickle.dumps(one)))
    assert Hasher.hash(one) != Hasher.hash(MapTranscriber("ko", detail="narrow"))
    assert Hasher.hash(one) != Hasher.hash(MapTranscriber("ko", "text"))


def test_the_cache_is_found_again(tmp_path):
    dataset = datasets.Dataset.from_dict(ROWS)
    dataset.save_to_disk(tmp_path / "d")
    loaded = [datasets.load_from_disk(tmp_path / "d") for _ in range(2)]
    first, second = (one.map(MapTranscriber("ko"), batched=True) for one in loaded)
    assert first._fingerprint == second._fingerprint
    assert first.cache_files == second.cache_files


def test_a_wrong_option_shows_before_the_corpus_is_read():
    with pytest.raises(UnsupportedOptionError):
        MapTranscriber("ko", detail="loud")


def test_a_column_of_numbers_is_refused():
    with pytest.raises(ValueError, match="list of tokens or a text"):
        MapTranscriber("ko", "id")({"id": [1]})
