"""Aligning tokens and phonemes with subwords, against the tokenizer's own batch encoding.

    python benchmarks/alignment.py [--tokenizer NAME_OR_DIR] [--lang ko] [--units]

The baseline is what anybody needs to get both sides into a model: the tokenizer
called on the batch of token lists, and on the batch of their IPA
(``is_split_into_words=True``, offsets, word ids). Ours gives that and the spans
of every token; those of the units in it are found when they are asked for, which
``--units`` does. *cold* starts knowing nothing, *warm* has seen the corpus.
Without ``--tokenizer`` a WordPiece, a Unigram and a byte-level tokenizer of
8,000 subwords are trained on the corpus.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from harness import data_folder, race, table

from cjkv_phon import Transcriber
from cjkv_phon.alignment import SubwordAligner, load_tokenizer
from cjkv_phon.io import read_sentences
from cjkv_phon.types import Transcription

SIZE = 8000


def trained(lines: list[str]) -> Iterator[tuple[str, Any]]:
    """Train a tokenizer of each family."""
    import tokenizers as t
    from transformers import PreTrainedTokenizerFast

    kinds: list[tuple[str, Any, Any, Any, Any]] = [
        (
            "WordPiece",
            t.models.WordPiece(unk_token="<unk>"),
            t.normalizers.BertNormalizer(lowercase=False),
            t.pre_tokenizers.BertPreTokenizer(),
            t.trainers.WordPieceTrainer,
        ),
        (
            "Unigram",
            t.models.Unigram(),
            t.normalizers.NFKC(),
            t.pre_tokenizers.Sequence(
                [t.pre_tokenizers.WhitespaceSplit(), t.pre_tokenizers.Metaspace()]
            ),
            t.trainers.UnigramTrainer,
        ),
        (
            "byte-level BPE",
            t.models.BPE(),
            None,
            t.pre_tokenizers.ByteLevel(add_prefix_space=True),
            t.trainers.BpeTrainer,
        ),
    ]
    for name, model, normalizer, splitter, trainer in kinds:
        made = t.Tokenizer(model)
        if normalizer is not None:
            made.normalizer = normalizer
        made.pre_tokenizer = splitter
        extra = {"unk_token": "<unk>"} if name == "Unigram" else {}
        made.train_from_iterator(
            lines, trainer(vocab_size=SIZE, special_tokens=["<unk>"], show_progress=False, **extra)
        )
        yield (
            name,
            PreTrainedTokenizerFast(
                tokenizer_object=made, unk_token="<unk>", add_prefix_space=True
            ),
        )


def encode(tokenizer: Any, batch: list[list[str]]) -> None:
    """What the tokenizer does itself, word ids included."""
    found = tokenizer(
        batch, is_split_into_words=True, add_special_tokens=False, return_offsets_mapping=True
    )
    for number in range(len(batch)):
        found.word_ids(number)


def use(aligner: SubwordAligner, transcriptions: list[Transcription], units: bool) -> None:
    """Align and take everything out that a model or a file needs."""
    for alignment in aligner.pipe(transcriptions):
        for side in (alignment.orthography, alignment.phonemes):
            _ = side.ids, side.word_ids, side.offsets, side.spans
            if units:
                _ = side.unit_spans


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer")
    parser.add_argument("--lang", default="ko")
    parser.add_argument("--units", action="store_true", help="take the spans of units out too")
    arguments = parser.parse_args()
    path = data_folder() / "phonexl" / "udpos" / f"dev-{arguments.lang}.tsv.gz"
    transcriber = Transcriber(arguments.lang)
    transcriptions = list(transcriber.pipe(read_sentences(str(path))))
    words = [t.text for t in transcriptions]
    sounds = [t.ipa for t in transcriptions]
    count = sum(map(len, words))
    if arguments.tokenizer:
        choices = iter([(arguments.tokenizer, load_tokenizer(arguments.tokenizer))])
    else:
        choices = trained([" ".join(line) for line in words + sounds])
    rows: list[list[object]] = []
    for name, tokenizer in choices:
        warm = SubwordAligner(tokenizer)
        use(warm, transcriptions, arguments.units)

        def theirs(tokenizer: Any = tokenizer) -> None:
            encode(tokenizer, words)
            encode(tokenizer, sounds)

        def cold(tokenizer: Any = tokenizer) -> None:
            use(SubwordAligner(tokenizer), transcriptions, arguments.units)

        def again(warm: SubwordAligner = warm) -> None:
            use(warm, transcriptions, arguments.units)

        calls = {"tokenizer alone": theirs, "aligned, cold": cold, "aligned, warm": again}
        for row, rate, ratio in race(calls, count, baseline="tokenizer alone"):
            rows.append([name, row, rate, 1 / ratio])
    print(f"{arguments.lang}: {len(words)} sentences, {count} tokens; time 1 is the tokenizer's\n")
    print(table(("", "", "tokens/s", "time"), rows))


if __name__ == "__main__":
    main()
