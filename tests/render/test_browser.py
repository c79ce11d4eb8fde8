"""Pages in a real browser: what it makes of them, at 400 pixels, light and dark."""

import json
import re

from cjkv_phon import Transcriber
from cjkv_phon.comparison import compare
from cjkv_phon.render import comparison_page, page

WIDE = ["電子産業", "を", "育てる", "インターナショナリゼーション", "a" * 80, "。"]

PROBE = """
<script>
addEventListener("load", function () {
  var report = %s;
  document.documentElement.setAttribute("data-report", JSON.stringify(report));
});
</script>
"""


def report(browser, html, script, *flags):
    """Run a script's expression in the page and return its value."""
    dom = browser(html.replace("</body>", PROBE % script + "</body>"), "--dump-dom", *flags)
    found = re.search(r'data-report="([^"]*)"', dom)
    assert found, dom[-500:]
    return json.loads(found.group(1).replace("&quot;", '"'))


def sentences():
    japanese = Transcriber("ja")
    return [japanese(WIDE), japanese(["東京", "へ", "行く"])]


def framed(html):
    """Put a page into a frame of 400 pixels, narrower than a window can be."""
    inside = html.replace("&", "&amp;").replace('"', "&quot;")
    frame = f'<iframe id="f" style="width:400px;height:800px" srcdoc="{inside}"></iframe>'
    return f"<!doctype html><body>{frame}</body>"


def test_ruby_stands_over_its_characters(browser):
    script = """(function () {
      function middle(box) { return box.top + box.height / 2; }
      var range = document.createRange();
      range.selectNodeContents(document.querySelector("ruby").firstChild);
      var reading = document.querySelector("rt").getBoundingClientRect();
      var ipa = document.querySelector(".ipa").getBoundingClientRect();
      var word = middle(range.getBoundingClientRect());
      return [middle(reading) < word - 10, middle(ipa) > word + 10, reading.height > 0];
    })()"""
    assert report(browser, page(sentences()), script) == [True, True, True]


def test_nothing_sticks_out_at_400_pixels(browser):
    script = """(function () {
      var page = document.getElementById("f").contentDocument.documentElement;
      return {page: page.scrollWidth, view: page.clientWidth};
    })()"""
    for html in (
        page(sentences()),
        comparison_page(compare("ja:電子産業", "vi:công nghiệp điện tử")),
    ):
        found = report(browser, framed(html), script)
        assert found["page"] <= found["view"] <= 400


def test_light_and_dark_are_both_readable(browser):
    script = """(function () {
      var style = getComputedStyle(document.body);
      return [style.color, style.backgroundColor];
    })()"""

    def lightness(colour):
        return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3

    for scheme, is_dark in ((1, False), (0, True)):
        flag = f"--blink-settings=preferredColorScheme={scheme}"
        ink, paper = map(lightness, report(browser, page(sentences()), script, flag))
        assert (ink > paper) == is_dark
        assert abs(ink - paper) > 150


def test_a_unit_in_focus_tells_its_sound(browser):
    script = """(function () {
      var unit = document.querySelector(".unit[tabindex]");
      var before = getComputedStyle(unit.querySelector(".tip")).display;
      unit.focus();
      return [before, getComputedStyle(unit.querySelector(".tip")).display];
    })()"""
    assert report(browser, page(sentences()), script) == ["none", "block"]


def test_the_search_box_leaves_what_was_asked_for(browser):
    script = """(function () {
      var box = document.getElementById("search");
      box.value = "toːkʲoː";
      box.dispatchEvent(new Event("input"));
      var shown = Array.from(document.querySelectorAll("article")).map(function (a) {
        return getComputedStyle(a).display !== "none";
      });
      return {hidden: box.hidden, shown: shown};
    })()"""
    found = report(browser, page(sentences()), script)
    assert found == {"hidden": False, "shown": [False, True]}


def test_the_page_makes_no_request(browser):
    script = 'performance.getEntriesByType("resource").map(function (e) { return e.name; })'
    assert report(browser, page(sentences()), script) == []


def test_a_screenshot_is_not_blank(browser, tmp_path):
    picture = tmp_path / "page.png"
    browser(page(sentences()), f"--screenshot={picture}", "--window-size=800,600")
    assert picture.stat().st_size > 10_000
