"""Table 1 of the PhoneXL paper, by every scheme side by side.

Run it with ``python benchmarks/table1.py``.
"""

from __future__ import annotations

from harness import table

from cjkv_phon import MissingDependencyError, Transcriber

WORDS = {
    "electronic industry": {
        "en": ["electronic", "industry"],
        "zh": ["电子", "行业"],
        "vi": ["công nghiệp", "điện tử"],
        "ja": ["電子", "産業"],
        "ko": ["전자", "산업"],
    },
    "Vietnam": {
        "en": ["Vietnam"],
        "zh": ["越南"],
        "vi": ["Việt Nam"],
        "ja": ["ベトナム"],
        "ko": ["베트남"],
    },
}
SCHEMES = ("phonexl", "paper", "standard")


def cells(lang: str, words: list[str]) -> list[str]:
    """Return IPA and romanization of a phrase in each scheme."""
    found = []
    for scheme in SCHEMES:
        if (lang, scheme) == ("en", "standard"):
            found.append("–")
            continue
        try:
            result = Transcriber(lang, scheme=scheme)(words)
        except MissingDependencyError as error:
            found.append(f"skipped: {error}")
            continue
        found.append(f"{' '.join(result.ipa)} ({' '.join(result.romanization)})")
    return found


def main() -> None:
    """Print the table."""
    rows = [
        [meaning, lang, " ".join(words), *cells(lang, words)]
        for meaning, languages in WORDS.items()
        for lang, words in languages.items()
    ]
    print(table(["meaning", "", "orthography", *SCHEMES], rows))


if __name__ == "__main__":
    main()
