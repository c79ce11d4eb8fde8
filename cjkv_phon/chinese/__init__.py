"""Mandarin Chinese: reading in sentence context, phonology, pinyin, Zhuyin and IPA."""
