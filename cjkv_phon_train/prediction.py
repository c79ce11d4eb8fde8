"""Tag text with a trained model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError

from cjkv_phon import Transcriber
from cjkv_phon_train.collator import Collator, TaggingDataset
from cjkv_phon_train.config import OPTIONS, ObjectiveSettings, Settings
from cjkv_phon_train.configuration import PhoneXLConfig
from cjkv_phon_train.data import Example, Reading, examples_of
from cjkv_phon_train.errors import CheckpointError, SettingsError, device_memory
from cjkv_phon_train.merging import cutter_of
from cjkv_phon_train.metrics import Scores, score
from cjkv_phon_train.modeling import PhoneXLForTokenClassification
from cjkv_phon_train.options import convert
from cjkv_phon_train.run_directory import local, read_saved, read_settings
from cjkv_phon_train.sources import Record, read_records
from cjkv_phon_train.switching import Draws
from cjkv_phon_train.tokenization import WordEncoder, load_tokenizer


class Tagger:
    """A trained model with its tokenizer.

    Args:
        model: In evaluation mode, on its device.
        tokenizer: Of the run.
        settings: Of the run: task, phonemes, scheme.
    """

    def __init__(self, model: Any, tokenizer: Any, settings: Settings) -> None:
        self.model = model
        self.settings = settings
        config = model.config
        self.encoder = WordEncoder(tokenizer, config.phonemic)
        self.collator = Collator(
            self.encoder, config.languages, dict(config.label2id), config.pooling,
            config.max_positions, ObjectiveSettings(), Draws(0),
        )  # fmt: skip

    @classmethod
    def from_pretrained(
        cls, folder: str | Path, device: str = "", language_row: str = ""
    ) -> Tagger:
        """Load a run directory.

        Args:
            folder: What ``train --output`` wrote, or the name of one on the hub.
            device: Such as ``cuda:1``; empty: a GPU if there is one, else CPU.
            language_row: Override `PhoneXLConfig.language_row`.

        Raises:
            CheckpointError: If the folder holds no PhoneXL model, or one of
                another configuration.
            SettingsError: If there is no such language row.
        """
        folder = local(folder)
        settings = read_settings(folder)
        model = load_model(folder, language_row)
        place = device or ("cuda" if torch.cuda.is_available() else "cpu")
        return cls(model.to(place).eval(), load_tokenizer(folder), settings)

    def tag(self, examples: Sequence[Example], batch_size: int = 64) -> Iterator[tuple[str, ...]]:
        """Tag sentences, in order.

        Args:
            examples: Sentences with the phonemes that the model reads.
            batch_size: Sentences encoded at a time.

        Yields:
            One label a token of the file.
        """
        labels = self.model.config.label_names
        stream = iter(examples)
        while batch := list(islice(stream, batch_size)):
            dataset = TaggingDataset(
                batch, self.encoder, self.model.config.pooling, self.model.config.max_positions
            )
            said: list[list[str]] = [[] for _ in batch]
            pieces = dataset.pieces
            if pieces:
                tensors = {
                    key: value.to(self.model.device)
                    for key, value in self.collator(pieces).items()
                    if key != "labels"
                }
                with torch.inference_mode(), device_memory(batch_size, 1):
                    rows = self.model(**tensors).predictions.tolist()
                for piece, row in zip(pieces, rows, strict=True):
                    tags = [labels[i] for i in row[: len(piece.example.tokens)]]
                    said[piece.sentence] += piece.example.dealt(tags)
            yield from map(tuple, said)

    def examples(
        self,
        records: Sequence[Record],
        lang: str,
        scheme: str = "",
        path: str = "-",
        task: str = "",
    ) -> tuple[Example, ...]:
        """Give records the phonemes that the model reads.

        Args:
            records: Sentences.
            lang: Language code.
            scheme: Transcribe with this scheme; empty: as in training.
            path: For messages.
            task: Check the labels against this task.

        Raises:
            SettingsError: If the model does not know the language.
            FormatError: If the phonemes were columns in training and are missing.
        """
        self._check(lang)
        data = self.settings.data
        reading = Reading.of(data, self.model.config.phonemic != "none")
        if scheme:
            reading = reading._replace(scheme=scheme)
        cutter = cutter_of(lang, self.encoder.tokenizer) if data.merge else None
        return examples_of(records, lang, reading, task, path, cutter)[0]

    def tag_file(
        self, path: str, lang: str, scheme: str = ""
    ) -> Iterator[tuple[Example, tuple[str, ...]]]:
        """Tag a file of columns, JSONL, Parquet, or raw text (cut into words first)."""
        self._check(lang)
        # Only raw text is cut, so only raw text pays for the engine.
        cutter = lru_cache(maxsize=1)(lambda: Transcriber(lang))
        records = list(read_records(path, lambda text: cutter().segment(text)))
        examples = self.examples(records, lang, scheme, path)
        yield from zip(examples, self.tag(examples), strict=True)

    def evaluate(self, path: str, lang: str, scheme: str = "") -> Scores:
        """Score the model on a labelled file.

        Raises:
            FormatError: If a sentence has no labels or wrong ones.
        """
        from cjkv_phon import FormatError

        records = list(read_records(path))
        for record in records:
            if record.labels is None:
                line = record.place[0] if record.place else None
                raise FormatError("has no labels to compare with", path=path, line=line)
        task = self.settings.data.task
        examples = self.examples(records, lang, scheme, path, task)
        gold = [example.given_labels or () for example in examples]
        return score(gold, list(self.tag(examples)), task)

    def _check(self, lang: str) -> None:
        known: Iterable[str] = self.model.config.languages
        if lang not in known:
            raise SettingsError(f"the model knows {', '.join(known)}, not {lang}: type -l LANG")


def load_model(folder: str | Path, language_row: str = "") -> Any:
    """Load a saved model; nothing may be missing or left over.

    Raises:
        CheckpointError: If the folder holds something else.
        SettingsError: If there is no such language row.
    """
    if language_row:
        convert(OPTIONS["language_row"][1], language_row)
    path = Path(folder) / "config.json"
    kind = read_saved(path).get("model_type") if path.is_file() else "missing"
    if kind != PhoneXLConfig.model_type:
        raise CheckpointError(f"{folder} holds no PhoneXL model: the type in {path.name} is {kind}")
    config = PhoneXLConfig.from_pretrained(folder)
    if language_row:
        config.language_row = language_row
    try:
        model, info = PhoneXLForTokenClassification.from_pretrained(
            folder, config=config, output_loading_info=True
        )
    except (OSError, RuntimeError, SafetensorError) as error:
        first = str(error).strip().split("\n")[0]
        raise CheckpointError(
            f"the weights in {folder} do not fit its config.json ({first}): the folder mixes two "
            "runs; train again into an empty --output"
        ) from None
    wrong = sorted({*info["missing_keys"], *info["unexpected_keys"]})
    if wrong:
        raise CheckpointError(
            f"the weights in {folder} are of another configuration: {', '.join(wrong[:5])} do not "
            "match config.json; train again into an empty --output"
        )
    return model
