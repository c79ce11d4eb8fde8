"""Texts of one word, and texts of megabytes: another way, the same reading."""

from __future__ import annotations

import pytest

from cjkv_phon import Transcriber
from cjkv_phon.chinese import polyphones
from cjkv_phon.chinese.polyphones import polyphone_model

TEXT = "他在银行当行长，不了解电子行业的情况，只觉得这件事很重要。"


def test_a_very_long_text_is_read_as_its_sentences_are() -> None:
    zh = Transcriber("zh")
    times = 1 + polyphones._LONGEST_TEXT // len(TEXT)
    (whole,) = zh([TEXT * times])
    reading = whole.reading
    # The first and the last have no sentence on one side.
    middle = zh([TEXT * 3])[0].reading
    size = len(middle) // 3
    assert reading[size:-size] == middle[size : 2 * size] * (times - 2)


def test_windows_ask_for_every_place_once() -> None:
    size = polyphones._LONGEST_TEXT + 1
    places = list(range(0, size, 7))
    windows = list(polyphones._windows(["行" * size], [places]))
    asked = [window.start + place for window in windows for place in window.places]
    assert asked == places
    longest = polyphones._WINDOW + 2 * polyphones._OVERLAP
    assert max(len(window.text) for window in windows) <= longest


def test_windows_leave_scores_as_they_are() -> None:
    text = "银行行长在行业里行不行" * 200
    places = [place for place, char in enumerate(text) if char in polyphone_model().targets]
    found = {}
    for rows, scores in polyphone_model().scores([text], [places]):
        for (_, place), row in zip(rows.tolist(), scores, strict=True):
            found[place] = row
    assert sorted(found) == places
    part = text[1000:1100]
    inner = [place for place in range(40, 60) if part[place] in polyphone_model().targets]
    ((rows, scores),) = polyphone_model().scores([part], [inner])
    for (_, place), row in zip(rows.tolist(), scores, strict=True):
        assert found[1000 + place] == pytest.approx(row, abs=0.05)


@pytest.mark.parametrize(
    "word", ["银行", "行长", "得", "花儿", "行ABC", "𠮷", "々", "", "不对劲儿"]
)
def test_a_word_alone_reads_as_with_its_units_unshared(word: str) -> None:
    broad, narrow = Transcriber("zh"), Transcriber("zh", detail="narrow")
    shown = [(unit.reading, unit.romanization, unit.status) for unit in broad([word])[0].units]
    assert shown == [
        (unit.reading, unit.romanization, unit.status) for unit in narrow([word])[0].units
    ]
    assert broad([word]) == broad([word], spaces=[True]).__class__(
        broad([word], spaces=[True]).tokens, None, broad.signature
    )
