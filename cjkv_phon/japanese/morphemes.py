"""Where morphemes begin inside a word written in kana.

Kana do not show it, and a vowel is lengthened only inside a morpheme: いろ of にじいろ
(虹色) is a word, い of にい (兄) a lengthening. Sources, in order: the ending of a verb, the
kanji that the dictionary gives the word; where it gives none, the likeliest way to write
the word in kanji, one reading after another, and the kanji of the words inside it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import regex

from cjkv_phon.japanese import sudachi
from cjkv_phon.japanese.distribution import distribute
from cjkv_phon.japanese.kana import LONG, NASAL, is_kana, mora_table, morae
from cjkv_phon.japanese.kanji import KANJI
from cjkv_phon.japanese.phonology import LENGTHENERS

_LONGEST_READING = 6
# Log probability of a kana that is in no common reading.
STRAY = -11.0
# Only pieces of at least so many kana count as evidence: い and う are endings too often.
_EVIDENCE = 2
_GLIDE = regex.compile("う[あいえおぁぃぇぉ]")
_NEVER_FIRST = frozenset("ゃゅょぁぃぅぇぉゎっ" + NASAL + LONG)
_CONTENT = frozenset(("名詞", "動詞", "形容詞"))
# A word longer than this is no word: it is not searched.
_LONGEST_WORD = 40


def cuts(
    kana: str, pos: tuple[str, ...], normalized: str, *, native: bool = True
) -> frozenset[int]:
    """Return the offsets in a word in hiragana where a morpheme begins.

    Only those that keep a vowel from being lengthened matter, and only where there is
    such a vowel is anything looked up.

    Args:
        kana: The word.
        pos: Its part of speech.
        normalized: The dictionary's normalized form, with its kanji.
        native: Whether the word may consist of kanji readings; katakana words do not.

    Example:
        >>> verb = ("動詞", "一般", "*", "*", "五段-ワア行", "終止形-一般")
        >>> sorted(cuts("おもう", verb, "思う"))
        [2]
        >>> noun = ("名詞", "普通名詞", "一般", "*", "*", "*")
        >>> sorted(cuts("にじいろ", noun, "にじいろ")), sorted(cuts("いもうと", noun, "妹"))
        ([2], [])
    """
    found: set[int] = set()
    places = lengthenings(kana)
    if not places:
        return frozenset()
    # 思う is o.mo.u; くう and すくう are long (Wiktionary; UniDic クー).
    verb = pos[0] == "動詞" and not pos[5].startswith("意志")
    if verb and places[-1] == len(kana) - 1 and kana.endswith("う") and _vowel(kana[-2]) == "o":
        found.add(len(kana) - 1)
    if KANJI.search(normalized):
        found.update(_kanji_boundaries(kana, normalized))
    elif native and len(kana) <= _LONGEST_WORD:
        found.update(_likely_boundaries(kana), _word_boundaries(kana))
        # を is the particle, in modern spelling.
        found.update(place for place in places if kana[place - 1] == "を")
        if pos[0] != "形容詞":
            found.update(_after_diphthongs(kana, places))
    found.update(place for place in places if kana[place + 1 : place + 2] == NASAL)
    if not native:
        # ウエア, ウオッチ: ウ before a vowel is the w of the loan.
        found.update(place for place in places if _GLIDE.match(kana, place))
    half, odd = divmod(len(kana), 2)
    if not odd and half > 1 and kana[:half] == kana[half:]:
        found.add(half)
    return frozenset(found)


def lengthenings(kana: str) -> list[int]:
    """Return the offsets of vowel kana that could lengthen the vowel before them."""
    places: list[int] = []
    at = 0
    before = ""
    for mora in morae(kana):
        if before and mora in LENGTHENERS.get(_vowel(before), ()):
            places.append(at)
        before = mora
        at += len(mora)
    return places


def _vowel(mora: str) -> str:
    found = mora_table().get(mora)
    return found.vowel if found else ""


def _after_diphthongs(kana: str, places: list[int]) -> list[int]:
    """Find the second い of ai.i and ui.i: a Sino-Japanese morpheme ends in the first (たい|いく).

    An adjective does not (かっこいい), nor what follows a long vowel (かあいい).
    """
    return [
        place
        for place in places
        if place > 1
        and kana[place - 1 : place + 1] == "いい"
        and _vowel(kana[place - 2]) in ("a", "u")
        and place - 2 not in places
    ]


def _kanji_boundaries(kana: str, normalized: str) -> list[int]:
    """Find where the kanji of a word begin in its kana, and the い of 言い換える: い|い|かえる."""
    found: list[int] = []
    if normalized.endswith("る") and not kana.endswith("る"):
        normalized = normalized[:-1]
    pieces = distribute(normalized, kana)
    last_kanji = max((p.start for p in pieces if not is_kana(normalized[p.start])), default=0)
    at = 0
    before = ""
    for piece in pieces:
        written = normalized[piece.start : piece.end]
        if is_kana(written):
            # A verb inside a compound; an ending may be long: 用いる もちいる, 良い いい.
            joint = written == "い" and not is_kana(before) and piece.start < last_kanji
        elif len(before) > 1 and len(piece.kana) == 1:
            joint = False  # all that an indivisible group has left: 翻車|魚 まんぼう
        else:
            joint = before + written != "兵衛"  # べえ of names, from ひょうえ
        if at and joint:
            found.append(at)
        at += len(piece.kana)
        before = written
    return found


def _word_boundaries(kana: str) -> list[int]:
    """Find the boundaries that words of the dictionary show inside a word that it lacks.

    おうしざ has おうし in it (雄牛: お|うし). Words of one or two kana are found everywhere
    and show nothing; nor does the place where a word begins (しゅ|うり for しゅうり), but
    for a noun after another and の (たけ|の|うち). Where words would end inside a mora or a
    syllable (れい|の|うり|ょ|く), these words are not there.
    """
    found: list[int] = []
    at = 0
    nouns = ""  # N for a noun, の, a space for any other word
    for _, morpheme in sudachi.morphemes(kana):
        text, pos = morpheme.surface(), morpheme.part_of_speech()[0]
        if text[0] in _NEVER_FIRST:
            return []
        noun = pos == "名詞" and len(text) >= _EVIDENCE
        if pos in _CONTENT and len(text) > _EVIDENCE:
            normalized = morpheme.normalized_form()
            if KANJI.search(normalized):
                found += [at + place for place in _kanji_boundaries(text, normalized)]
        if noun and nouns.endswith("Nの") and not morpheme.is_oov():
            found.append(at)
        nouns += "N" if noun else "の" if (text, pos) == ("の", "助詞") else " "
        at += len(text)
    return found


@lru_cache(maxsize=1)
def _log_probabilities() -> dict[str, float]:
    """Return how likely each reading is, over all kanji of the dictionary."""
    text = files("cjkv_phon.japanese").joinpath("data/readings.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if line and line[0] != "#"]
    return {kana: float(price) for kana, price in rows}


def _likely_boundaries(kana: str) -> list[int]:
    """Find the likeliest chain of kanji readings; its joints between longer readings."""
    table = _log_probabilities()
    size = len(kana)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("-inf"), 0)] * size
    for start in range(size):
        for end in range(start + 1, min(size, start + _LONGEST_READING) + 1):
            price = table.get(kana[start:end], STRAY if end == start + 1 else None)
            if price is None:
                continue
            score = best[start][0] + max(price, STRAY)
            if score > best[end][0]:
                best[end] = (score, start)
    joints = [size]
    while joints[-1]:
        joints.append(best[joints[-1]][1])
    joints.reverse()
    return [
        middle
        for first, middle, last in zip(joints, joints[1:], joints[2:], strict=False)
        if middle - first >= _EVIDENCE and last - middle >= _EVIDENCE
    ]
