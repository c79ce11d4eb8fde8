"""``cjkv-phon transcribe``: files in any format, with romanization and IPA added."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from cjkv_phon.cli.failure import INTERRUPTED, fail
from cjkv_phon.cli.options import joined_option, layout_options, transcriber_options
from cjkv_phon.cli.progress import ProgressLine
from cjkv_phon.cli.writing import identity
from cjkv_phon.io.base import Layout, Wanted
from cjkv_phon.io.journal import JOURNAL, PART
from cjkv_phon.io.output import STDOUT
from cjkv_phon.io.pipeline import Request, Task, transcribe_files
from cjkv_phon.io.source import COMPRESSED, STDIN

LOCAL, RAY = "local", "ray"

# Endings that promise a format: an output named so must have it.
_PROMISES = {".jsonl": "jsonl", ".parquet": "parquet", ".conllu": "conllu"}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@transcriber_options
@click.option("--ipa", is_flag=True, help="Add IPA. Neither --ipa nor --romanize: both.")
@click.option("--romanize", is_flag=True, help="Add the romanization.")
@click.option("--units", is_flag=True, help="Add units with offsets (JSONL and Parquet).")
@joined_option
@layout_options
@click.option(
    "-o", "--output", default=STDOUT, metavar="OUT",
    help="File, or a directory for several files; .gz and .zst compress. Default: standard output.",
)  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Processes.")
@click.option("--resume", is_flag=True, help="Keep a journal; go on after an interrupted run.")
@click.option(
    "--runner", type=click.Choice((LOCAL, RAY)), default=LOCAL, show_default=True,
    help="Work on this machine, or with Ray into a directory of Parquet shards.",
)  # fmt: skip
@click.option("--address", metavar="ADDRESS", help="Address of a running Ray cluster.")
def command(
    files: tuple[str, ...],
    ipa: bool,
    romanize: bool,
    units: bool,
    joined: bool,
    format_name: str,
    column: int | None,
    delimiter: str | None,
    field: str | None,
    output: str,
    jobs: int,
    resume: bool,
    runner: str,
    address: str | None,
    **options: Any,
) -> None:
    """Transcribe files into romanization and IPA.

    The output has the format of the input and every byte of it, with columns,
    keys or fields added. FILE may be - for standard input, compressed with gzip
    or Zstandard, or a pattern in quotes.

    \b
    cjkv-phon transcribe examples/korean.conll -l ko
    cjkv-phon transcribe "corpus/*.conllu.gz" -l ja --ipa -o out/ -j 4 --resume
    """  # noqa: D301 - click reads the backspace
    neither = not ipa and not romanize
    request = Request(
        format=format_name,
        wanted=Wanted(ipa or neither, romanize or neither, units, joined),
        layout=Layout(column, delimiter, field),
        jobs=jobs,
        resume=resume,
    )
    if runner == RAY:
        _on_ray(files, output, address, request, options)
        return
    if address is not None:
        raise click.UsageError("--address needs --runner ray")
    tasks = plan(files, output, resume=resume)
    from cjkv_phon.transcriber import Transcriber

    transcriber = Transcriber(**options)
    try:
        with ProgressLine(sys.stderr, len(tasks)) as line:
            transcribe_files(tasks, transcriber, request, line.report)
    except KeyboardInterrupt:
        if not resume:
            raise
        fail("stopped; to go on, type the same command with --resume", INTERRUPTED)


def _on_ray(
    files: Sequence[str],
    output: str,
    address: str | None,
    request: Request,
    options: Mapping[str, Any],
) -> None:
    if output == STDOUT or request.resume:
        raise click.UsageError("--runner ray needs a new directory (-o) and has no --resume")
    from cjkv_phon.integrations.ray import transcribe_shards

    inputs = [name for pattern in files for name in _expand(pattern)]
    if STDIN in inputs:
        raise click.UsageError("--runner ray cannot read standard input (-)")
    transcribe_shards(
        inputs, output, options, address=address, workers=request.jobs,
        format=request.format, layout=request.layout, wanted=request.wanted,
    )  # fmt: skip


def plan(files: Sequence[str], output: str, *, resume: bool) -> list[Task]:
    """Pair the inputs with their outputs.

    Raises:
        click.UsageError: If they cannot be paired, or one would overwrite an input.
    """
    if not output:
        raise click.UsageError("-o names nothing; leave it out for standard output")
    sources = [name for pattern in files for name in _expand(pattern)]
    if sources.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read once only")
    is_folder = output != STDOUT and (output.endswith(("/", os.sep)) or Path(output).is_dir())
    if len(sources) > 1 and not is_folder:
        if output == STDOUT or Path(output).exists():
            raise click.UsageError(f"{len(sources)} files need a directory: -o DIRECTORY/")
        is_folder = True
    if resume and (STDIN in sources or output == STDOUT):
        raise click.UsageError("--resume needs files: name the input, and the output with -o")
    if is_folder:
        tasks = _into_folder(sources, Path(output))
    else:
        _check_ending(sources[0], output)
        tasks = [Task(sources[0], output)]
    _refuse_overwriting(tasks, resume)
    if is_folder:
        Path(output).mkdir(parents=True, exist_ok=True)
    return tasks


def _expand(pattern: str) -> list[str]:
    if pattern == STDIN or Path(pattern).exists() or not glob.has_magic(pattern):
        return [pattern]
    found = sorted(name for name in glob.glob(pattern, recursive=True) if not Path(name).is_dir())  # noqa: PTH207
    if not found:
        raise click.UsageError(f"{pattern}: no file has such a name")
    return found


def _into_folder(sources: Sequence[str], folder: Path) -> list[Task]:
    tasks: dict[str, Task] = {}
    for source in sources:
        if source == STDIN:
            raise click.UsageError("standard input (-) has no name; give it an output file")
        name = Path(source).name
        if name in tasks:
            raise click.UsageError(
                f"{tasks[name].source} and {source} would both be written to {folder / name}"
            )
        tasks[name] = Task(source, str(folder / name))
    return list(tasks.values())


def _check_ending(source: str, output: str) -> None:
    def promise(path: str) -> str | None:
        name = path.lower()
        for ending in COMPRESSED:
            name = name.removesuffix(ending)
        return _PROMISES.get(Path(name).suffix)

    promised, given = promise(output), promise(source)
    if promised is not None and source != STDIN and promised != given and Path(source).suffix:
        raise click.UsageError(
            f"{output}: the output keeps the format of the input; {source} does not become "
            f"{promised}"
        )


def _refuse_overwriting(tasks: Sequence[Task], resume: bool) -> None:
    inputs = {identity(task.source, sys.stdin) for task in tasks} - {None}
    written: set[str] = set()
    for task in tasks:
        paths = [task.target]
        if resume:
            beside = os.path.realpath(task.target)
            paths += [beside + PART, beside + JOURNAL]
        for path in paths:
            if identity(path, sys.stdout) in inputs:
                raise click.UsageError(f"{path}: the output would overwrite an input")
            if path in written:
                raise click.UsageError(f"{path}: two outputs would stand here; rename an input")
        written.update(paths)
