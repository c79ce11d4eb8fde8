"""``python -m cjkv_phon`` is ``cjkv-phon``."""

from cjkv_phon.cli import main

if __name__ == "__main__":
    main()
