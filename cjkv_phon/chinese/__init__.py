"""Chinese: reading, phonology, romanization, IPA."""
