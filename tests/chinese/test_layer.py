"""The layer of CC-CEDICT over the phrase table: what it is for, and life without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.chinese import engine, phrases
from cjkv_phon.chinese.characters import characters
from cjkv_phon.chinese.engine import StandardChinese, create
from cjkv_phon.chinese.tables import read_bytes
from cjkv_phon.engine import Options, Sentence

OPTIONS = Options("zh", "standard")


@pytest.fixture
def without() -> Iterator[StandardChinese]:
    """Return the engine as it is where the file of the layer was deleted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases, "LAYER", "deleted.tsv")
        phrases.phrases.cache_clear()
        engine._reader.cache_clear()
        yield create(OPTIONS)
    phrases.phrases.cache_clear()
    engine._reader.cache_clear()


def reading(zh: StandardChinese, *tokens: str) -> str:
    (found,) = zh.transcribe([Sentence(tokens)])
    return " ".join(unit.reading for token in found for unit in token.units)


def test_without_the_layer_the_rest_still_reads(without: StandardChinese) -> None:
    assert reading(without, "银行", "行长") == "yin2 hang2 hang2 zhang3"
    assert without.segment("他在银行当行长").tokens == ("他", "在", "银行", "当", "行长")


def test_the_signature_tells_that_the_layer_is_there() -> None:
    assert f"|{phrases.LAYER_VERSION}|" in Transcriber("zh").signature


def test_the_signature_tells_that_the_layer_is_missing(without: StandardChinese) -> None:
    assert without.versions == ()


def test_the_table_alone_does_not_know_a_word_of_the_layer(without: StandardChinese) -> None:
    assert phrases.phrases().readings("冲调") is None


def test_the_layer_knows_that_word() -> None:
    assert phrases.phrases().readings("冲调") == ("chong1", "tiao2")


def test_a_word_of_a_later_layer_replaces_that_of_an_earlier_one() -> None:
    layers = ["行\td\t业d\t走d?,动b", "行\t\t走b:xing2 zou3"]
    table = phrases.PhraseTable([layer.encode() for layer in layers], characters())
    assert table.readings("行业") == ("xing2", "ye4")
    assert table.readings("行走") == ("xing2", "zou3")
    assert table.readings("行走动") == ("xing2", "zou3", "dong4")


def test_the_layer_states_its_own_licence() -> None:
    text = read_bytes(phrases.LAYER).decode("utf-8")
    header = "".join(line for line in text.split("\n") if line.startswith("#"))
    assert "CC BY-SA 4.0" in header
    assert "MDBG" in header
