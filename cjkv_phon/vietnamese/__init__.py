"""Vietnamese: reading, phonology, romanization, IPA."""
