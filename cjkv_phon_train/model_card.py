"""The model card: what a model is, what it was trained on, how good it is."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from cjkv_phon.version import __version__
from cjkv_phon_train.config import DataSettings, Settings, TrainSettings
from cjkv_phon_train.publishing import without_folders
from cjkv_phon_train.run_directory import UNIMPORTANT, write_whole

TEMPLATE = "model_card.md"


def write_card(
    folder: Path, settings: Settings, data: dict[str, Any], results: dict[str, Any]
) -> Path:
    """Fill the template in and write ``README.md`` into a run directory."""
    path = folder / "README.md"
    write_whole(path, card(settings, data, results))
    return path


def card(settings: Settings, data: dict[str, Any], results: dict[str, Any]) -> str:
    """Return the text of the model card.

    Args:
        settings: Of the run.
        data: What `run_directory.describe_data` returned.
        results: What `training.train` returned.
    """
    template = (
        files("cjkv_phon_train").joinpath(f"templates/{TEMPLATE}").read_text(encoding="utf-8")
    )
    d, m, o, t = settings.data, settings.model, settings.objectives, settings.training
    return Template(template).substitute(
        name=Path(t.output).name,
        languages="\n".join(f"- {lang}" for lang in (*d.source, *d.target)),
        task=d.task,
        labelled=_labelled(d),
        use="use" if d.few_shot else "zero-shot use",
        reads=(
            "the spelling of words alone, not their sound"
            if m.phonemic == "none"
            else f"the spelling of words and their sound ({d.phonemes})"
        ),
        selection=_selection(t),
        options=_options(settings),
        target=", ".join(d.target),
        backbone=without_folders(m.backbone),
        pooling=m.pooling,
        phonemic=m.phonemic,
        head=m.head,
        language_embedding="yes" if m.language_embedding else "no",
        alpha=o.alpha,
        beta=o.beta,
        gamma=o.gamma,
        mask=o.mask,
        switch=o.switch,
        seed=t.seed,
        epochs=t.epochs,
        batch=t.batch_size * t.accumulate,
        lr=t.lr,
        new_lr=t.new_lr,
        phoneme_lr=t.phoneme_lr,
        scores=_scores(results["scores"]),
        corpora=_corpora(data["corpora"]),
        version=__version__,
    )


def _labelled(data: DataSettings) -> str:
    """Say what had labels."""
    source = ", ".join(data.source)
    if not data.few_shot:
        return source
    return f"{source} and {data.few_shot} labelled sentences a target language"


def _selection(training: TrainSettings) -> str:
    """Say which of the models is this one."""
    if training.keep == "last":
        return "the last model was kept"
    if training.select == "switched":
        return "the model was selected on the source dev set, switched into the target language"
    return "the model was selected on the source dev set"


def _options(settings: Settings) -> str:
    """List what differs from the defaults; of paths, their last part."""
    told = {
        name: value
        for table in settings.as_dict().values()
        for name, value in table.items()
        if name not in UNIMPORTANT
    }
    usual = {name: v for table in Settings().as_dict().values() for name, v in table.items()}
    return ", ".join(
        f"`{name}={_shown(value) or '(empty)'}`"
        for name, value in told.items()
        if value != usual[name]
    ) or "none"  # fmt: skip


def _shown(value: Any) -> str:
    value = without_folders(value)
    return ",".join(value) if isinstance(value, list) else str(value)


def _scores(scores: dict[str, dict[str, Any]]) -> str:
    rows = ["| data | seqeval F1 | accuracy | macro-F1 | words |", "|---|---|---|---|---|"]
    for name, one in scores.items():
        rows.append(
            f"| {name} | {one['f1']:.2f} | {one['accuracy']:.2f} | {one['macro_f1']:.2f} "
            f"| {one['words']} |"
        )
    return "\n".join(rows)


def _corpora(corpora: list[dict[str, Any]]) -> str:
    rows = ["| part | sentences | words | SHA-256 | phonemes |", "|---|---|---|---|---|"]
    for one in corpora:
        signature = one["phonemes"].replace("|", "\\|")
        rows.append(
            f"| {one['role']}-{one['lang']} | {one['sentences']} | {one['words']} "
            f"| `{one['sha256'][:16]}` | {signature} |"
        )
    return "\n".join(rows)
