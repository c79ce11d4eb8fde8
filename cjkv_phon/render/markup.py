"""Text as HTML: everything that comes from outside goes through `text`."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

# Control characters have no place in HTML; they are shown as their pictures.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_PICTURES |= {0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}


def text(value: str) -> str:
    """Escape a text, also for attributes in double quotes.

    Example:
        >>> text('<b title="x">')
        '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(value.translate(_PICTURES), quote=True)


def element(tag: str, content: str = "", /, **attributes: str | None) -> str:
    """Return an element around markup; attributes that are None are left out.

    ``class_`` stands for ``class``, and ``_`` inside a name for ``-``.

    Example:
        >>> element("span", text("a<b"), class_="ipa", data_x=None)
        '<span class="ipa">a&lt;b</span>'
    """
    return f"<{tag}{_attributes(attributes)}>{content}</{tag}>"


def _attributes(attributes: Mapping[str, str | None]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(value)}"'
        for name, value in attributes.items()
        if value is not None
    )


@lru_cache(maxsize=8)
def asset(name: str) -> str:
    """Return a style sheet or script of this package."""
    return files("cjkv_phon.render").joinpath(f"data/{name}").read_text(encoding="utf-8").strip()
