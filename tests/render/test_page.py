from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon import Transcriber
from cjkv_phon.comparison import compare
from cjkv_phon.render import comparison_page, page, transcription_fragment
from cjkv_phon.render.page import tag_hues
from cjkv_phon.types import TokenTranscription, Transcription, Unit

VOID = {"meta", "input", "wbr", "br"}


class Reader(HTMLParser):
    """Collects what a page shows and checks that its tags are balanced."""

    def __init__(self, markup):
        super().__init__()
        self.open, self.shown, self.elements, self.attributes = [], [], [], []
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.elements.append(tag)
        self.attributes += attributes
        if tag not in VOID:
            self.open.append((tag, dict(attributes).get("class", "")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        inside = {tag for tag, _ in self.open} | {name for _, name in self.open}
        if not inside & {"style", "script", "title", "rt", "rp", "tip"}:
            self.shown.append(data)


def spoken(text, unit="x", status="ok"):
    units = (Unit(0, len(text), unit, unit, (unit,), unit, status),) if text else ()
    return TokenTranscription(text, units, unit, unit, status)


def test_readings_stand_over_characters_and_ipa_under():
    markup = page([Transcriber("ja")(["電子", "を"])])
    assert "<ruby>電<rp>(</rp><rt>でん</rt><rp>)</rp></ruby>" in markup
    assert ">deɴɕi</span>" in markup
    assert "<rt>を</rt>" not in markup


def test_romanization_stands_over_where_the_reading_is_no_kana():
    assert "<rt>jeon</rt>" in page([Transcriber("ko")(["전자"])])


def test_nothing_stands_over_a_word_that_is_its_own_romanization():
    assert "<rt>" not in page([Transcriber("vi")(["điện"])])


def test_units_tell_what_is_known_of_them():
    markup = page([Transcriber("ko")(["산업"])])
    assert "<i>reading</i>넙" in markup
    assert "<i>IPA</i>n ʌ p" in markup


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=6), max_size=4), st.text(max_size=8))
def test_whatever_the_text_the_page_is_balanced_and_shows_it(words, tag):
    words = [word.encode("utf-8", "replace").decode() for word in words]
    transcription = Transcription(tuple(spoken(word, tag) for word in words))
    markup = page([transcription], title=tag, tags=[[tag] * len(words)])
    shown = "".join(Reader(markup).shown)
    for word in words:
        visible = "".join(c for c in word if c.isprintable())
        place = -1
        for character in visible:
            place = shown.find(character, place + 1)
            assert place >= 0


def test_markup_in_the_text_stays_text():
    nasty = '<script>alert("1")</script>'
    transcription = Transcription((spoken(nasty, nasty),))
    markup = page([transcription], title=nasty, tags=[[nasty]], note=nasty)
    assert "<script>alert" not in markup
    assert Reader(markup).elements.count("script") == 1
    assert "<script>alert" not in transcription_fragment(transcription)
    assert "<script>" not in transcription._repr_html_()


def test_a_page_loads_nothing():
    for markup in (
        page([Transcriber("ja")(["電子"])]),
        comparison_page(compare("ko:전자", "ja:電子")),
    ):
        reader = Reader(markup)
        assert not {"link", "img", "iframe", "object"} & set(reader.elements)
        links = [value for name, value in reader.attributes if name in ("src", "href")]
        assert all(value.startswith("#") for value in links)
        assert "http" not in markup
        assert "url(" not in markup
        assert "@import" not in markup


def test_tags_of_one_kind_have_one_colour_and_no_tag_has_none():
    transcription = Transcription((spoken("a"), spoken("b"), spoken("c")))
    markup = page([transcription], tags=[["B-PER", "I-PER", "O"]])
    assert markup.count('class="token ok tagged"') == 2
    assert len(set(tag_hues(["B-PER", "I-PER", "B-LOC", "O"]).values())) == 2


def test_as_many_tags_as_tokens_are_asked_for():
    with pytest.raises(ValueError, match="1 tags for 2 tokens"):
        page([Transcription((spoken("a"), spoken("b")))], tags=[["X"]])


def test_a_notebook_shows_a_transcription_and_a_comparison():
    assert "<ruby>" in Transcriber("ja")(["電子"])._repr_html_()
    html = compare("ko:전자", "ja:電子")._repr_html_()
    assert "<style>" in html
    assert "電子" in html


def test_control_characters_are_shown_as_pictures():
    assert "␀" in page([Transcription((spoken("\x00"),))])


def test_an_empty_page_is_a_page():
    assert Reader(page([])).elements[0] == "html"
