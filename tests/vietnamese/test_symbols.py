"""Short forms: units behind digits, forms with a sign in them, abbreviations, chat."""

import pytest

from cjkv_phon import Transcriber, transcribe

VI = Transcriber("vi")


def pieces(text: str) -> str:
    """Return the readings, and in brackets what passes through."""
    units = VI([text])[0].units
    return " ".join(u.reading if u.status == "ok" else f"[{text[u.start : u.end]}]" for u in units)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("8h15", "[8] giờ [15]"),
        ("7h", "[7] giờ"),
        ("9h45p", "[9] giờ [45] phút"),
        ("350k", "[350] nghìn"),
        ("2,5tr", "[2,5] triệu"),
        ("900đ", "[900] đồng"),
        ("1m65", "[1] mét [65]"),
        ("120m2", "[120] mét vuông"),
        ("15m³", "[15] mét khối"),
        ("km2", "ki lô mét vuông"),
        ("80km/h", "[80] ki lô mét trên giờ"),
        ("m/s", "mét trên giây"),
        ("-4°C", "[-4] độ xê"),
        ("100°", "[100°]"),
        ("12ha", "[12] héc ta"),
        ("16GB", "[16] gi ga bai"),
    ],
)
def test_letters_behind_a_digit_are_units(text: str, said: str) -> None:
    assert pieces(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("h", "hát"),
        ("k", "ca"),
        ("m", "em mờ"),
        ("5G", "[5] giê"),
        ("4K", "[4] ca"),
        ("s", "ét sì"),
    ],
)
def test_elsewhere_they_are_letters(text: str, said: str) -> None:
    assert pieces(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("v.v.", "vân vân"),
        ("v.v…", "vân vân […]"),
        ("v/v", "về việc"),
        ("Đ/c", "đồng chí"),
        ("Q.3", "quận [3]"),
        ("P.12", "phường [12]"),
        ("P.201", "pê [.201]"),
        ("TN&MT", "tài nguyên và môi trường"),
        ("ThS", "thạc sĩ"),
        ("Ths", "thạc sĩ"),
        ("GTVT", "giao thông vận tải"),
        ("VĐV", "vận động viên"),
    ],
)
def test_abbreviations_are_read_in_full(text: str, said: str) -> None:
    assert pieces(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("ko", "không"), ("đc", "được"), ("dc", "được"), ("j", "gì"), ("vs", "với"), ("trc", "trước")],
)
def test_chat_is_read_where_it_can_be_nothing_else(text: str, said: str) -> None:
    assert pieces(text) == said


@pytest.mark.parametrize("text", ["KO", "DC", "J", "co", "di"])
def test_capitals_and_syllables_are_no_chat(text: str) -> None:
    assert pieces(text) not in ("không", "được", "gì")


def test_raw_text_keeps_a_form_in_one_token() -> None:
    text = "Đ/c Lan ở Q.1, xe chạy 60 km/h, nóng 37°C, v.v."
    assert transcribe(text, lang="vi").text == [
        "Đ/c", "Lan", "ở", "Q.1", ",", "xe", "chạy", "60", "km/h", ",", "nóng", "37°C", ",", "v.v.",
    ]  # fmt: skip


def test_raw_text_is_cut_at_other_signs() -> None:
    assert transcribe("và/hoặc a & b.", lang="vi").text == ["và", "/", "hoặc", "a", "&", "b", "."]
