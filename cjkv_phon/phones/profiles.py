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
        skip: Sound classes left out before comparing.
        normalize: ``none`` leaves the sum; ``length`` divides it by the cost of
            deleting all of one word and inserting all of the other, so that 0
            is the same and 1 has nothing in common.
    """

    name: str
    weights: Mapping[str, float] = field(repr=False)
    indel: Mapping[str, float] = field(repr=False)
    segment_indel: Mapping[str, float] = field(default_factory=dict, repr=False)
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

PROFILES: Mapping[str, Profile] = MappingProxyType({PANPHON.name: PANPHON})
"""Every profile by name."""


def profile_named(name: str) -> Profile:
    """Return a profile.

    Raises:
        UnsupportedOptionError: If there is none of this name.
    """
    if name not in PROFILES:
        raise unsupported("profile", name, PROFILES)
    return PROFILES[name]
