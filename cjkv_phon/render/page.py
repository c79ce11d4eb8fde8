"""Whole pages: one file of HTML, nothing loaded from anywhere, no script needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cjkv_phon.render.fragments import bare_tag, comparison_tables, sentence
from cjkv_phon.render.markup import asset, element, text
from cjkv_phon.types import Transcription

if TYPE_CHECKING:
    from cjkv_phon.comparison import Comparison

# Turning by the golden angle keeps the colours of neighbours apart, however many there are.
_GOLDEN_ANGLE = 137.508
_OUTSIDE = ("O", "_", "")

Tags = Sequence[str]


def page(
    transcriptions: Iterable[Transcription],
    *,
    title: str = "Text and sound",
    tags: Iterable[Tags | None] | None = None,
    note: str = "",
) -> str:
    """Return a page with sentences: readings over the characters, IPA under them.

    What is known of each unit shows when the pointer is over it or it has the
    focus. A box to search in appears where scripts run; without them the page
    lacks nothing else.

    Args:
        transcriptions: The sentences.
        title: Title of the page.
        tags: For each sentence the labels of its tokens, or None.
        note: A remark at the end of the page.

    Returns:
        A whole HTML document.

    Raises:
        ValueError: If a sentence has not as many tags as tokens.
    """
    sentences = list(transcriptions)
    labels: list[Tags | None] = list(tags) if tags is not None else [None] * len(sentences)
    hues = tag_hues(label for row in labels if row is not None for label in row)
    articles = [
        _article(number, transcription, sentence(transcription, row, hues))
        for number, (transcription, row) in enumerate(zip(sentences, labels, strict=True), start=1)
    ]
    signatures = list(dict.fromkeys(t.signature for t in sentences if t.signature))
    about = f"{len(sentences)} sentence{'' if len(sentences) == 1 else 's'}"
    body = [
        element("header", element("h1", text(title)) + _about([about, *signatures])),
        _tools(hues),
        element("main", "\n".join(articles)),
        element("footer", text(note)) if note else "",
        element("script", asset("search.js")),
    ]
    lang = sentences[0].lang if sentences else ""
    return _document(title, lang or "en", "\n".join(part for part in body if part))


def comparison_page(comparison: Comparison, *, title: str = "") -> str:
    """Return a page that shows words of several languages side by side."""
    title = title or " · ".join(word.text for word in comparison.words)
    signatures = dict.fromkeys(word.transcription.signature for word in comparison.words)
    body = [
        element(
            "header", element("h1", text(title)) + _about([f"profile {comparison.profile.name}"])
        ),
        element("main", element("div", comparison_tables(comparison), class_="cjkv-phon")),
        element("footer", text("; ".join(filter(None, signatures)))),
    ]
    return _document(title, "en", "\n".join(body))


def tag_hues(tags: Iterable[str]) -> dict[str, int]:
    """Give each tag a colour; B-PER and I-PER have the one of PER, O has none.

    Example:
        >>> tag_hues(["B-PER", "O", "I-PER", "B-LOC"])
        {'LOC': 20, 'PER': 158}
    """
    kinds = sorted({bare_tag(tag) for tag in tags}.difference(_OUTSIDE))
    return {kind: round(20 + place * _GOLDEN_ANGLE) % 360 for place, kind in enumerate(kinds)}


def _article(number: int, transcription: Transcription, markup: str) -> str:
    link = element("a", str(number), class_="number", href=f"#s{number}")
    spoken = (*transcription.text, *transcription.ipa, *transcription.romanization)
    # Without spaces as well, for languages that are written so.
    searched = " ".join(("".join(transcription.text), *spoken))
    content = link + element("div", markup, class_="cjkv-phon")
    return element("article", content, id=f"s{number}", data_text=searched)


def _about(parts: Sequence[str]) -> str:
    return element("p", text(" · ".join(parts)), class_="about")


def _tools(hues: dict[str, int]) -> str:
    box = (
        '<input id="search" type="search" placeholder="Search text or sound" '
        'aria-label="Search text or sound" hidden><span id="found" aria-live="polite"></span>'
    )
    legend = ""
    if hues:
        items = "".join(
            element("li", text(kind), style=f"--hue: {hue}") for kind, hue in hues.items()
        )
        legend = (
            f"<details><summary>Tags</summary>{element('ul', items, class_='legend')}</details>"
        )
    return element("div", box + legend, class_="tools")


def _document(title: str, lang: str, body: str) -> str:
    head = (
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{element('title', text(title))}\n"
        f"{element('style', asset('page.css') + chr(10) + asset('view.css'))}"
    )
    whole = element("head", head) + element("body", body)
    return f"<!doctype html>\n{element('html', whole, lang=lang)}\n"
