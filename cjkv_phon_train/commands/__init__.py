"""The commands of ``cjkv-phon-train``, one module each."""
