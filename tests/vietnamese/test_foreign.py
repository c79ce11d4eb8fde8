"""Foreign words in plain letters: English spelling, names by convention, capitals inside."""

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.vietnamese.english import looks_english
from cjkv_phon.vietnamese.names import names
from cjkv_phon.vietnamese.orthography import parse

VI = Transcriber("vi")


def said(text: str) -> str:
    return " ".join(unit.reading for unit in VI([text])[0].units)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("game", "ghêm"),
        ("home", "hôm"),
        ("bike", "bai"),
        ("Steve", "xtíp"),
        ("dance", "đan"),
        ("cheese", "chít"),
        ("Caroline", "ca rô lin"),
        ("hotline", "hót lai"),
        ("profile", "prô phai"),
        ("homestay", "hôm xtây"),
        ("table", "ta bồ"),
    ],
)
def test_a_final_e_behind_a_consonant_is_silent(text: str, reading: str) -> None:
    assert said(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("karate", "ca ra tê"),
        ("Hakodate", "ha cô đa te"),
        ("Chile", "chi lê"),
        ("Kobe", "cô bê"),
        ("Giuse", "giu se"),
    ],
)
def test_some_words_keep_it(text: str, reading: str) -> None:
    assert said(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("book", "búc"),
        ("team", "tim"),
        ("shop", "sóp"),
        ("ship", "síp"),
        ("show", "sô"),
        ("check", "chếch"),
        ("stress", "xtrét"),
        ("Jack", "giác"),
        ("Grant", "gran"),
        ("Park", "pác"),
        ("girl", "gơn"),
        ("call", "côn"),
        ("gold", "gôn"),
        ("light", "lai"),
        ("rail", "rêu"),
        ("Newton", "niu tơn"),
        ("caption", "cáp sần"),
        ("Techcombank", "tếch com banh"),
        ("Vinamilk", "vi na min"),
    ],
)
def test_english_spelling_is_read_as_vietnamese_say_it(text: str, reading: str) -> None:
    assert said(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Facebook", "phây búc"),
        ("FACEBOOK", "phây búc"),
        ("Google", "gu gồ"),
        ("YouTube", "diu túp"),
        ("youtube", "diu túp"),
        ("Singapore", "xinh ga po"),
        ("Ukraine", "u crai na"),
        ("Trump", "trăm"),
    ],
)
def test_names_are_read_by_convention(text: str, reading: str) -> None:
    assert said(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("iPhone", "ai phôn"),
        ("eBay", "i bay"),
        ("VinFast", "vin phát"),
        ("MobiFone", "mô bi phôn"),
        ("McDonald", "mắc đô nan"),
        ("HàNội", "hà nội"),
    ],
)
def test_capitals_inside_a_word_open_parts(text: str, reading: str) -> None:
    assert said(text) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("Toyota", "tô dô ta"),
        ("Malaysia", "ma lai xi a"),
        ("Colombia", "cô lôm bi a"),
        ("Maria", "ma ri a"),
        ("Campuchia", "cam pu chia"),
    ],
)
def test_loans_with_y_and_ia(text: str, reading: str) -> None:
    assert said(text) == reading


@pytest.mark.parametrize("text", ["axit", "corona", "xoong", "moóc", "karaoke", "hoa"])
def test_vietnamese_spelling_is_not_english(text: str) -> None:
    assert not looks_english(text)


@pytest.mark.parametrize(("text", "reading"), [("hiv", "hát i vê"), ("ibm", "i bê em mờ")])
def test_three_letters_that_are_no_syllable_are_spelled(text: str, reading: str) -> None:
    assert said(text) == reading


@pytest.mark.parametrize("text", ["nana" * 15 + "x", "shop" * 1000, "aB" * 1000, "1h" * 1000])
def test_long_runs_are_tiled(text: str) -> None:
    units = VI([text])[0].units
    assert [unit.end for unit in units] == [unit.start for unit in units[1:]] + [len(text)]


def test_units_keep_the_letters_they_stand_for() -> None:
    token = VI(["Facebook"])[0]
    assert [(unit.start, unit.end, unit.romanization) for unit in token.units] == [
        (0, 4, "Face"),
        (4, 8, "book"),
    ]
    assert (token.status, token.romanization) == ("ok", "Facebook")


def test_every_name_is_read_as_the_table_has_it() -> None:
    for name, parts in names().items():
        assert said(name) == " ".join(reading for _, reading in parts), name


def test_no_name_is_a_regular_syllable() -> None:
    assert [name for name in names() if (one := parse(name)) and one.core] == []
