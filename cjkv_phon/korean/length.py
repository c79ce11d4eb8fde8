"""Vowel length: §6–7."""

from __future__ import annotations


def is_long(word: str) -> bool:
    """Say whether the first vowel of a word is long."""
    return False
