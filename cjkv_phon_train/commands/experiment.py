"""``cjkv-phon-train experiment``: run a suite, list suites, tune loss weights."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cjkv_phon.cli.options import FiniteRange

_FOLDER = click.Path(file_okay=False)
_HELP_OUT = "Folder of the runs."
_HELP_DATA = "Folder that ${DATA} stands for in the suite."
_HELP_SET = "OPTION=VALUE for every run (what makes a variant stays), or NAME=VALUE for ${NAME}."
_HELP_MINUTES = "Begin no run, of any data set, after this long; 0: no limit."
_HELP_JOBS = "Runs at the same time; 0: the number of GPUs, or 1."


def shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that running and tuning have in common."""
    for option in reversed((
        click.option("--data", default="", help=_HELP_DATA),
        click.option("--out", type=_FOLDER, default="runs", show_default=True, help=_HELP_OUT),
        click.option("--profile", default="", help="Profile of the suite: offline, cpu, paper …"),
        click.option("--set", "assigned", multiple=True, metavar="NAME=VALUE", help=_HELP_SET),
        click.option("--jobs", type=click.IntRange(0), default=0, help=_HELP_JOBS),
        click.option("--minutes", type=FiniteRange(0), default=0.0, help=_HELP_MINUTES),
        click.option("--keep-models", is_flag=True, help="Keep weights and checkpoints."),
        click.option("--redo", is_flag=True, help="Throw away runs of other settings."),
        click.option("--dry-run", is_flag=True, help="List the runs and stop."),
    )):  # fmt: skip
        command = option(command)
    return command


class RunByDefault(click.Group):
    """A group where what is no command is the name of a suite to run."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``run`` in front where no command is named."""
        if args and args[0] not in (*self.commands, "-h", "--help", "--list"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=RunByDefault, invoke_without_command=True)
@click.option("--list", "listed", is_flag=True, help="List the built-in suites.")
@click.pass_context
def command(ctx: click.Context, listed: bool) -> None:
    """Run a suite of experiments, or tune.

    \b
    cjkv-phon-train experiment --list
    cjkv-phon-train experiment objectives --data DIR --out runs --profile cpu
    cjkv-phon-train experiment mine.toml --only variant=full --seeds 1,2,3,4,5
    cjkv-phon-train experiment tune udpos-ja-ko --data DIR --out tuning --budget 20
    """  # noqa: D301
    if ctx.invoked_subcommand:
        return
    if not listed:
        click.echo(ctx.get_help())
        return
    from cjkv_phon_train.experiments.suite_file import built_in, load_suite

    for name in built_in():
        suite = load_suite(name)
        click.echo(f"{name}\t{suite.title}: {', '.join(suite.variants)}")


@command.command("run")
@click.argument("suite")
@click.option("--only", multiple=True, metavar="KEY=NAME,…", help="dataset=…, variant=…, seed=….")
@click.option("--seeds", default="", help="Instead of the suite's: 1,2,3.")
@shared_options
def run_suite(suite: str, only: tuple[str, ...], seeds: str, **told: Any) -> None:
    """Run the suite SUITE: a built-in one, or a TOML file.

    Finished runs are skipped, half ones go on from their last checkpoint. Typed
    in several terminals with the same --out, the work is shared.
    """
    from cjkv_phon_train.experiments.plan import plan, read_only
    from cjkv_phon_train.experiments.suite_file import load_suite
    from cjkv_phon_train.run_directory import write_json

    chosen = load_suite(suite)
    request = _request(told, only=read_only(only), seeds=_seeds(seeds))
    runs, left_out = plan(chosen, request)
    for line in left_out:
        click.echo(line, err=True)
    if told["dry_run"]:
        _show(runs)
        return
    _forget_others(runs, told["redo"])
    write_json(request.out / f"{chosen.name}.suite.json", chosen.as_dict())
    _finish([_runner(told).work(runs)])


@command.command("tune")
@click.argument("suite")
@click.option("--dataset", default="", help="Which data set of the suite; empty: all.")
@click.option("--variant", default="full", show_default=True, help="Variant whose options count.")
@click.option(
    "--budget", type=click.IntRange(1), default=20, show_default=True, help="Runs a data set."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=111,
    show_default=True,
    help="Seed of the runs.",
)
@click.option("--order", default=1, show_default=True, help="Seed of the order of the grid.")
@click.option("--grid", multiple=True, metavar="OPTION=V,V", help="Values to try; may be repeated.")
@click.option("--no-paper-grid", is_flag=True, help="Try only what --grid names.")
@shared_options
def tune_suite(suite: str, **told: Any) -> None:
    """Tune on SUITE, or on a built-in data set such as udpos-ja-ko.

    The grid of the paper (α β γ over 1e-1 … 1e-4, µ and r over .1 … .4) is tried
    in a shuffled order; the best on source dev is printed as TOML. Typed again
    with a larger --budget, it goes on.
    """
    from itertools import islice

    from cjkv_phon_train.experiments import tune
    from cjkv_phon_train.experiments.suite_file import COMMON, load_suite

    common = load_suite(COMMON)
    if suite in common.datasets and not Path(suite).exists():
        if told["dataset"]:
            raise click.UsageError(f"{suite} is a data set itself: leave --dataset out")
        chosen, datasets = common, [suite]
    else:
        chosen = load_suite(suite)
        datasets = [told["dataset"]] if told["dataset"] else list(chosen.datasets)
    request = _request(told)
    grid = tune.read_grid(told["grid"], not told["no_paper_grid"])
    runner = _runner(told)
    outcomes = []
    for dataset in datasets:
        found = tune.tries(
            chosen, dataset, told["variant"], request, grid, told["seed"], told["order"]
        )
        tries = list(islice(found, told["budget"]))
        runs = [one.run for one in tries]
        if told["dry_run"]:
            _show(runs)
            continue
        _forget_others(runs, told["redo"])
        ranked, outcome = tune.tune(tries, runner)
        if ranked:
            folder = request.out / dataset
            tune.write_tuning(folder, ranked, told["variant"], grid, told["seed"])
            click.echo(tune.as_toml(dataset, ranked[0]["options"], ranked))
        outcomes.append(outcome)
    _finish(outcomes)


def _request(told: dict[str, Any], **more: Any) -> Any:
    from cjkv_phon_train.experiments.plan import Request, read_assignments

    options, variables = read_assignments(told["assigned"])
    if told["data"]:
        variables["DATA"] = str(Path(told["data"]).resolve())
    return Request(Path(told["out"]), variables, options, told["profile"], **more)


def _seeds(text: str) -> tuple[int, ...]:
    from cjkv_phon_train.experiments.suite_file import checked_seeds

    try:
        return checked_seeds([int(seed) for seed in text.split(",")], "--seeds") if text else ()
    except ValueError:
        raise click.BadParameter(
            f"{text!r}: write whole numbers from 0: --seeds 1,2,3", param_hint="--seeds"
        ) from None


def _runner(told: dict[str, Any]) -> Any:
    from cjkv_phon_train.experiments import runner

    found = runner.devices()
    return runner.Runner(
        jobs=told["jobs"] or len(found) or 1,
        devices=found,
        keep_models=told["keep_models"],
        say=lambda line: click.echo(line, err=True),
        seconds=told["minutes"] * 60,
        worker=runner.WORKER,
    )


def _forget_others(runs: list[Any], redo: bool) -> None:
    """Throw away runs of other settings, where asked for."""
    from cjkv_phon_train.experiments.folders import Claim, conflicts, wipe

    for run in conflicts(runs) if redo else ():
        claim = Claim.take(run.folder)
        if claim:
            wipe(run.folder)
            claim.release()


def _show(runs: list[Any]) -> None:
    from cjkv_phon_train.experiments.folders import state

    for run in runs:
        click.echo(f"{run.folder}\t{state(run).value}")
    click.echo(f"{len(runs)} runs", err=True)


def _finish(outcomes: list[Any]) -> None:
    """Say what came of it; leave with exit code 1 if a run failed."""
    for name, text in (
        ("skipped", "done already"),
        ("elsewhere", "left to another process that is at them"),
        ("left", "not begun, as time was up"),
    ):
        count = sum(len(getattr(outcome, name)) for outcome in outcomes)
        if count:
            click.echo(f"{count} {'run' if count == 1 else 'runs'} {text}", err=True)
    failed = [entry for outcome in outcomes for entry in outcome.failed]
    for run, reason in failed:
        click.echo(f"failed: {run.folder}: {reason} (see log.txt there)", err=True)
    if failed:
        sys.exit(1)
