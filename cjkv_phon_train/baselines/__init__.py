"""Baselines that need translations of the training sentences (docs/training/baselines.md).

`parallel` reads the translations that a user provides, `xmixup` is X-MIXUP. CoSDA-ML
needs a dictionary only and is an option of the collator (``--switch-input``).
"""
