"""IPA as sound: segments, articulatory features, phonetic distance, alignment.

PanPhon's table of features is read as data; PanPhon itself, which takes
seconds to import, is not. Where PanPhon splits or drops what is one sound
(affricates without a tie, ``k̚``, fortis consonants, the tone of a syllable),
`segments` keeps it whole and `features` knows its features.
"""

from cjkv_phon.phones.columns import Column, align_words
from cjkv_phon.phones.distance import (
    Pair,
    align,
    distance,
    distance_matrix,
    distances,
)
from cjkv_phon.phones.features import (
    FEATURES,
    TONE_FEATURES,
    feature_matrix,
    features,
    is_tone,
    sound_class,
)
from cjkv_phon.phones.profiles import LOAN, PANPHON, PROFILES, Profile, profile_named
from cjkv_phon.phones.segmentation import segments

__all__ = [
    "FEATURES",
    "LOAN",
    "PANPHON",
    "PROFILES",
    "TONE_FEATURES",
    "Column",
    "Pair",
    "Profile",
    "align",
    "align_words",
    "distance",
    "distance_matrix",
    "distances",
    "feature_matrix",
    "features",
    "is_tone",
    "profile_named",
    "segments",
    "sound_class",
]
