"""Tokenizers by name: a folder, a ``tokenizer.json``, or a name on the Hugging Face hub."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cjkv_phon.errors import FormatError, require


def load_tokenizer(name: str) -> Any:
    """Load a tokenizer.

    Args:
        name: A folder with a saved tokenizer, the path of a ``tokenizer.json``,
            or a name on the hub, which transformers may download.

    Raises:
        FormatError: If it cannot be loaded.
        MissingDependencyError: If transformers or tokenizers is not installed.
    """
    path = Path(name)
    try:
        if path.is_file():
            tokenizers = require("tokenizers", extra="train")
            return tokenizers.Tokenizer.from_file(name)
        transformers = require("transformers", extra="train")
        return transformers.AutoTokenizer.from_pretrained(name)
    except ImportError:
        raise
    except Exception as error:  # whatever the libraries raise, it is about this name
        told = " ".join(str(error).split())
        raise FormatError(
            f"no tokenizer can be loaded: {told[:300]}; name a folder with tokenizer.json",
            path=name,
        ) from None
