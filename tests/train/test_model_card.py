"""The model card says what the settings say, and no folder of the machine."""

from __future__ import annotations

from typing import Any

import pytest

from cjkv_phon_train.config import load_settings
from cjkv_phon_train.model_card import card
from cjkv_phon_train.publishing import without_folders


@pytest.mark.parametrize(
    ("variant", "values", "said", "not_said"),
    [
        ("full", {}, "their sound (ipa)", "alone"),
        ("full", {}, "zero-shot use on ko", "labelled sentences"),
        ("full", {}, "selected on the source dev set.", "switched into"),
        ("baseline", {}, "the spelling of words alone", "their sound (ipa)"),
        ("baseline", {"few_shot": 10}, "ja and 10 labelled sentences", "zero-shot"),
        ("full", {"keep": "last"}, "the last model was kept", "selected on"),
        ("full", {"select": "switched"}, "switched into the target language", "last model"),
        ("full", {"fusion": "late"}, "`fusion=late`", "`clip="),
        ("full", {"train": ["ja:/home/me/x.tsv"]}, "`train=ja:x.tsv`", "/home/me"),
        ("full", {"backbone": "/home/me/enc"}, "| backbone | enc |", "/home/me"),
    ],
)
def test_a_card_says_what_the_settings_say(
    variant: str, values: dict[str, Any], said: str, not_said: str
) -> None:
    settings = load_settings("udpos-ja-ko", variant, values=values)
    text = card(settings, {"corpora": []}, {"scores": {}})
    assert said in text
    assert not_said not in text


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("/home/me/data", "data"),
        ("ja-ko:/home/me/x.ja::/home/me/x.ko", "ja-ko:x.ja::x.ko"),
        (r"ja:C:\home\me\x.tsv", "ja:x.tsv"),
        ("google-bert/bert-base", "google-bert/bert-base"),
        ("https://example.org/a/b", "https://example.org/a/b"),
        ("1/2", "1/2"),
        (["/", 3, None], ["/", 3, None]),
    ],
)
def test_absolute_paths_lose_their_folders_and_nothing_else_changes(told: Any, kept: Any) -> None:
    assert without_folders(told) == kept
