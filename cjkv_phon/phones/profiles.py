"""Distance profiles: what it costs to change, insert or delete a segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt

from cjkv_phon.errors import unsupported
from cjkv_phon.phones.features import ALL_FEATURES, feature_matrix, sound_class

Costs = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Profile:
    """What it costs to turn one segment into another, to insert and to delete.

    Attributes:
        name: Its name on the command line.
        weights: Weight of each feature; substituting a segment costs
            Σ weight · |difference|. Features that are not named weigh nothing.
        indel: Cost of inserting or deleting a segment, by `sound_class`.
        segment_indel: The same for single segments, where it differs.
        apart: Sound classes that never stand for a segment of another class.
        skip: Sound classes left out before comparing.
        normalize: ``none`` leaves the sum; ``length`` divides it by the cost of
            deleting all of one word and inserting all of the other, so that 0
            is the same and 1 has nothing in common.
    """

    name: str
    weights: Mapping[str, float] = field(repr=False)
    indel: Mapping[str, float] = field(repr=False)
    segment_indel: Mapping[str, float] = field(default_factory=dict, repr=False)
    apart: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    normalize: Literal["none", "length"] = "none"

    def indels(self, alphabet: Sequence[str]) -> Costs:
        """Return what inserting or deleting each segment costs."""
        special = self.segment_indel
        return np.array(
            [special[s] if s in special else self.indel[sound_class(s)] for s in alphabet],
            dtype=np.float64,
        )

    def substitutions(self, alphabet: Sequence[str]) -> Costs:
        """Return what turning each segment (of IPA) into each other costs, a square array."""
        vectors = feature_matrix(list(alphabet)) * self._weight_vector()
        costs = np.zeros((len(alphabet), len(alphabet)))
        for column in vectors.T:
            if column.any():
                costs += np.abs(column[:, None] - column[None, :])
        for name in self.apart:
            inside = np.array([sound_class(s) == name for s in alphabet], dtype=bool)
            costs[inside[:, None] != inside[None, :]] = np.inf
        return costs

    def _weight_vector(self) -> Costs:
        return np.array([self.weights.get(name, 0.0) for name in ALL_FEATURES])


# PanPhon multiplies feature vectors and weights by position, but its two files order
# the columns differently (velaric, tense, long against tense, long, velaric) and the
# weights end before the tones. These are the weights as they take effect.
_PANPHON_WEIGHTS = MappingProxyType(
    {"syl": 1.0, "son": 1.0, "cons": 1.0, "cont": 0.5, "delrel": 0.25, "lat": 0.25,
     "nas": 0.25, "strid": 0.125, "voi": 0.125, "sg": 0.125, "cg": 0.125, "ant": 0.25,
     "cor": 0.25, "distr": 0.125, "lab": 0.25, "hi": 0.25, "lo": 0.25, "back": 0.25,
     "round": 0.25, "velaric": 0.25, "tense": 0.125, "long": 0.25}
)  # fmt: skip
_WHOLE = sum(_PANPHON_WEIGHTS.values())

PANPHON = Profile(
    name="panphon",
    weights=_PANPHON_WEIGHTS,
    indel=MappingProxyType(dict.fromkeys(("vowel", "glide", "consonant", "tone", "other"), _WHOLE)),
)
"""PanPhon's ``weighted_feature_edit_distance``, value for value."""

LOAN = Profile(
    name="loan",
    weights=MappingProxyType(
        {"syl": 1.0, "son": 0.5, "cons": 0.5, "cont": 0.25, "delrel": 0.15, "lat": 0.15,
         "nas": 0.5, "strid": 0.1, "voi": 0.05, "sg": 0.05, "cg": 0.05, "ant": 0.25,
         "cor": 0.5, "distr": 0.1, "lab": 0.5, "hi": 0.25, "lo": 0.25, "back": 0.25,
         "round": 0.15, "tense": 0.05, "long": 0.05}
    ),
    indel=MappingProxyType(
        {"vowel": 1.5, "glide": 0.7, "consonant": 2.0, "tone": 0.0, "other": 2.0}
    ),
    segment_indel=MappingProxyType(
        dict.fromkeys(("ɯ", "ɨ", "ɯ̥", "ɯ̟ᵝ", "ɨᵝ", "ɯ̟̊ᵝ", "ɨ̥ᵝ", "ŋ", "ŋʷ", "ŋ͡m"), 0.2)
    ),
    apart=frozenset({"tone"}),
    normalize="length",
)  # fmt: skip
"""How a word changes when a language borrows it, for finding cognates and loans.

Not fitted to any word list; each choice is a known fact about loans between
these languages:

* What counts is the place of consonants (``cor``, ``lab``), whether they are
  nasal, and how many there are. Voicing, aspiration and tenseness hardly count:
  Middle Chinese voicing was lost in Mandarin and Sino-Korean, Japanese has no
  aspiration, Korean no phonemic voicing.
* Affricate, fricative and stop of one place are near (``delrel``, ``strid``,
  ``cont``): 子 is Japanese ɕi, Korean tɕa, Mandarin tsɹ̩.
* A consonant is dearer to lose than a vowel, a glide cheaper (medials come and
  go: 京 kʲoː, kjʌŋ, tɕiŋ).
* High central and back unrounded vowels are what Japanese and Korean put in to
  break up clusters and closed syllables (``maskɯ``), so they cost next to nothing.
* ``ŋ``, too, costs next to nothing: Japanese lost it as a coda and has a long
  vowel or i in its place (東 toː, Korean toŋ).
* Tone costs nothing, length hardly anything.
* The sum is divided by the length of the words, so that short words are not
  near to everything.
"""

PROFILES: Mapping[str, Profile] = MappingProxyType({LOAN.name: LOAN, PANPHON.name: PANPHON})
"""Every profile by name."""


def profile_named(name: str) -> Profile:
    """Return a profile.

    Raises:
        UnsupportedOptionError: If there is none of this name.
    """
    if name not in PROFILES:
        raise unsupported("profile", name, PROFILES)
    return PROFILES[name]
