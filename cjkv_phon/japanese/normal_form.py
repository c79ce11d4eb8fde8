"""Tokens in normal form to be read, and their transcriptions as those of the originals."""

from __future__ import annotations

from unicodedata import is_normalized

import regex

from cjkv_phon.japanese.repetition import MARK, write_out_tokens
from cjkv_phon.normalize import normalize
from cjkv_phon.types import TokenTranscription, Unit, passthrough_token

# What must be normalised before it can be read: combining marks, half-width kana, kana
# ligatures, squared and enclosed words, compatibility ideographs and radicals, kanbun,
# vertical punctuation. (Full-width letters and digits are not: they pass through.)
_ODD = regex.compile(
    r"[\p{M}\uFF61-\uFF9F\p{Block=CJK_Compatibility}\p{Block=CJK_Compatibility_Ideographs}"
    r"\p{Block=Kangxi_Radicals}\p{Block=CJK_Radicals_Supplement}"
    r"\p{Block=CJK_Compatibility_Ideographs_Supplement}\p{Block=Enclosed_CJK_Letters_And_Months}"
    r"\p{Block=Enclosed_Ideographic_Supplement}\p{Block=Kanbun}\p{Block=Vertical_Forms}"
    r"\p{Block=CJK_Compatibility_Forms}\p{Block=Small_Form_Variants}ゟヿ〸〹〺]"
)


def in_normal_form(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return tokens in normal form, 々 written out; themselves, where nothing changes."""
    text = "".join(tokens)
    if not is_normalized("NFKC", text) and _ODD.search(text) is not None:
        tokens = tuple([normalize(token, "NFKC").text for token in tokens])
    return write_out_tokens(tokens) if MARK in text else tokens


def restored(token: str, text: str, done: TokenTranscription) -> TokenTranscription:
    """Give a transcription of a normalised token its original text and offsets back."""
    if text == token:
        return done
    normalized = normalize(token, "NFKC")
    units: list[Unit] = []
    begun: Unit | None = None
    for unit in done.units:
        start, end = normalized.span(unit.start, unit.end)
        copied = unit.status == "passthrough"
        if start == end:
            # Of one character that was taken apart (㍻ to 平成) one unit has the offsets;
            # the sounds of the others join it.
            if not copied and units:
                units[-1] = _joined(units[-1], unit)
            elif not copied:
                begun = unit if begun is None else _joined(begun, unit)
            continue
        if copied:
            piece = token[start:end]
            unit = unit._replace(romanization=piece, ipa=piece)
        elif begun is not None:
            unit = _joined(begun, unit)
        begun = None
        units.append(unit._replace(start=start, end=end))
    if not units:
        return passthrough_token(token)
    units[-1] = units[-1]._replace(end=len(token))
    return done._replace(
        text=token,
        units=tuple(units),
        ipa="".join(unit.ipa for unit in units),
        romanization="".join(unit.romanization for unit in units),
    )


def _joined(one: Unit, other: Unit) -> Unit:
    """Return the first unit with the sounds of both."""
    return one._replace(
        romanization=one.romanization + other.romanization,
        ipa=one.ipa + other.ipa,
        segments=one.segments + other.segments,
        reading=one.reading + other.reading,
    )
