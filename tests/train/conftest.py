"""Tiny random backbones of four kinds, and 32 sentences of everyday Japanese."""

from __future__ import annotations

import os
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

if not all(map(find_spec, ("torch", "transformers", "torchcrf", "seqeval"))):
    collect_ignore_glob = ["test_*.py"]

# word/TAG; what sounds how is written below, word by word.
SENTENCES = """
私/PRON は/ADP 学生/NOUN です/AUX 。/PUNCT
彼/PRON は/ADP 先生/NOUN です/AUX 。/PUNCT
犬/NOUN が/ADP 走る/VERB 。/PUNCT
猫/NOUN が/ADP 水/NOUN を/ADP 飲む/VERB 。/PUNCT
彼/PRON は/ADP 本/NOUN を/ADP 読む/VERB 。/PUNCT
学生/NOUN が/ADP 新聞/NOUN を/ADP 読む/VERB 。/PUNCT
東京/PROPN に/ADP 行く/VERB 。/PUNCT
大阪/PROPN から/ADP 来る/VERB 。/PUNCT
この/DET 本/NOUN は/ADP 高い/ADJ 。/PUNCT
その/DET 山/NOUN は/ADP 高い/ADJ 。/PUNCT
とても/ADV 安い/ADJ 。/PUNCT
ゆっくり/ADV 歩く/VERB 。/PUNCT
三/NUM 人/NOUN の/ADP 学生/NOUN 。/PUNCT
二/NUM 本/NOUN の/ADP 木/NOUN 。/PUNCT
山/NOUN と/ADP 川/NOUN 。/PUNCT
しかし/CCONJ 雨/NOUN が/ADP 降る/VERB 。/PUNCT
そして/CCONJ 彼/PRON は/ADP 行く/VERB 。/PUNCT
はい/INTJ 、/PUNCT 行く/VERB 。/PUNCT
いいえ/INTJ 、/PUNCT 高い/ADJ 。/PUNCT
雨/NOUN の/ADP 東京/PROPN 。/PUNCT
先生/NOUN は/ADP ゆっくり/ADV 読む/VERB 。/PUNCT
犬/NOUN は/ADP とても/ADV 安い/ADJ 。/PUNCT
私/PRON が/ADP 水/NOUN を/ADP 飲む/VERB 。/PUNCT
この/DET 川/NOUN に/ADP 行く/VERB 。/PUNCT
五/NUM 人/NOUN が/ADP 来る/VERB 。/PUNCT
大阪/PROPN は/ADP 高い/ADJ です/AUX 。/PUNCT
彼/PRON と/ADP 私/PRON 。/PUNCT
そして/CCONJ 雨/NOUN が/ADP 来る/VERB 。/PUNCT
猫/NOUN が/ADP 木/NOUN から/ADP 降る/VERB 。/PUNCT
新聞/NOUN は/ADP 安い/ADJ です/AUX 。/PUNCT
その/DET 先生/NOUN は/ADP 歩く/VERB 。/PUNCT
三/NUM 本/NOUN の/ADP 川/NOUN と/ADP 山/NOUN 。/PUNCT
""".strip()

SOUNDS = dict(
    pair.split(":")
    for pair in (
        "私:ɰataɕi は:ɰa 学生:ɡakɯseː です:desɯ 。:。 彼:kaɾe 先生:senseː 犬:inɯ が:ɡa 走る:haɕiɾɯ "
        "猫:neko 水:mizɯ を:o 飲む:nomɯ 本:hoɴ 読む:jomɯ 新聞:ɕimbɯɴ 東京:toːkʲoː に:ni 行く:ikɯ "
        "大阪:oːsaka から:kaɾa 来る:kɯɾɯ この:kono 高い:takai その:sono 山:jama とても:totemo "
        "安い:jasɯi ゆっくり:jɯkkɯɾi 歩く:aɾɯkɯ 三:saɴ 人:niɴ の:no 二:ni 木:ki と:to 川:kaɰa "
        "しかし:ɕikaɕi 雨:ame 降る:ɸɯɾɯ そして:soɕite はい:hai 、:、 いいえ:iːe 五:ɡo"
    ).split()
)

DICTIONARY = """
学生\tɡakɯseː\t학생\thaks͈ɛŋ
先生\tsenseː\t선생\tsʌnsɛŋ
新聞\tɕimbɯɴ\t신문\tɕinmun
山\tjama\t산\tsan
川\tkaɰa\t강\tkaŋ
水\tmizɯ\t물\tmul
本\thoɴ\t책\ttɕʰɛk̚
東京\ttoːkʲoː\t도쿄\ttokʰjo
""".lstrip()

KOREAN = "학생/NOUN 이/ADP 물/NOUN 을/ADP 마신다/VERB ./PUNCT\n선생/NOUN 은/ADP 간다/VERB ./PUNCT"
KOREAN_SOUNDS = dict(
    pair.split(":")
    for pair in (
        "학생:haks͈ɛŋ 이:i 물:mul 을:ɯl 마신다:maɕinda .:. 선생:sʌnsɛŋ 은:ɯn 간다:kanda"
    ).split()
)


def phonexl(text: str, sounds: dict[str, str]) -> str:
    """Write word/TAG sentences in the PhoneXL layout."""
    lines = []
    for sentence in text.split("\n"):
        for pair in sentence.split(" "):
            word, _, tag = pair.rpartition("/")
            lines.append(f"{word}\t{tag}\t{sounds[word]}\t{sounds[word]}")
        lines.append("")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``--data`` wants it, with a dictionary."""
    folder = tmp_path_factory.mktemp("corpus")
    ja, ko = phonexl(SENTENCES, SOUNDS), phonexl(KOREAN, KOREAN_SOUNDS)
    for name, text in {"train-ja": ja, "dev-ja": ja, "dev-ko": ko}.items():
        (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    (folder / "ja-ko.txt").write_text(DICTIONARY, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def synthetic() -> ModuleType:
    """Return `synthetic.py`, which writes run directories without training."""
    spec = spec_from_file_location("synthetic", Path(__file__).with_name("synthetic.py"))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def characters() -> list[str]:
    text = SENTENCES + KOREAN + DICTIONARY + "".join(SOUNDS.values())
    text += "".join(KOREAN_SOUNDS.values())
    # ɰ is left out, so that the vocabulary has something to be extended by.
    return sorted({c for c in text if not c.isspace()} - {"ɰ", "/"})


def small(**more: object) -> dict[str, object]:
    return {
        "hidden_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 96, "max_position_embeddings": 160, **more,
    }  # fmt: skip


def wordpiece_tokenizer() -> object:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "学生", "先生"]
    names += characters() + [f"##{c}" for c in characters()]
    tokenizer = Tokenizer(
        models.WordPiece({name: i for i, name in enumerate(names)}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]", model_max_length=160,
    )  # fmt: skip


def unigram() -> object:
    from cjkv_phon_train.backbones.unigram import unigram_tokenizer

    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁学生", "生", *characters(), "<mask>"]
    pieces = list(dict.fromkeys(pieces))
    return unigram_tokenizer(pieces, [0.0] * 4 + [-3.0] * (len(pieces) - 5) + [0.0])


@pytest.fixture(scope="session")
def backbones(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Random encoders with tokenizers: bert, xlmr, minilm (BERT with XLM-R pieces), distilbert."""
    import torch
    from transformers import (
        BertConfig,
        BertModel,
        DistilBertConfig,
        DistilBertModel,
        XLMRobertaConfig,
        XLMRobertaModel,
    )

    torch.manual_seed(5)
    pieces, subwords = unigram(), wordpiece_tokenizer()
    rows = {"vocab_size": len(subwords)}, {"vocab_size": len(pieces)}  # type: ignore[arg-type]
    made = {
        "bert": (subwords, BertModel(BertConfig(**small(**rows[0])), add_pooling_layer=False)),
        "minilm": (
            pieces,
            BertModel(BertConfig(**small(**rows[1], pad_token_id=1)), add_pooling_layer=False),
        ),
        "xlmr": (
            pieces,
            XLMRobertaModel(
                XLMRobertaConfig(**small(**rows[1], pad_token_id=1)), add_pooling_layer=False
            ),
        ),
        "distilbert": (
            subwords,
            DistilBertModel(
                DistilBertConfig(
                    vocab_size=len(subwords),
                    dim=48,
                    n_layers=2,
                    n_heads=4,
                    hidden_dim=96,
                    max_position_embeddings=160,
                )
            ),
        ),
    }
    folders = {}
    for name, (tokenizer, model) in made.items():
        folders[name] = tmp_path_factory.mktemp(name)
        model.save_pretrained(folders[name])
        tokenizer.save_pretrained(folders[name])  # type: ignore[attr-defined]
    return folders
