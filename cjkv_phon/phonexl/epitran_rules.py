"""Running epitran's own mapping and rules for a language, without importing epitran.

epitran is data: a table from graphemes to phonemes, and rewrite rules before and
after it. Its code needs ``pkg_resources`` and pandas, configures logging on import
and asks one regular expression a letter; this module reads the installed data once
and gives the same transcription.
"""

from __future__ import annotations

import csv
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import regex

from cjkv_phon.errors import MissingDependencyError

MOST_REWRITES = 32
"""Times that epitran applies one rule to one text: it hands ``re.UNICODE``, which is
32, to ``sub`` where a count is expected. What stands after that is not rewritten."""

_TONES = regex.compile("[˩˨˧˦˥]")
_SYMBOL = regex.compile(r"(::\w+::)\s*=\s*(.+)")
_LITERAL = regex.compile(r"[\p{L}<>]*")
_RULE = regex.compile(r"(\S+)\s*->\s*(\S+)\s*/\s*(\S*)\s*_\s*(\S*)")


class Rule(NamedTuple):
    """A rewrite rule ``target -> replacement / left _ right``.

    Attributes:
        pattern: Has the groups ``left`` and ``right``; and ``sw1`` and ``sw2`` where
            the rule swaps two pieces instead of replacing one.
        template: What a match becomes.
        literal: Text without which the rule cannot apply.
    """

    pattern: regex.Pattern[str]
    template: str
    literal: str

    def apply(self, text: str) -> tuple[str, int]:
        """Return the rewritten text and how many times the rule applied."""
        if self.literal not in text or not self.pattern.search(text):
            return text, 0
        return self.pattern.subn(self.template, text, count=MOST_REWRITES)


class Transliteration(NamedTuple):
    """IPA, and how often the most used of the rules applied."""

    ipa: str
    rewrites: int


class Transliterator:
    """One of epitran's languages, tones left out.

    Args:
        code: Language and script as epitran names them, such as ``vie-Latn``.

    Raises:
        MissingDependencyError: If epitran is not installed.
    """

    def __init__(self, code: str) -> None:
        data = _data_folder()
        self._stripped = dict.fromkeys(
            ord(mark) for row in _rows(data / "strip" / f"{code}.csv") for mark in row[0]
        )
        self._before = _rules(data / "pre" / f"{code}.txt")
        self._after = _rules(data / "post" / f"{code}.txt")
        mapping = _rows(data / "map" / f"{code}.csv")[1:]
        self._phonemes = {
            unicodedata.normalize("NFD", graphemes): _TONES.sub(
                "", unicodedata.normalize("NFD", phonemes)
            )
            for graphemes, phonemes in mapping
        }
        longest_first = sorted(self._phonemes, key=len, reverse=True)
        self._graphemes = regex.compile("|".join(longest_first), regex.IGNORECASE)

    def __call__(self, text: str) -> Transliteration:
        """Transliterate a text; the rules' ``#`` stands for its beginning or end."""
        text = unicodedata.normalize("NFD", text.lower()).translate(self._stripped)
        text, before = _rewrite(self._before, text)
        text = self._graphemes.sub(self._phoneme, text)
        text, after = _rewrite(self._after, text)
        return Transliteration(unicodedata.normalize("NFC", text), max(before, after))

    def _phoneme(self, match: regex.Match[str]) -> str:
        source = match.group()
        return self._phonemes.get(source, source)


def _rewrite(rules: list[Rule], text: str) -> tuple[str, int]:
    most = 0
    for rule in rules:
        text, rewrites = rule.apply(text)
        most = max(most, rewrites)
    return text, most


def _rules(path: Path) -> list[Rule]:
    """Read rules: ``%`` begins a comment, ``::name:: = value`` an abbreviation."""
    rules: list[Rule] = []
    symbols: dict[str, str] = {}
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    for line in text.splitlines():
        line = unicodedata.normalize("NFD", line.strip())
        if not line or line.startswith("%"):
            continue
        if symbol := _SYMBOL.match(line):
            symbols[symbol[1]] = symbol[2]
            continue
        for name, value in symbols.items():
            line = line.replace(name, value)
        if match := _RULE.match(line):
            rules.append(_rule(*match.groups()))
    return rules


def _rule(target: str, replacement: str, left: str, right: str) -> Rule:
    left, right = left.replace("#", "^"), right.replace("#", "$")
    target, replacement = target.replace("0", ""), replacement.replace("0", "")
    if "(?P<sw1>" in target and "(?P<sw2>" in target:
        middle, template = target, r"\g<left>\g<sw2>\g<sw1>\g<right>"
    else:
        escaped = replacement.replace("\\", r"\\")
        middle, template = f"(?:{target})", rf"\g<left>{escaped}\g<right>"
    pattern = regex.compile(f"(?P<left>{left}){middle}(?P<right>{right})")
    return Rule(pattern, template, target if _LITERAL.fullmatch(target) else "")


def _rows(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if row]


def _data_folder() -> Path:
    spec = find_spec("epitran")
    if spec is None or spec.origin is None:
        raise MissingDependencyError("epitran", "phonexl")
    return Path(spec.origin).with_name("data")
