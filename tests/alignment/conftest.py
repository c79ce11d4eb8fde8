"""Small tokenizers of the three families, trained on a few lines."""

import pytest

tokenizers = pytest.importorskip("tokenizers")
transformers = pytest.importorskip("transformers")
from tokenizers import (  # noqa: E402
    Regex,
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)

CORPUS = [
    "電子産業を育てる 東京タワーへ行きました",
    "전자 산업을 육성하다 한국어 독립 만세",
    "công nghiệp điện tử Việt Nam đã phát triển",
    "电子行业 发展 很 快 中国 语言",
    "The quick brown fox jumps over a lazy dog 2024",
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    "aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz",
    "tɕən dʑa sanʌp̚ denɕi saŋɡʲoː ŋiəp kən əw pʰ",
] * 10


def _wrap(tokenizer, **special):
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)


def wordpiece(lowercase=True):
    """Train a WordPiece tokenizer with BERT's normaliser."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[UNK]", "[CLS]", "[SEP]", "[PAD]"]
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.WordPieceTrainer(vocab_size=320, special_tokens=special, show_progress=False),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return _wrap(
        tokenizer, unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]"
    )


def unigram():
    """Train a Unigram tokenizer with compatibility normalisation and ▁."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.decoder = decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.UnigramTrainer(
            vocab_size=220, special_tokens=special, unk_token="<unk>", show_progress=False
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return _wrap(tokenizer, unk_token="<unk>", bos_token="<s>", eos_token="</s>", pad_token="<pad>")


def byte_level():
    """Train a byte-level BPE tokenizer."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=400,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            special_tokens=["<s>", "</s>", "<unk>"],
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=True)
    return _wrap(
        tokenizer, unk_token="<unk>", bos_token="<s>", eos_token="</s>", add_prefix_space=True
    )


TRAINED = {
    "wordpiece": wordpiece,
    "wordpiece-cased": lambda: wordpiece(lowercase=False),
    "unigram": unigram,
    "byte-level": byte_level,
}


@pytest.fixture(scope="session")
def trained():
    """All of them, by name; not to be changed."""
    return {name: train() for name, train in TRAINED.items()}


@pytest.fixture(params=list(TRAINED))
def tokenizer(request, trained):
    """One after the other; not to be changed."""
    return trained[request.param]


@pytest.fixture
def fresh():
    """Call with a name for a tokenizer that may be changed."""
    return lambda name: TRAINED[name]()
