"""Latin letters read as Japanese: dictionary words and names of letters."""

from __future__ import annotations

import unicodedata

from cjkv_phon.japanese.kana import is_kana

# Names of letters as dictionaries give them.
LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "えー びー しー でぃー いー えふ じー えいち あい じぇー けー える えむ えぬ おー ぴー "
        "きゅー あーる えす てぃー ゆー ぶい だぶりゅー えっくす わい ぜっと".split(" "),
        strict=True,
    )
)
LONGEST_INITIALISM = 6
# What the dictionary says of every symbol that it has no name for.
_SYMBOL = "きごう"


def read_latin(text: str, known: str) -> str:
    """Read a run of Latin letters.

    Args:
        text: The letters, of any width.
        known: The dictionary's reading in hiragana, empty where it has none.

    Returns:
        Hiragana: letter names for a single letter and for capitals that no dictionary
        has as a word, else the dictionary's reading; empty where there is none.

    Example:
        >>> read_latin("A", "あーる"), read_latin("UD", ""), read_latin("token", "とーくん")
        ('えー', 'ゆーでぃー', 'とーくん')
    """
    folded = unicodedata.normalize("NFKC", text)
    letters = [LETTERS.get(char.upper(), "") for char in folded]
    if len(letters) == 1 and letters[0]:
        return letters[0]
    if is_kana(known) and known != _SYMBOL:
        return known
    if folded.isupper() and len(letters) <= LONGEST_INITIALISM and all(letters):
        return "".join(letters)
    return ""
