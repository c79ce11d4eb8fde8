"""``python -m cjkv_phon_train``, and what torchrun and accelerate launch."""

from cjkv_phon_train.cli import main

main()
