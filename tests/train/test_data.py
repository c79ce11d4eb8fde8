"""Every file format gives the same examples; what is wrong in a file is said with its place."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cjkv_phon import FormatError, UnsupportedOptionError
from cjkv_phon_train.config import DataSettings
from cjkv_phon_train.data import COLUMNS, Source, load, read_examples, sources
from cjkv_phon_train.errors import SettingsError, TrainingError
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.sources import dataset_records, hub_records, read_records
from cjkv_phon_train.switching import load_dictionary

TOKENS, TAGS = ("서울", "에", "간다"), ("PROPN", "ADP", "VERB")
IPA, LATIN = ("sʌul", "e", "kanda"), ("seoul", "e", "ganda")


def write(folder: Path, name: str, text: str) -> str:
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-8")
    return str(path)


def rows(*columns: tuple[str, ...], by: str = "\t") -> str:
    return "\n".join(by.join(row) for row in zip(*columns, strict=True)) + "\n\n"


def test_task_label_sets_have_the_sizes_of_the_paper() -> None:
    assert (len(label_set("udpos")), len(label_set("panx"))) == (18, 7)


@pytest.mark.parametrize(
    "name", ["a.tsv", "a.tsv.gz", "a.conll", "a.jsonl", "a.parquet", "a.conllu"]
)
def test_phonemes_are_read_from_every_format(tmp_path: Path, name: str) -> None:
    if name.endswith(".jsonl"):
        line = {"tokens": TOKENS, "labels": TAGS, "ipa": IPA, "romanization": LATIN}
        path = write(tmp_path, name, json.dumps(line, ensure_ascii=False) + "\n")
    elif name.endswith(".parquet"):
        arrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        table = arrow.table(
            {"tokens": [TOKENS], "pos_tags": [TAGS], "ipa": [IPA], "romanization": [LATIN]}
        )
        parquet.write_table(table, tmp_path / name)
        path = str(tmp_path / name)
    elif name.endswith(".conllu"):
        lines = [
            "\t".join([str(i), token, "_", tag, *"_____", f"Ipa={ipa}|Translit={latin}"])
            for i, (token, tag, ipa, latin) in enumerate(
                zip(TOKENS, TAGS, IPA, LATIN, strict=True), 1
            )
        ]
        path = write(tmp_path, name, "\n".join(["# text = x", *lines, "", ""]))
    else:
        path = write(tmp_path, name, rows(TOKENS, TAGS, IPA, LATIN) * 2)
    found = read_examples(path, "ko", "udpos")[0]
    assert (found.tokens, found.labels, found.phonemes) == (TOKENS, TAGS, IPA)
    assert read_examples(path, "ko", "udpos", "romanization")[0].phonemes == LATIN


def test_plain_conll_with_spaces_has_its_label_last(tmp_path: Path) -> None:
    text = rows(("Hà", "Nội"), ("N", "N"), ("B-NP", "I-NP"), ("B-LOC", "I-LOC"), by=" ")
    record = next(read_records(write(tmp_path, "a.conll", text)))
    assert record.labels == ("B-LOC", "I-LOC")
    assert record.ipa is None


def test_xtreme_panx_loses_its_language_prefix(tmp_path: Path) -> None:
    text = rows(("ko:서", "ko:울", "ko:은"), ("B-LOC", "I-LOC", "O"))
    assert next(read_records(write(tmp_path, "train.tsv", text))).tokens == ("서", "울", "은")


def test_conll_that_was_transcribed_has_its_phonemes_behind_the_label(tmp_path: Path) -> None:
    text = rows(TOKENS, ("N", "J", "V"), TAGS, IPA, LATIN, by="\t")
    record = next(read_records(write(tmp_path, "a.conll", text)))
    assert (record.labels, record.ipa, record.romanization) == (TAGS, IPA, LATIN)


def test_phonemes_are_made_on_the_fly_by_any_scheme(tmp_path: Path, upper_scheme: str) -> None:
    path = write(tmp_path, "a.tsv", rows(("a", "bc"), ("NOUN", "VERB")))
    source = Source("train", "ko", path)
    corpus = load(source, DataSettings(scheme=upper_scheme))
    assert corpus.examples[0].phonemes == ("A", "BC")
    assert corpus.signature.startswith(f"ko|{upper_scheme}|")


def test_phonemes_that_were_read_are_said_to_be_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", rows(TOKENS, TAGS, IPA, LATIN))
    assert load(Source("dev", "ko", path), DataSettings()).signature == COLUMNS


def test_a_hash_changes_with_any_label(tmp_path: Path) -> None:
    one = write(tmp_path, "a.tsv", rows(TOKENS, TAGS, IPA, LATIN))
    two = write(tmp_path, "b.tsv", rows(TOKENS, ("NOUN", *TAGS[1:]), IPA, LATIN))
    three = write(tmp_path, "c.tsv.gz", rows(TOKENS, TAGS, IPA, LATIN))
    a, b, c = (load(Source("dev", "ko", p), DataSettings()).digest for p in (one, two, three))
    assert a != b
    assert a == c


def test_an_unknown_label_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", rows(TOKENS, ("PROPN", "POSTP", "VERB"), IPA, LATIN))
    with pytest.raises(FormatError, match=r"a\.tsv:2: label 'POSTP' is not one of udpos: ADJ"):
        read_examples(path, "ko", "udpos")


def test_a_line_with_fewer_columns_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.conll", "서울 N PROPN\n에 ADP\n간다 V VERB\n\n")
    with pytest.raises(FormatError, match=r"a\.conll:2: 2 columns where the sentence began with 3"):
        list(read_records(path))


def test_lists_of_unlike_length_are_named(tmp_path: Path) -> None:
    line = json.dumps({"tokens": ["a", "b"], "labels": ["NOUN"]})
    with pytest.raises(FormatError, match=r":1: labels has 1 entries for 2 tokens"):
        list(read_records(write(tmp_path, "a.jsonl", line + "\n")))


def test_a_missing_phoneme_column_says_how_to_get_one(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", rows(TOKENS, TAGS))
    with pytest.raises(FormatError, match=r"no ipa column\. Type --scheme standard"):
        read_examples(path, "ko", "udpos")
    assert read_examples(path, "ko", "udpos", phonemes="")[0].phonemes is None


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "\n")
    with pytest.raises(FormatError, match="holds no sentence"):
        load(Source("train", "ko", path), DataSettings())


def test_training_without_labels_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonl", '{"tokens": ["a"], "ipa": ["a"]}\n')
    with pytest.raises(FormatError, match="has no labels"):
        load(Source("train", "ko", path), DataSettings())


def test_a_folder_is_searched_for_every_role_and_language(tmp_path: Path) -> None:
    for name in ("train-ja.tsv", "dev-ja.jsonl", "dev-ko.tsv.gz", "test-ko.conllu"):
        write(tmp_path, name, "")
    found = sources(DataSettings(data=str(tmp_path)))
    assert [(s.role, s.lang) for s in found] == [
        ("train", "ja"), ("dev", "ja"), ("dev", "ko"), ("test", "ko")
    ]  # fmt: skip


def test_files_on_the_command_line_win_over_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "train-ja.tsv", "")
    found = sources(DataSettings(data=str(tmp_path), train=("ja:other.tsv",), dev=("ja:d.tsv",)))
    assert Source("train", "ja", "other.tsv") in found
    assert len([s for s in found if s.role == "train"]) == 1


def test_missing_training_data_say_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="type --train ja:PATH"):
        sources(DataSettings(data=str(tmp_path)))
    with pytest.raises(SettingsError, match="write LANG:PATH"):
        sources(DataSettings(train=("train.tsv",)))


def test_without_any_file_the_hub_is_meant() -> None:
    assert {s.path for s in sources(DataSettings())} == {"hub"}
    assert Source("train", "ja", "hub") in sources(DataSettings(train=("hub:ja",)))


def test_hub_datasets_are_read_by_their_features() -> None:
    datasets = pytest.importorskip("datasets")
    names = ["O", "B-LOC", "I-LOC"]
    kind = getattr(datasets, "List", None) or datasets.Sequence
    features = datasets.Features(
        {
            "tokens": kind(datasets.Value("string")),
            "ner_tags": kind(datasets.ClassLabel(names=names)),
        }
    )
    rows = datasets.Dataset.from_dict(
        {"tokens": [["서", "울", "은"]], "ner_tags": [[1, 2, 0]]}, features=features
    )
    record = next(dataset_records(rows))
    assert record.labels == ("B-LOC", "I-LOC", "O")
    assert record.tokens == ("서", "울", "은")


def test_a_local_copy_of_the_hub_repository_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    datasets = pytest.importorskip("datasets")
    line = json.dumps({"tokens": ["a", "b"], "pos_tags": ["NOUN", "VERB"]}) + "\n"
    folder = tmp_path / "udpos"
    folder.mkdir()
    write(folder, "train.jsonl", line)
    write(
        tmp_path, "README.md",
        "---\nconfigs:\n- config_name: udpos.Japanese\n  data_files:\n"
        "  - split: train\n    path: udpos/train.jsonl\n---\n",
    )  # fmt: skip
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    records = list(hub_records("udpos", "ja", "train", str(tmp_path)))
    assert records[0].labels == ("NOUN", "VERB")


def test_a_hub_that_cannot_be_reached_says_how_to_name_files(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    with pytest.raises(TrainingError, match="--data FOLDER"):
        list(hub_records("panx", "ko", "train", str(tmp_path / "nothing")))


def test_dictionaries_have_every_translation_of_a_word(tmp_path: Path) -> None:
    path = write(tmp_path, "d.txt", "ab\tab\t가\tka\nab\tab\t나\tna\n")
    found = load_dictionary(f"ja-ko:{path}")
    assert found.translations("ab") == (("가", "ka"), ("나", "na"))
    assert found.translations("AB") == found.translations("ab")
    assert found.translations("zz") == ()


def test_dictionaries_are_transcribed_by_a_scheme(tmp_path: Path, upper_scheme: str) -> None:
    path = write(tmp_path, "d.txt", "ab\tx y\n")
    found = load_dictionary(f"ja-ko:{path}", "romanization", upper_scheme)
    assert found.translations("ab") == (("x y", "X Y"),)


def test_an_empty_dictionary_says_how_to_do_without(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"dictionary is empty.*--gamma 0"):
        load_dictionary(f"ja-ko:{write(tmp_path, 'd.txt', '')}")


@pytest.mark.parametrize("line", ["학생", "学生\tɡakɯseː\t학생", "a\tb\tc\td\te"])
@pytest.mark.parametrize("phonemes", ["ipa", ""])
def test_a_dictionary_has_two_columns_or_four(tmp_path: Path, line: str, phonemes: str) -> None:
    width = line.count("\t") + 1
    with pytest.raises(FormatError, match=rf"d\.txt:2: {width} columns; wanted source"):
        load_dictionary(
            f"ja-ko:{write(tmp_path, 'd.txt', f'a	b	c	d{chr(10)}{line}')}", phonemes, ""
        )


def test_a_dictionary_with_too_few_columns_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"d\.txt:1: 2 columns; wanted source"):
        load_dictionary(f"ja-ko:{write(tmp_path, 'd.txt', 'a	b')}")
    with pytest.raises(UnsupportedOptionError, match="ja-ko:"):
        load_dictionary("d.txt")
