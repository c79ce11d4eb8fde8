"""Tokens as they come: case, marks, separators, run-together words, loans, acronyms."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import Transcriber, UnsupportedOptionError, transcribe
from cjkv_phon.evaluation import evaluate, folding_table
from cjkv_phon.types import TokenTranscription

VI = Transcriber("vi")


def one(text: str) -> TokenTranscription:
    return VI([text])[0]


def readings(text: str) -> list[str]:
    return [unit.reading for unit in one(text).units if unit.status == "ok"]


def test_units_are_syllables_and_what_stands_between_them() -> None:
    token = one("công nghiệp")
    assert [(u.start, u.end, u.reading, u.status) for u in token.units] == [
        (0, 4, "công", "ok"),
        (4, 5, "", "passthrough"),
        (5, 11, "nghiệp", "ok"),
    ]
    assert token.ipa == "koŋʷ˧˧ ŋiəp˧˨"
    assert token.romanization == "công nghiệp"
    assert token.segments == ("k", "o", "ŋʷ", "˧˧", "ŋ", "i", "ə", "p", "˧˨")


@pytest.mark.parametrize("text", ["hoà", "hòa", "HOÀ", "Hòa", "hoa\u0300", "ho\u0300a"])
def test_forms_of_one_word_sound_the_same(text: str) -> None:
    token = one(text)
    assert token.ipa == one("hoà").ipa
    assert token.reading == "hoà"
    assert token.romanization.lower() == "hoà"
    assert token.units[-1].end == len(text)


@pytest.mark.parametrize("separator", [" ", "-", "_", "\u00a0", "·"])
def test_separators_pass_through(separator: str) -> None:
    token = one(f"Hà{separator}Nội")
    assert readings(f"Hà{separator}Nội") == ["hà", "nội"]
    assert separator in token.ipa


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("hảiquân", "hải quân"),
        ("truyềnđơn", "truyền đơn"),
        ("thamgia", "tham gia"),
        ("thươnghiệu", "thương hiệu"),
        ("chủnghĩaxãhội", "chủ nghĩa xã hội"),
        ("HàNội", "hà nội"),
        ("TrungƯơng", "trung ương"),
        ("quốcgia", "quốc gia"),
        ("nghĩađịa", "nghĩa địa"),
    ],
)
def test_syllables_written_together_are_cut(text: str, syllables: str) -> None:
    assert " ".join(readings(text)) == syllables


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("Đắk Lắk", "ɗak˧˦ lak˧˦"),
        ("pa-tê", "paː˧˧-te˧˧"),
        ("moóc", "mɔk˧˦"),
        ("xoong", "sɔŋ˧˧"),
        ("axit", "aː˧˧sit˧˦"),
        ("Krông", "kɹoŋʷ˧˧"),
        ("M'Nông", "məː˧˧'noŋʷ˧˧"),
        ("Komodo", "ko˧˧mo˧˧ɗo˧˧"),
        ("zô", "zo˧˧"),
        ("Honda", "hɔn˧˧ɗaː˧˧"),
        ("rađiô", "ɹaː˧˧ɗi˧˧o˧˧"),
        ("Ðà", "ɗaː˨˩"),
    ],
)
def test_loans_are_read_by_their_spelling(text: str, sound: str) -> None:
    assert one(text).ipa == sound


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("VN", "việt nam"),
        ("TP.HCM", "thành phố hồ chí minh"),
        ("UBND", "uỷ ban nhân dân"),
        ("ubnd", "uỷ ban nhân dân"),
        ("HIV", "hát i vê"),
        ("IT", "i tê"),
        ("F", "ép"),
        ("W", "vê kép"),
        ("km", "ki lô mét"),
        ("ch", "chờ"),
        ("ă", "á"),
        ("GDP", "giê dê pê"),
    ],
)
def test_letters_and_abbreviations_are_read(text: str, syllables: str) -> None:
    assert " ".join(readings(text)) == syllables
    assert one(text).romanization == text


@pytest.mark.parametrize("text", ["II", "IV", "VII", "XX", "XXI"])
def test_roman_numerals_pass_through_as_digits_do(text: str) -> None:
    assert one(text).status == "passthrough"


def test_an_acronym_that_is_a_syllable_is_read_as_one() -> None:
    assert readings("CHÂU") == ["châu"]


@pytest.mark.parametrize("text", ["Ndaelndongl", "Zhtřk", "rhythm", "Ärger", "İ"])
def test_foreign_words_are_unknown_and_keep_their_text(text: str) -> None:
    token = one(text)
    assert token.status == "unknown"
    assert (token.ipa, token.romanization, token.segments) == (text, text, ())


@pytest.mark.parametrize("text", ["2026", "…", "你好", "привет", "😀", "3,5%", " ", "\u0301"])
def test_what_is_not_in_latin_letters_passes_through(text: str) -> None:
    token = one(text)
    assert (token.status, token.ipa) == ("passthrough", text)


def test_digits_and_words_in_one_token() -> None:
    token = one("Covid-19 lần2")
    assert [unit.status for unit in token.units][-2:] == ["ok", "passthrough"]
    assert token.status == "ok"


def test_the_empty_token_has_no_units() -> None:
    assert one("") == TokenTranscription("", (), "", "", "passthrough")


@pytest.mark.parametrize(
    ("romanization", "spelling"),
    [("quoc-ngu", "Đường Hoà"), ("plain", "Duong Hoa"), ("telex", "Dduwowngf Hoaf")],
)
def test_romanizations(romanization: str, spelling: str) -> None:
    assert Transcriber("vi", romanization=romanization)(["Đường Hòa"]).romanization == [spelling]


@pytest.mark.parametrize(
    "option", [{"variety": "vinh"}, {"romanization": "vni"}, {"tones": "colours"}]
)
def test_unknown_options_are_refused(option: dict[str, str]) -> None:
    with pytest.raises(UnsupportedOptionError):
        Transcriber("vi", **option)  # type: ignore[arg-type]


def test_raw_text_is_cut_at_spaces() -> None:
    assert transcribe("Tôi yêu tiếng Việt.", lang="vi").text == ["Tôi", "yêu", "tiếng", "Việt", "."]


# Text that looks Vietnamese at every turn, and any other text.
_letters = st.text("aăâeêioôơuưy" + "bcdđghklmnpqrstvx" + "\u0300\u0301\u0303\u0309\u0323 '-A")
_any = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(_letters | _any, max_size=5))
@settings(max_examples=200, deadline=None)
def test_units_tile_every_token(tokens: list[str]) -> None:
    result = VI(tokens)
    assert result.text == tokens
    for token in result:
        ends = [0]
        for unit in token.units:
            assert unit.start == ends[-1] < unit.end
            ends.append(unit.end)
        assert ends[-1] == len(token.text)
        assert token.ipa == "".join(unit.ipa for unit in token.units)
        assert token.romanization == "".join(unit.romanization for unit in token.units)


@given(_letters)
@settings(max_examples=100, deadline=None)
def test_composed_and_decomposed_text_sound_the_same(text: str) -> None:
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert len(set(VI(forms).ipa)) == 1 or one(text).status != "ok"


WORDS = (
    "công nghiệp điện tử", "Việt Nam", "quốc gia", "khoẻ mạnh", "buổi chiều", "xanh biếc",
    "nghĩa địa", "rượu vang", "lịch sử", "uống thuốc", "tiếng Anh", "khuỷu tay", "huỳnh quang",
    "vui vẻ", "thuở xưa", "mùa xuân", "quýt", "loay hoay", "bột mì", "đêm khuya", "xe buýt",
)  # fmt: skip


@pytest.mark.parametrize("name", ["hanoi", "hue", "saigon"])
def test_narrow_folds_into_broad(name: str) -> None:
    narrow = Transcriber("vi", detail="narrow", variety=name)(WORDS)
    broad = Transcriber("vi", variety=name)(WORDS)
    gold = {token.text: ("".join(token.segments),) for token in narrow}
    found = {token.text: "".join(token.segments) for token in broad}
    assert evaluate(gold, found, folding=folding_table("vi")).errors == ()
