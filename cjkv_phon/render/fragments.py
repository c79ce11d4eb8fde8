"""Pieces of a page: a sentence with its sound, a comparison of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import regex

from cjkv_phon.phones import sound_class
from cjkv_phon.render.markup import asset, element, text
from cjkv_phon.types import TokenTranscription, Transcription, Unit

if TYPE_CHECKING:
    from cjkv_phon.comparison import Comparison, SpokenWord

_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}ー]+")
_BLANK = "\N{NO-BREAK SPACE}"

Hues = Mapping[str, int]
"""Colour of each tag, in degrees."""


def transcription_fragment(
    transcription: Transcription, tags: Sequence[str] | None = None, hues: Hues | None = None
) -> str:
    """Return a sentence as HTML with its own style, for a notebook.

    Args:
        transcription: A transcribed sentence.
        tags: A label for each token, such as a part of speech.
        hues: Colour of each tag.
    """
    return _styled(sentence(transcription, tags, hues))


def comparison_fragment(comparison: Comparison) -> str:
    """Return a comparison as HTML with its own style, for a notebook."""
    return _styled(comparison_tables(comparison))


def sentence(
    transcription: Transcription, tags: Sequence[str] | None = None, hues: Hues | None = None
) -> str:
    """Return a sentence as HTML: the reading over the characters, IPA under them."""
    if tags is not None and len(tags) != len(transcription):
        raise ValueError(f"{len(tags)} tags for {len(transcription)} tokens")
    labels: Sequence[str | None] = tags if tags is not None else [None] * len(transcription)
    tokens = "".join(
        _token(token, tag, hues or {}) for token, tag in zip(transcription, labels, strict=True)
    )
    lang = transcription.lang or None
    return element("p", tokens, class_="sentence", lang=lang)


def bare_tag(tag: str) -> str:
    """Return a tag without the mark of its place (B-PER and I-PER are PER).

    Example:
        >>> bare_tag("B-PER"), bare_tag("NOUN")
        ('PER', 'NOUN')
    """
    return tag[2:] if tag[:2] in ("B-", "I-", "E-", "S-", "L-", "U-") else tag


def comparison_tables(comparison: Comparison) -> str:
    """Return the aligned segments and the distances as two tables."""
    rows = []
    for place, word in enumerate(comparison.words):
        cells = [_segment_cell(column[place]) for column in comparison.columns]
        rows.append(element("tr", _word_heading(word) + "".join(cells)))
    tables = [_table("Segments, aligned", rows)]
    if len(comparison.words) > 1:
        tables.append(_table("Distance, 0 is the same", _distance_rows(comparison)))
    return "".join(tables)


def _styled(markup: str) -> str:
    return element("style", asset("view.css")) + element("div", markup, class_="cjkv-phon")


def _token(token: TokenTranscription, tag: str | None, hues: Hues) -> str:
    word = element("span", "".join(_unit(token, unit) for unit in token.units), class_="word")
    is_read = token.status != "passthrough"
    sound = element(
        "span", text(token.ipa if is_read else "") or _BLANK, class_="ipa", lang="und-fonipa"
    )
    label, hue = "", None
    if tag is not None:
        hue = hues.get(bare_tag(tag))
        label = element("span", text(tag) or _BLANK, class_="tag")
    classes = f"token {token.status}" + (" tagged" if hue is not None else "")
    style = None if hue is None else f"--hue: {hue}"
    return element("span", word + sound + label, class_=classes, style=style) + "<wbr>"


def _unit(token: TokenTranscription, unit: Unit) -> str:
    """A unit with its reading over it, and what is known of it in a box on hover."""
    characters = token.text[unit.start : unit.end]
    over = _over(characters, unit)
    shown = text(characters)
    if over:
        shown = f"<ruby>{shown}<rp>(</rp>{element('rt', text(over))}<rp>)</rp></ruby>"
    if unit.status == "passthrough":
        return element("span", shown, class_="unit")
    return element("span", shown + _tip(characters, unit), class_="unit", tabindex="0")


def _over(characters: str, unit: Unit) -> str:
    """What stands over the characters: kana where there is kana, else the romanization."""
    if unit.status == "passthrough":
        return ""
    is_kana = _KANA.fullmatch(unit.reading) is not None
    over = unit.reading if is_kana else unit.romanization
    return "" if over.casefold() == characters.casefold() else over


def _tip(characters: str, unit: Unit) -> str:
    facts = [
        ("reading", unit.reading),
        ("romanization", unit.romanization),
        ("IPA", " ".join(unit.segments) or unit.ipa),
        ("", "unknown" if unit.status == "unknown" else ""),
    ]
    told = "".join(f"<i>{name}</i>{text(value)}" for name, value in facts if value)
    return element("span", f"<b>{text(characters)}</b>{told}", class_="tip", role="tooltip")


def _table(caption: str, rows: Sequence[str]) -> str:
    table = element("table", element("caption", text(caption)) + "".join(rows))
    return element("div", table, class_="scroll")


def _word_heading(word: SpokenWord) -> str:
    lang = element("span", text(word.lang), class_="lang")
    spelling = element("span", text(word.text), class_="spelling", lang=word.lang)
    roman = element("span", text(word.romanization), class_="roman")
    return element("th", lang + spelling + roman, scope="row")


def _segment_cell(segment: str | None) -> str:
    if segment is None:
        return element("td", "·", class_="gap")
    return element("td", text(segment), class_=sound_class(segment), lang="und-fonipa")


def _distance_rows(comparison: Comparison) -> list[str]:
    words = comparison.words
    heads = "".join(element("th", text(word.text), scope="col") for word in words)
    rows = [element("tr", "<td></td>" + heads)]
    most = max((value for row in comparison.distances for value in row), default=0.0) or 1.0
    for word, values in zip(words, comparison.distances, strict=True):
        cells = "".join(
            element("td", f"{value:.2f}", class_="near", style=f"--near: {_nearness(value, most)}")
            for value in values
        )
        rows.append(element("tr", element("th", text(word.text), scope="row") + cells))
    return rows


def _nearness(value: float, most: float) -> str:
    """How strongly a distance is coloured: the nearer, the stronger."""
    return f"{0.6 * (1 - value / most):.2f}"
