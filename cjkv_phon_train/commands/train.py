"""``cjkv-phon-train train``: every option of `config.Settings` on the command line."""

from __future__ import annotations

from typing import Any

import click

from cjkv_phon_train.commands import is_main_process, progress_on_terminals_only
from cjkv_phon_train.config import OPTIONS, load_settings
from cjkv_phon_train.presets import PRESETS, VARIANTS


def settings_options(command: click.Command) -> click.Command:
    """Add an option for every setting; what is not typed stays None."""
    for name, (part, option) in OPTIONS.items():
        choices = option.metadata["choices"]
        default = option.default
        kind: Any = click.Choice(choices) if choices else str
        shown = ",".join(default) if isinstance(default, tuple) else str(default)
        flag = f"--{name.replace('_', '-')}"
        text = f"[{part}] {option.metadata['help']}"
        if isinstance(default, bool):
            flag = f"{flag}/--no-{name.replace('_', '-')}"
            kind = bool
        elif isinstance(default, (int, float)):
            kind = type(default)
        shown = f"  [default: {shown}]" if shown else ""
        parameter = click.Option(
            [flag, name],
            type=kind,
            default=None,
            help=text + shown,
            multiple=isinstance(default, tuple),
        )
        command.params.append(parameter)
    return command


@click.command()
@click.option("--preset", default="", help=f"Settings of the paper: {', '.join(PRESETS)}.")
@click.option("--variant", default="", help=f"A row of its ablations: {', '.join(VARIANTS)}.")
@click.option("--config", default="", help="TOML file with [data] [model] [objectives] [training].")
@click.option("--dry-run", is_flag=True, help="Print the settings as JSON and stop.")
def command(preset: str, variant: str, config: str, dry_run: bool, **values: Any) -> None:
    """Train a tagger.

    Presets are Table 5 of the paper; --config and then the options below change
    them. Several GPUs: torchrun --nproc-per-node N -m cjkv_phon_train train …

    \b
    cjkv-phon-train train --preset udpos-ja-ko --data DIR --dictionary ja-ko:FILE
    cjkv-phon-train train --preset udpos-ja-ko --data DIR --backbone offline --variant baseline
    """  # noqa: D301
    told = {name: value for name, value in values.items() if value is not None and value != ()}
    settings = load_settings(preset, variant, config, told)
    if dry_run:
        import json

        click.echo(json.dumps(settings.as_dict(), ensure_ascii=False, indent=2))
        return
    from cjkv_phon_train.errors import heavy

    with heavy():
        import torch

        from cjkv_phon_train.training import train
    progress_on_terminals_only()
    if is_main_process() and not torch.cuda.is_available():
        click.echo(
            "no GPU found: training on the CPU. --backbone offline (a small encoder) is fit for "
            "that; for a large one use a machine with CUDA",
            err=True,
        )
    results = train(settings)
    if not is_main_process():
        return
    for name, scores in results["scores"].items():
        click.echo(
            f"{name}\tF1 {scores['f1']:.2f}\taccuracy {scores['accuracy']:.2f}\t"
            f"macro-F1 {scores['macro_f1']:.2f}"
        )
    click.echo(f"saved in {settings.training.output}", err=True)


settings_options(command)
