from __future__ import annotations

import gzip
import json

import pytest

tokenizers = pytest.importorskip("tokenizers")
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers  # noqa: E402

CORPUS = "안녕\tIN\n세계\tNN\n\n독립\tNN\n만세\tIN\n!\tSF\n\n"


@pytest.fixture
def tokenizer(tmp_path):
    """The path of a saved tokenizer."""
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(strip_accents=False)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(special_tokens=["[UNK]"], show_progress=False)
    made.train_from_iterator(["안녕 세계 독립 만세 annjʌŋ sekje toŋnip manse"] * 5, trainer)
    path = tmp_path / "tokenizer.json"
    made.save(str(path))
    return path


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "corpus.conll"
    path.write_text(CORPUS, encoding="utf-8")
    return path


def test_a_row_a_sentence_holds_subwords_of_both_sides(cli, corpus, tokenizer):
    outcome = cli("align", corpus, "-l", "ko", "--tokenizer", tokenizer)
    assert outcome.code == 0
    rows = [json.loads(line) for line in outcome.out.decode().splitlines()]
    assert [row["tokens"] for row in rows] == [["안녕", "세계"], ["독립", "만세", "!"]]
    for row in rows:
        for prefix in ("", "phoneme_"):
            spans = row[f"{prefix}token_spans"]
            assert spans[0][0] == 0
            assert spans[-1][1] == len(row[f"{prefix}input_ids"])
            assert len(row[f"{prefix}unit_spans"]) == len(row["tokens"])
        assert row["signature"].startswith("ko|standard")


def test_rows_are_what_datasets_reads(cli, corpus, tokenizer, tmp_path):
    datasets = pytest.importorskip("datasets")
    cache = str(tmp_path / "cache")
    for name, kind in (("out.jsonl", "json"), ("out.parquet", "parquet"), ("o.jsonl.gz", "json")):
        target = tmp_path / name
        assert cli("align", corpus, "-l", "ko", "--tokenizer", tokenizer, "-o", target).code == 0
        rows = datasets.load_dataset(kind, data_files=str(target), cache_dir=cache)["train"]
        assert rows[1]["tokens"] == ["독립", "만세", "!"]
        assert rows[1]["unit_spans"][0][0][0] == 0
        assert len(rows) == 2


def test_compressed_rows_are_the_same(cli, corpus, tokenizer, tmp_path):
    plain = cli("align", corpus, "-l", "ko", "--tokenizer", tokenizer).out
    cli("align", corpus, "-l", "ko", "--tokenizer", tokenizer, "-o", tmp_path / "x.gz")
    assert gzip.decompress((tmp_path / "x.gz").read_bytes()) == plain


def test_long_sentences_become_several_rows_and_that_is_said(cli, corpus, tokenizer):
    outcome = cli("align", corpus, "-l", "ko", "--tokenizer", tokenizer, "--max-length", 1)
    rows = [json.loads(line) for line in outcome.out.decode().splitlines()]
    assert " ".join(token for row in rows for token in row["tokens"]) == "안녕 세계 독립 만세 !"
    assert [row["first_token"] for row in rows if row["sentence"] == 1] == [0, 1, 2]
    assert "split" in outcome.err


def test_a_tokenizer_that_is_none_is_one_line(cli, corpus, tmp_path):
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    outcome = cli("align", corpus, "-l", "ko", "--tokenizer", wrong)
    assert outcome.code == 1
    assert outcome.err.count("\n") == 1
    assert "tokenizer" in outcome.err


def test_a_broken_input_leaves_no_output(cli, tokenizer, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"tokens": ["안녕"]}\n{"tokens": 5}\n', encoding="utf-8")
    target = tmp_path / "out.jsonl"
    assert cli("align", broken, "-l", "ko", "--tokenizer", tokenizer, "-o", target).code == 1
    assert not target.exists()


def test_statistics_count_what_a_tokenizer_sees(cli, corpus, tokenizer):
    outcome = cli("info", "--stats", corpus, "-l", "ko", "--tokenizer", tokenizer, "--json")
    (row,) = json.loads(outcome.out)
    assert (row["samples"], row["labels"], row["mean_tokens"]) == (2, 3, 2.5)
    assert row["mean_phonemes"] >= 2.5
    assert 0 < row["unknown_orthography"] < 1
    table = cli("info", "--stats", corpus, "-l", "ko", "--tokenizer", tokenizer).out.decode()
    assert table.splitlines()[0].split()[:3] == ["file", "tokenizer", "samples"]


def test_statistics_take_the_ipa_that_is_there(cli, tokenizer, tmp_path):
    path = tmp_path / "with.tsv"
    path.write_text("독립\tNOUN\ttoŋnip\tdongnip\n\n", encoding="utf-8")
    outcome = cli("info", "--stats", path, "--tokenizer", tokenizer, "--json")
    assert json.loads(outcome.out)[0]["unknown_phonemes"] == 0


def test_statistics_of_a_file_without_ipa_ask_for_its_language(cli, corpus, tokenizer):
    outcome = cli("info", "--stats", corpus, "--tokenizer", tokenizer)
    assert outcome.code == 2
    assert "-l ko" in outcome.err


def test_statistics_need_a_tokenizer(cli, corpus):
    assert cli("info", "--stats", corpus).code == 2


def test_statistics_of_the_ipa_that_is_there_refuse_a_scheme(cli, corpus, tokenizer):
    outcome = cli("info", "--stats", corpus, "--tokenizer", tokenizer, "--scheme", "standard")
    assert outcome.code == 2
    assert "--scheme says nothing without --lang" in outcome.err


def test_characters_of_a_word_sound_together_where_they_are_joined(cli, tokenizer, tmp_path):
    characters = tmp_path / "characters.conll"
    characters.write_text("1\t독\n2\t립\n\n", encoding="utf-8")
    args = ("align", characters, "-l", "ko", "--tokenizer", tokenizer, "--column", 2)
    joined, apart = (json.loads(cli(*args, *flag).out) for flag in (("--joined",), ()))
    assert joined["tokens"] == apart["tokens"] == ["독", "립"]
    assert joined["ipa"] == ["toŋ", "nip"]
    assert apart["ipa"][0] == "tok"
