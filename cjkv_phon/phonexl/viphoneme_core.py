"""viphoneme's rules for one Vietnamese syllable, without the rest of viphoneme.

``viphoneme.T2IPA`` hands each word to ``viphoneme.trans`` for the northern dialect
and appends to ``sys.path`` on the way. ``trans`` itself has no side effect and may be
called from any thread; what it needs of vinorm, underthesea and eng_to_ipa is nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from cjkv_phon.phonexl.engine import EXTRA
from cjkv_phon.phonexl.legacy import require_legacy, stand_in

CHAO = {"1": "˧", "2": "˧˨", "3": "˧ˀ˥", "4": "˧˩˨", "5": "˨˦", "6": "˨˩ˀ"}
"""The six tones as viphoneme counts them (Phạm 2003: ngang, huyền, ngã, hỏi, sắc,
nặng), at the pitches that vPhon, whose rules viphoneme took over, gives for Hà Nội."""


class VietnameseSyllable(NamedTuple):
    """A syllable as viphoneme reads it; the tone is a digit from 1 to 6."""

    onset: str
    nucleus: str
    coda: str
    tone: str


def syllable_reader() -> Callable[[str], VietnameseSyllable | None]:
    """Return a function that reads one lower-case syllable, None where viphoneme cannot.

    Raises:
        MissingDependencyError: If viphoneme is not installed.
    """
    unused = (
        stand_in("vinorm") | stand_in("underthesea", word_tokenize=None) | stand_in("eng_to_ipa")
    )
    viphoneme: Any = require_legacy("viphoneme", extra=EXTRA, stand_ins=unused)

    def read(syllable: str) -> VietnameseSyllable | None:
        # Northern; no glottal stop for an empty onset; Phạm's tones, not Cao's; no palatals.
        onset, nucleus, coda, tone = viphoneme.trans(syllable, "n", 0, 1, 0, 0)
        return None if onset is None else VietnameseSyllable(onset, nucleus, coda, tone)

    return read
