"""Scheme ``phonexl`` against the stock tools, called the way the paper describes.

Stock: one call a token of pypinyin, dragonmapper, pykakasi and korean-romanizer;
epitran ``eng-Latn``, which starts flite's ``lex_lookup`` for every token (the binary
is built here if gcc and flite's headers are there; otherwise epitran runs without it
and only its own overhead counts); epitran ``vie-Latn`` a sentence. Ours gives both columns at
once in the IPA rows, as whole transcriptions with empty memories in every round (cold), and
the IPA strings of text that it has met before (warm; in one list where tokens are read
without context, a sentence at a time in Vietnamese). What starts a process a
token is timed on a sample, the rest on the whole of UDPOS dev.

Run it with ``python benchmarks/phonexl_speed.py [zh ja ko vi]``.
"""

from __future__ import annotations

import gc
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness import data_folder, table

from cjkv_phon import MissingDependencyError, Transcriber
from cjkv_phon.phonexl import english
from cjkv_phon.phonexl.legacy import require_legacy, resource_filename, stand_in

ROUNDS = 5
SAMPLE = 300
Call = Callable[[], object]

LEX_LOOKUP = """
#include <stdio.h>
#include <flite/flite.h>
cst_lexicon *cmu_lex_init(void);
int main(int argc, char **argv) {
  flite_init();
  cst_val *phones = lex_lookup(cmu_lex_init(), argc > 1 ? argv[1] : "", 0, 0);
  val_print(stdout, phones);
  printf("\\n");
  return 0;
}
"""


@contextmanager
def lex_lookup() -> Iterator[bool]:
    """Put a freshly built ``lex_lookup`` on the path; False where it cannot be built."""
    with tempfile.TemporaryDirectory() as folder:
        source, path = Path(folder) / "lex_lookup.c", os.environ["PATH"]
        source.write_text(LEX_LOOKUP, encoding="utf-8")
        libraries = ["-lflite_cmulex", "-lflite_usenglish", "-lflite", "-lm"]
        command = ["gcc", "-O2", "-o", str(source.with_suffix("")), str(source), *libraries]
        built = (
            shutil.which("gcc") is not None
            and not subprocess.run(command, capture_output=True, check=False).returncode
        )
        os.environ["PATH"] = f"{folder}{os.pathsep}{path}"
        try:
            yield built
        finally:
            os.environ["PATH"] = path


def epitran(code: str) -> Callable[[str], str]:
    missing = stand_in("pkg_resources", resource_filename=resource_filename)
    module: Any = require_legacy("epitran", extra="phonexl", stand_ins=missing)
    return module.Epitran(code, tones=False).transliterate


def sentences(lang: str) -> list[list[str]]:
    path = data_folder() / "phonexl" / "udpos" / f"dev-{lang}.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        blocks = file.read().split("\n\n")
    split = [[line.split("\t")[0] for line in block.split("\n") if line] for block in blocks]
    return [tokens for tokens in split if tokens]


def silently(function: Callable[[str], str]) -> Callable[[str], str]:
    def call(token: str) -> str:
        try:
            return function(token)
        except Exception:
            return token

    return call


def stock(lang: str) -> tuple[Callable[[str], str] | None, Callable[[str], str]]:
    """Return the stock romanizer, and what makes IPA of its output, a token at a time."""
    if lang == "zh":
        from dragonmapper.transcriptions import pinyin_to_ipa
        from pypinyin import Style, lazy_pinyin

        return lambda t: "".join(lazy_pinyin(t, style=Style.TONE)), silently(pinyin_to_ipa)
    if lang == "ja":
        kakasi: Any = require_legacy("pykakasi", extra="phonexl", stand_ins={}).Kakasi()
        return lambda t: kakasi.convert(t)[0]["hepburn"] or t, silently(epitran("eng-Latn"))
    if lang == "ko":
        from korean_romanizer import Romanizer

        return silently(lambda t: Romanizer(t).romanize()), silently(epitran("eng-Latn"))
    return None, silently(epitran("vie-Latn"))


def both_columns(lang: str, texts: list[list[str]]) -> Call:
    """Return a call that transcribes everything, all memories empty."""
    english._words.clear()
    transcriber = Transcriber(lang, scheme="phonexl")
    return lambda: list(transcriber.pipe(texts))


def romanization_alone(lang: str, distinct: list[str]) -> Call:
    """Return a call of the first stage, once a distinct token."""
    engine: Any = Transcriber(lang, scheme="phonexl")._engine
    stage = {"zh": "pinyin", "ja": "romanize", "ko": "romanize"}[lang]
    romanize: Callable[[str], object] = getattr(engine, stage)
    return lambda: [romanize(token) for token in distinct]


def strings_again(lang: str, texts: list[list[str]]) -> Call:
    """Return a call that transcribes everything again, all memories filled."""
    transcriber = Transcriber(lang, scheme="phonexl")
    list(transcriber.pipe(texts))
    if lang == "vi":
        return lambda: [result.ipa for result in transcriber.pipe(texts)]
    tokens = [token for text in texts for token in text]
    return lambda: transcriber(tokens).ipa


def rate(call: Call, items: int) -> float:
    """Return items a second."""
    gc.collect()
    start = time.perf_counter()
    call()
    return items / (time.perf_counter() - start)


def compare(slow: Call, slow_items: int, fast: list[Callable[[], Call]], items: int) -> list[float]:
    """Return medians: stock tokens a second, and for each of ours its own and the ratio."""
    every = [
        (rate(slow, slow_items), *(rate(call(), items) for call in fast)) for _ in range(ROUNDS)
    ]
    found = [statistics.median(one[0] for one in every)]
    for place in range(1, len(fast) + 1):
        found.append(statistics.median(one[place] for one in every))
        found.append(statistics.median(one[place] / one[0] for one in every))
    return found


def rows(lang: str) -> Iterator[list[object]]:
    """Yield the rows of a language."""
    texts = sentences(lang)
    tokens = [token for text in texts for token in text]
    distinct = list(dict.fromkeys(tokens))
    romanize, to_ipa = stock(lang)
    cold, warm = lambda: both_columns(lang, texts), lambda: strings_again(lang, texts)
    if romanize is None:
        slow: Call = lambda: [to_ipa(" ".join(text)) for text in texts]  # noqa: E731
        figures = compare(slow, len(tokens), [cold, warm], len(tokens))
        yield [lang, "IPA", len(tokens), len(distinct), *figures]
        return
    slow = lambda: [romanize(token) for token in tokens]  # noqa: E731
    alone = lambda: romanization_alone(lang, distinct)  # noqa: E731
    figures = compare(slow, len(tokens), [alone], len(tokens))
    yield [lang, "romanization", len(tokens), len(distinct), *figures, "", ""]
    sample = tokens[:: max(1, len(tokens) // SAMPLE)] if lang in ("ja", "ko") else tokens
    slow = lambda: [to_ipa(romanize(token)) for token in sample]  # noqa: E731
    figures = compare(slow, len(sample), [cold, warm], len(tokens))
    yield [lang, "romanization and IPA", len(tokens), len(distinct), *figures]


def main() -> None:
    """Print the table."""
    with lex_lookup() as built:
        found: list[list[object]] = []
        for lang in sys.argv[1:] or ("zh", "ja", "ko", "vi"):
            try:
                Transcriber(lang, scheme="phonexl")(["a", "b"])  # tables are read once, here
                found += rows(lang)
            except MissingDependencyError as error:
                print(f"{lang}: skipped: {error}", file=sys.stderr)
        if not built:
            print("lex_lookup: not built (gcc, flite1-dev); epitran's own overhead is timed.\n")
        header = ["", "column", "tokens", "distinct", "stock/s"]
        print(table([*header, "cold/s", "ratio", "warm/s", "ratio"], found))


if __name__ == "__main__":
    main()
