"""Sound changes that depend on grammar, told from the letters: §24, §26 and §27.

No analyser is needed: an ending after a stem in ㄴ or ㅁ, a Sino-Korean ㄹ, and
the adnominal -(으)ㄹ before a noun are recognised by the lists of ``data/``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cjkv_phon.korean.hangul import DECOMPOSED
from cjkv_phon.korean.juncture import INSERT, IOTATED, LENIS_TO_TENSE, TENSE, WORD
from cjkv_phon.korean.lexicon import ends_before
from cjkv_phon.korean.tables import rows

Members = dict[str, tuple[str, ...]]


class Grammar(NamedTuple):
    """The compiled lists.

    Attributes:
        stems: Stems in ㄴ and ㅁ, with what follows them in nouns.
        stem_ends: The last syllables of these stems.
        sino: Classes of ``sino_korean.tsv``.
        lists: Classes of ``endings.tsv``.
        plain: Words in which §26 does not apply, by the pair of syllables.
    """

    stems: dict[str, tuple[str, ...]]
    stem_ends: frozenset[str]
    sino: dict[str, frozenset[str]]
    lists: Members
    plain: tuple[str, ...]


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Load the lists."""
    stems = {stem: tuple(nouns.split()) for stem, nouns in rows("stems.tsv")}
    sino = {kind: frozenset(members.split()) for kind, members in rows("sino_korean.tsv")}
    lists = {kind: tuple(members.split()) for kind, members in rows("endings.tsv")}
    plain = tuple(word for word in sino["plain"] if not word.endswith("="))
    return Grammar(stems, frozenset(stem[-1] for stem in stems), sino, lists, plain)


# What a syllable may be a clue to.
LATERAL, STEM, HIEUT = 1, 2, 4


def clue(character: str) -> int:
    """Return which of the rules below a syllable can concern, as a sum of flags.

    Most words hold no clue at all, and the rules need not look at them.
    """
    written = DECOMPOSED[character]
    return (
        (LATERAL if written.coda == "ㄹ" else 0)
        | (STEM if character in grammar().stem_ends else 0)
        | (HIEUT if written.onset == "ㅎ" else 0)
    )


def stem_marks(word: str) -> dict[int, str]:
    """§24: the lenis of an ending is tense after a stem in ㄴ or ㅁ.

    신고 [신꼬], 껴안다 [껴안따], 앉고 [안꼬], 삼고 [삼꼬], 더듬지 [더듬찌], 닮고
    [담꼬]; not before the suffix -기-: 안기다, 감기다, 굶기다, 옮기다.

    Example:
        >>> stem_marks("더듬지"), stem_marks("옮기다"), stem_marks("감기")
        ({2: "'"}, {}, {})
    """
    known = grammar()
    for index in range(1, len(word)):
        if word[index - 1] not in known.stem_ends:
            continue
        rest = word[index:]
        stem = _longest_stem(word[:index], rest, known)
        if (
            stem
            and rest[0] in _LENIS_ENDINGS
            and not rest.startswith(known.stems[stem])
            and _is_ending(rest, stem, known)
        ):
            return {index: TENSE}
    return {}


_LENIS_ENDINGS = frozenset("다고지게기겠거더던든자소습도디되")


def _longest_stem(left: str, rest: str, known: Grammar) -> str:
    if left in known.stems:
        return left
    for length in range(min(4, len(left)), 1, -1):
        if left[-length:] in known.stems:
            return left[-length:]
    return left[-1] if rest in ("다", "습니다") and left[-1] in known.stems else ""


def _is_ending(rest: str, stem: str, known: Grammar) -> bool:
    if rest[0] == "기":
        if len(rest) == 1:
            return True
        return stem[-1] not in known.lists["causative"] and rest[1] in known.lists["nominal"]
    return rest.startswith(known.lists["verb"])


def sino_marks(word: str) -> dict[int, str]:
    """§26: in Sino-Korean words ㄷ ㅅ ㅈ are tense after ㄹ.

    갈등 [갈뜽], 절도 [절또], 일시 [일씨], 물질 [물찔], 발전 [발쩐], 몰상식 [몰쌍식];
    not where a morpheme is doubled: 허허실실 [허허실실], 절절하다 [절절하다].

    Example:
        >>> sino_marks("발전"), sino_marks("절절하다"), sino_marks("알자")
        ({1: "'"}, {}, {})
    """
    known = grammar()
    lateral, after = known.sino["lateral"], known.sino["after"]
    found: dict[int, str] = {}
    for index in range(1, len(word)):
        left, right = word[index - 1], word[index]
        if left not in lateral or right not in after or left == right:
            continue
        if word[:index] == word[index : 2 * index]:
            continue
        rest = word[index:]
        if index == 2 and right not in _SUFFIXES and len(rest) > 1 and not ends_before(rest[1:]):
            # The seam of a compound of two words: 법률지원 [범뉼지원].
            continue
        verbal = rest in _VERBAL_LATE if index > 1 else rest in _VERBAL and left not in _NO_STEMS
        if verbal or rest.startswith("주의"):
            continue
        if any(_within(plain, word, index) for plain in known.plain):
            continue
        found[index] = TENSE
    return found


# Suffixes that are part of the word before them: 기술적으로, 사실상, 발달된.
_SUFFIXES = frozenset("적상성증자장된")


def _within(plain: str, word: str, index: int) -> bool:
    start = word.find(plain)
    return 0 <= start < index < start + len(plain)


# What follows a native verb stem in ㄹ and looks Sino-Korean: 살지, 놀자, 알지만, 울던; and the
# syllables that are no such stem: 일자 [일짜], 필지 [필찌].
_VERBAL = frozenset("지 자 지만 지도 지는 지요 지를 도록 자마자 자고".split())
_VERBAL_LATE = frozenset(
    "자 자들 자가 자는 자를 자의 지 지만 지도 지는 지요 도록 도 세 대 지라".split()
)
_NO_STEMS = frozenset("결괄궐눌렬률멸발별실월율을일절즐질철촬출칠필혈홀활휼힐")


def adnominal_mark(left: str, right: str) -> bool:
    """§27: after -(으)ㄹ the next noun begins tense: 할 것을 [할꺼슬], 갈 데가 [갈떼가].

    Example:
        >>> adnominal_mark("할", "것을"), adnominal_mark("물", "속")
        (True, False)
    """
    if DECOMPOSED[left[-1]].coda != "ㄹ" or DECOMPOSED[right[0]].onset not in LENIS_TO_TENSE:
        return False
    lists = grammar().lists
    return left.endswith(lists["adnominal"]) or right.startswith(lists["dependent"])


def ending_marks(word: str) -> dict[int, str]:
    """§27 [붙임]: the endings that begin with -(으)ㄹ: 할걸 [할껄], 할수록 [할쑤록].

    Example:
        >>> ending_marks("할수록"), ending_marks("그럴지도"), ending_marks("만들지")
        ({1: "'"}, {2: "'"}, {})
    """
    lists = grammar().lists
    for index in range(1, len(word)):
        if word[index] not in _ADNOMINAL_ENDINGS or DECOMPOSED[word[index - 1]].coda != "ㄹ":
            continue
        rest = word[index:]
        if word == "별걸":
            return {}
        if rest in _UNMISTAKABLE or rest.startswith(_UNMISTAKABLE_BEGINNINGS):
            return {index: TENSE}
        left = word[:index]
        if rest in lists["default"] or rest[0] == "듯":
            if _is_future(left, rest[0], lists):
                return {index: TENSE}
            if rest[0] != "듯":
                continue
        if rest in lists["ending"] and left.endswith(lists["adnominal"]):
            return {index: TENSE}
    return {}


def _is_future(left: str, ending: str, lists: Members) -> bool:
    """Say whether ㄹ before 게, 지, 듯 is that of -(으)ㄹ, not of a stem or noun (알게, 출발지)."""
    if left.endswith(lists["certain"]):
        return True
    if len(left) == 1 and ending == "게":
        return left in lists["single"]
    return left not in lists["lateral"] and not left.endswith(lists["laterals"])


_ADNOMINAL_ENDINGS = frozenset("걸게거건것겁수지진세밖시듯성법만줄데바뻔")
_UNMISTAKABLE = frozenset(
    ("수록", "지라도", "지언정", "진대", "세라", "게요", "걸", "걸요", "거야", "거예요")
)
_UNMISTAKABLE_BEGINNINGS = ("겁니다", "수록", "지언정", "지라도", "거예요")


def phrase_mark(left: str, right: str) -> str:
    """Return what lies between two words spoken as one phrase (§15, §27, §29.2).

    Example:
        >>> phrase_mark("할", "일"), phrase_mark("꽃", "위"), phrase_mark("갈", "데가")
        ('~', '+', "'")
    """
    if adnominal_mark(left, right):
        return TENSE
    syllable = DECOMPOSED[right[0]]
    if (
        syllable.onset == "ㅇ"
        and syllable.nucleus in IOTATED
        and right[0] not in _NO_INSERTION
        and DECOMPOSED[left[-1]].coda
    ):
        return INSERT
    return INSERT if right.startswith(_INSERTING) else WORD


_NO_INSERTION = frozenset("이있인입익")
_INSERTING = (
    "이불",
    "이야기",
    "이유",
    "이익",
    "입다",
    "입고",
    "입는",
    "입은",
    "입을",
    "익히",
    "익다",
)
