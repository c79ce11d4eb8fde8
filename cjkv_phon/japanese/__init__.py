"""Japanese: reading, phonology, romanization, IPA."""
