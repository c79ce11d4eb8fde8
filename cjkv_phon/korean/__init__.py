"""Korean: reading, phonology, romanization, IPA."""
