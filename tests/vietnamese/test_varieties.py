"""How each variety sounds, with facts of the grammars named in the tables."""

import panphon
import pytest

from cjkv_phon import Transcriber
from cjkv_phon.vietnamese.orthography import SPELLINGS
from cjkv_phon.vietnamese.phonology import TONES, variety
from cjkv_phon.vietnamese.tables import rows

VARIETIES = ("hanoi", "hue", "saigon")


def ipa(text: str, name: str, detail: str = "narrow") -> str:
    return Transcriber("vi", variety=name, detail=detail)([text])[0].ipa


@pytest.mark.parametrize(
    ("text", "hanoi", "hue", "saigon"),
    [
        ("tiếng", "tiəŋ˧˦", "tiəŋ˦˧˥", "tiəŋ˦˥"),
        ("Việt", "viət̚˧˨ʔ", "viək̚˨˩ʔ", "jiək̚˨˩˨"),
        ("không", "xəwŋ͡m˧˧", "kʰəwŋ͡m˧˧", "xəwŋ͡m˧˧"),
        ("đường", "ʔɗɨəŋ˨˩", "ʔɗɨəŋ˦˩", "ʔɗɨəŋ˨˩"),
        ("trăng", "t͡ɕaŋ˧˧", "ʈaŋ˧˧", "ʈaŋ˧˧"),
        ("bún", "ʔɓun˧˦", "ʔɓun˦˧˥", "ʔɓʊwŋ͡m˦˥"),
        ("xanh", "sajŋ̟˧˧", "sɛɲ˧˧", "san˧˧"),
        ("sách", "sajk̟̚˧˦", "ʂat̚˦˧˥", "sat̚˦˥"),
        ("kính", "kïŋ˧˦", "kɨn˦˧˥", "kɨn˦˥"),
        ("rượu", "ziəw˧˨ʔ", "ʐɨəw˨˩ʔ", "ɹɨəw˨˩˨"),
        ("quả", "kwaː˧˩", "kwaː˧˨", "waː˨˩˦"),
        ("hoa", "hwaː˧˧", "hwaː˧˧", "waː˧˧"),
        ("tuần", "twən˨˩", "twəŋ˦˩", "t⁽ʷ⁾əŋ˨˩"),
        ("quốc", "kuək̚˧˦", "kuək̚˦˧˥", "wək̚˦˥"),
        ("tay", "taj˧˧", "taj˧˧", "taːj˧˧"),
        ("đi", "ʔɗi˧˧", "ʔɗɪj˧˧", "ʔɗɪj˧˧"),
        ("bố", "ʔɓo˧˦", "ʔɓow˨˩˦", "ʔɓow˦˥"),
        ("ăn", "ʔan˧˧", "ʔaŋ˧˧", "ʔaŋ˧˧"),
        ("uyên", "ʔwiən˧˧", "ʔwiəŋ˧˧", "ʔwiəŋ˧˧"),
    ],
)
def test_narrow_transcriptions_of_the_three_varieties(
    text: str, hanoi: str, hue: str, saigon: str
) -> None:
    assert [ipa(text, name) for name in VARIETIES] == [hanoi, hue, saigon]


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("hanoi", "sa", "xa"),
        ("hanoi", "tra", "cha"),
        ("hanoi", "da", "gia"),
        ("hanoi", "gia", "ra"),
        ("hanoi", "lưu", "liu"),
        ("hue", "đã", "đả"),
        ("hue", "an", "ang"),
        ("hue", "da", "gia"),
        ("saigon", "đã", "đả"),
        ("saigon", "va", "da"),
        ("saigon", "bát", "bác"),
        ("saigon", "lan", "lang"),
        ("saigon", "tun", "tung"),
        ("saigon", "hoa", "qua"),
        ("saigon", "tay", "tai"),
        ("saigon", "kim", "kiêm"),
        ("saigon", "tin", "tinh"),
    ],
)
@pytest.mark.parametrize("detail", ["broad", "narrow"])
def test_a_variety_merges(name: str, one: str, other: str, detail: str) -> None:
    assert ipa(one, name, detail) == ipa(other, name, detail)


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("hanoi", "an", "ang"),
        ("hanoi", "đã", "đả"),
        ("hanoi", "ong", "oong"),
        ("hue", "tra", "cha"),
        ("hue", "tin", "tinh"),
        ("hue", "sa", "xa"),
        ("saigon", "tra", "cha"),
        ("saigon", "ra", "gia"),
        ("saigon", "on", "ong"),
        ("saigon", "ăn", "anh"),
        ("saigon", "ên", "ơn"),
    ],
)
@pytest.mark.parametrize("detail", ["broad", "narrow"])
def test_a_variety_keeps_apart(name: str, one: str, other: str, detail: str) -> None:
    assert ipa(one, name, detail) != ipa(other, name, detail)


def test_broad_segments_are_single_phonemes_for_panphon() -> None:
    table = panphon.FeatureTable()
    lines = [row for name in VARIETIES for row in rows(name) if not row[0].endswith("tone")]
    for segment in sorted({segment for row in lines for segment in row[2].split()}):
        assert table.ipa_segs(segment) == [segment]


@pytest.mark.parametrize("name", VARIETIES)
def test_every_rime_and_initial_has_a_sound(name: str) -> None:
    spellings = {kind: {row[1] for row in rows(name) if row[0] == kind} for kind, *_ in rows(name)}
    assert spellings["rime"] == set(SPELLINGS.values())
    assert spellings["onset"] == {row[1] for row in rows("hanoi") if row[0] == "onset"}
    assert spellings["tone"] == set(TONES)


@pytest.mark.parametrize("name", VARIETIES)
def test_a_line_of_a_variety_has_kind_spelling_broad_and_narrow(name: str) -> None:
    assert {len(row) for row in rows(name)} <= {4, 5}
    assert len({row[:2] for row in rows(name)}) == len(rows(name))


def test_merged_tones_share_a_number() -> None:
    numbers = {
        name: [
            Transcriber("vi", variety=name, tones="numbers")([text])[0].ipa[-1] for text in TEXTS
        ]
        for name in VARIETIES
    }
    assert numbers == {"hanoi": list("123456"), "hue": list("124456"), "saigon": list("124456")}


TEXTS = ("ma", "mà", "mã", "mả", "má", "mạ")


def test_tones_can_be_left_out() -> None:
    assert Transcriber("vi", tones="none")(TEXTS).ipa == ["maː"] * 6


def test_a_variety_is_read_once() -> None:
    assert variety("hue") is variety("hue")
