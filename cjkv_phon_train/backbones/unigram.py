"""The tokenizer of XLM-R from a list of pieces and scores."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from cjkv_phon_train.errors import heavy


def unigram_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Any:
    """Build a fast tokenizer that segments as XLM-R's does.

    Args:
        pieces: Vocabulary, ``<s> <pad> </s> <unk> <mask>`` among it.
        scores: Log-probability of each piece.

    Returns:
        A `transformers.PreTrainedTokenizerFast`.
    """
    with heavy():
        from tokenizers import (
            Regex,
            Tokenizer,
            decoders,
            models,
            normalizers,
            pre_tokenizers,
            processors,
        )
        from transformers import PreTrainedTokenizerFast
    vocabulary = list(zip(pieces, scores, strict=True))
    tokenizer = Tokenizer(
        models.Unigram(vocabulary, unk_id=list(pieces).index("<unk>"), byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(_nmt_nfkc()), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace("▁", "always")]
    )
    tokenizer.decoder = decoders.Metaspace("▁", "always")
    ends = [(name, list(pieces).index(name)) for name in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=ends
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", cls_token="<s>",
        sep_token="</s>", unk_token="<unk>", pad_token="<pad>", mask_token="<mask>",
        model_max_length=512,
    )  # fmt: skip


def _nmt_nfkc() -> bytes:
    """Return sentencepiece's built-in rule ``nmt_nfkc``, out of a throw-away model."""
    with heavy():
        import sentencepiece
        from sentencepiece import sentencepiece_model_pb2
    model = io.BytesIO()
    text = ["".join(chr(97 + i * j % 26) for j in range(1, 12)) for i in range(200)]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text), model_writer=model, vocab_size=40, model_type="unigram",
        hard_vocab_limit=False, normalization_rule_name="nmt_nfkc", minloglevel=2,
    )  # fmt: skip
    parsed = sentencepiece_model_pb2.ModelProto()
    parsed.ParseFromString(model.getvalue())
    rule: bytes = parsed.normalizer_spec.precompiled_charsmap
    return rule
