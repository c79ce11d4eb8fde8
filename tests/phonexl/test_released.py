"""Scheme ``phonexl``: facts of the released dataset, its oddities among them."""

from __future__ import annotations

import logging
import random
import sys
import warnings
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from cjkv_phon import MissingDependencyError, Transcriber, UnsupportedOptionError
from cjkv_phon.phonexl.dictionary import dictionary_ipa
from cjkv_phon.phonexl.legacy import require_legacy, resource_filename, stand_in

Get = Callable[..., Transcriber]

FACTS = {
    "zh": [
        ("同樣", "tóngyàng", "tʰʊŋ˧˥ jɑŋ˥˩"),
        ("2012年", "2012nián", "2012njɛn˧˥"),
        ("，", "，", "，"),
        ("然而", "ránér", "ra˧˥ nɤ˧˥ ɻ"),  # run-together pinyin is cut in the wrong place
        ("哦", "ó", "ó˧˥"),  # a syllable that dragonmapper lacks
        ("唷", "yō", "iɔ˥"),
        ("嗯", "ń", "ń"),
        ("A4", "A4", "a˥˩"),  # Latin is taken for pinyin
        ("None", "None", "Nó nɤ"),
    ],
    "ja": [
        ("ただし", "tadashi", "tɑdɑʃi"),
        ("、", ",", ","),
        ("50", "50", "50"),
        ("の", "no", "now"),
        ("4月", "4", "4"),  # only the first kakasi segment is kept
        ("ファイル", "fu", "fu"),
        ("'", "'", "'"),
        ("DJ", "DJ", "DJ"),  # silent to flite: copied
        ("’", "’", ""),
        ("々", "(kurikaesi)", "(kɹəkɛsi)"),
    ],
    "ko": [
        ("제일", "jeil", "d͡ʒil"),
        ("스타벅스가", "seutabeokseuga", "sjutejbiəksuɡə"),
        ("값이", "gapsi", "ɡæpsi"),
        ("많다", "manta", "mæntə"),
        ("않", "않", "않"),  # korean-romanizer fails: copied
        ("'", "'", ""),  # silent to flite, and nothing is put in its place
        ("LG", "LG", "lɡ"),
        ("한글2024", "hangeul2024", "hæŋɡəul2024"),
    ],
    "en": [("cat", "cat", "kæt"), ("42", "42", "42")],
}


@pytest.mark.parametrize(
    ("lang", "token", "romanization", "ipa"),
    [(lang, *fact) for lang, facts in FACTS.items() for fact in facts],
)
def test_a_token_is_as_released(
    get: Get, lang: str, token: str, romanization: str, ipa: str
) -> None:
    read = get(lang)([token])[0]
    assert (read.romanization, read.ipa) == (romanization, ipa)


@pytest.mark.parametrize(
    ("tokens", "ipa"),
    [
        (["ăn", "cơm"], ["ʔăn", "kɤm"]),  # a glottal stop where the sentence begins
        (["cơm", "ăn"], ["kɤm", "ăn"]),
        (["gì", "gì"], ["z", "z"]),
        (["gì"], ["ɣi"]),
        (["mèo", "mèo"], ["mew", "meo"]),  # eo where the sentence ends
        (["2024", "ăn", "."], ["2024", "ʔăn", "."]),  # digits and marks are no part of it
        (["!", "?"], ["!", "?"]),
        ([], []),
    ],
)
def test_vietnamese_depends_on_where_the_sentence_begins_and_ends(
    get: Get, tokens: list[str], ipa: list[str]
) -> None:
    read = get("vi")(tokens)
    assert read.ipa == ipa
    assert read.romanization == tokens


def test_a_rule_applies_32_times_a_sentence_and_no_more(get: Get) -> None:
    ipa = get("vi")(["cơm", *["giờ"] * 40, "cơm"]).ipa
    assert ipa[1:-1] == ["zɤ"] * 32 + ["<GI>ɤ"] * 8


def test_words_and_spaces_inside_a_vietnamese_token_are_units(get: Get) -> None:
    token = get("vi")(["ở", "Việt Nam"])[1]
    assert token.ipa == "viət nam"
    assert [(unit.start, unit.end, unit.ipa, unit.status) for unit in token.units] == [
        (0, 4, "viət", "ok"),
        (4, 5, " ", "passthrough"),
        (5, 8, "nam", "ok"),
    ]


def test_status_says_what_was_read(get: Get) -> None:
    assert get("ko")(["않", '"', "값"]).status == ["unknown", "passthrough", "ok"]
    assert get("ja")(["。", "の"]).status == ["passthrough", "ok"]
    assert get("zh")(["，", "年"]).status == ["passthrough", "ok"]
    assert get("vi")(["，", "năm"]).status == ["passthrough", "ok"]


def test_readings_are_in_the_script_of_the_language(get: Get) -> None:
    assert get("ko")(["값이"])[0].reading == "갑시"
    assert get("ja")(["電子"])[0].reading == "でんし"


def test_the_signature_names_the_engines(get: Get) -> None:
    assert "pypinyin-" in get("zh").signature
    assert "dragonmapper-" in get("zh").signature
    assert "pykakasi-" in get("ja").signature
    assert "korean-romanizer-" in get("ko").signature
    assert "+flite-cmulex-2.2|" in get("ko").signature
    assert "epitran-" in get("vi").signature


@pytest.mark.parametrize(
    ("lang", "option"),
    [
        ("ko", {"detail": "narrow"}),
        ("zh", {"tones": "numbers"}),
        ("vi", {"variety": "saigon"}),
        ("ja", {"romanization": "kunrei"}),
        ("en", {"foreign": "read"}),
    ],
)
def test_only_what_was_published_is_offered(lang: str, option: dict[str, str]) -> None:
    with pytest.raises(UnsupportedOptionError, match="choose from"):
        Transcriber(lang, scheme="phonexl", **option)


@pytest.mark.parametrize(
    ("lang", "entry", "ipa"),
    [
        ("ja", "4月", "4 ɡætsu"),  # no segment is dropped
        ("ko", "아론", "ɛɹən"),
        ("vi", "ăn ở", "ʔăn ʔɤ"),  # every word begins a text
        ("zh", "然而", "ʐan˧˥ ɑɻ˧˥"),
    ],
)
def test_dictionaries_have_a_convention_of_their_own(
    get: Get, lang: str, entry: str, ipa: str
) -> None:
    get(lang)
    assert dictionary_ipa(lang)([entry]) == [ipa]


def _random_texts(characters: str, seed: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices(characters, k=rng.randint(1, 7))) for _ in range(400)]


def test_pairs_of_syllables_give_what_korean_romanizer_gives(get: Get) -> None:
    romanizer = pytest.importorskip("korean_romanizer")
    rng = random.Random(1)
    syllables = "".join(chr(rng.randrange(ord("가"), ord("힣") + 1)) for _ in range(300))
    for text in _random_texts(syllables + "가나다ㄱㅏa1 .", 2):
        try:
            latin = romanizer.Romanizer(text).romanize()
        except Exception:
            latin = text
        assert get("ko")([text])[0].romanization == latin


def test_put_off_spelling_gives_what_pykakasi_gives(get: Get) -> None:
    engine: Any = get("ja", "paper")._engine
    stock = require_legacy("pykakasi", extra="phonexl", stand_ins={}).Kakasi()
    for text in _random_texts("電子産業東京行生ァアイーのは、。Aａ1é々ｱﾞ\ufe00", 3):
        try:
            expected = [(s["orig"], s["hira"], s["hepburn"]) for s in stock.convert(text)]
        except IndexError:
            expected = [(text, "", "")]
        assert engine.kakasi.segments(text) == expected


@pytest.fixture
def no_traces() -> Iterator[None]:
    """Undo what importing epitran does to logging, and forget that it was imported."""
    root, before = logging.getLogger(), (logging.getLogger().level, list(logging.root.handlers))
    yield
    root.level, root.handlers[:] = before
    for name in [name for name in sys.modules if name.partition(".")[0] == "epitran"]:
        del sys.modules[name]


@pytest.mark.usefixtures("no_traces")
def test_rules_run_here_give_what_epitran_gives(get: Get) -> None:
    engine: Any = get("vi")._engine
    # PanPhon takes seconds to load and has no part in transliteration.
    no_features = {"FeatureTable": lambda: SimpleNamespace(names=())}
    missing = (
        stand_in("pkg_resources", resource_filename=resource_filename)
        | stand_in("panphon", featuretable=SimpleNamespace(**no_features), **no_features)
        | stand_in("panphon.featuretable", **no_features)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            module: Any = require_legacy("epitran", extra="phonexl", stand_ins=missing)
        except MissingDependencyError as error:  # one of the many packages that epitran imports
            pytest.skip(str(error))
        stock = module.Epitran("vie-Latn", tones=False)
    letters = "aăâeêioôơuưybcdđghklmnpqrstvxáàảãạếềểễệwjzſĐ'1"
    words = _random_texts(letters, 4)
    for start in range(0, 400, 8):
        sentence = words[start : start + 8]
        spoken = [word for word in sentence if any(c.isalpha() for c in word)]
        expected = stock.transliterate(" ".join(spoken)).split()
        read = [token.ipa for token in get("vi")(sentence) if token.text in spoken]
        assert read == expected
    assert engine.alone("ăn") == stock.transliterate("ăn")
