"""Transcription on a Ray cluster, or on one machine as if it were one.

Ray Data reads shards (Parquet, JSONL, or any of the line formats), actors that
build their engine once transcribe batches of rows, and Parquet shards are
written. The order of the rows is kept. Needs the extra ``ray``.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cjkv_phon.engine import cut_words
from cjkv_phon.errors import CjkvPhonError, FormatError, require
from cjkv_phon.io.arrow import transcribed_table
from cjkv_phon.io.base import Layout, LineFormat, Wanted, body, decoded_lines
from cjkv_phon.io.detection import AUTO, detect
from cjkv_phon.io.fields import SPACES, TEXT, TOKENS
from cjkv_phon.io.source import Source
from cjkv_phon.transcriber import Transcriber

BATCH_ROWS = 1000
SUCCESS = "_SUCCESS"
_TABLES = {".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class TranscribeRows:
    """What an actor runs: an Arrow table in, the same table with our columns out.

    Args:
        options: Arguments of `Transcriber`.
        wanted: Which columns to add.
        field: Column of tokens or text; None for ``tokens``, else ``text``.
    """

    def __init__(
        self, options: Mapping[str, Any], wanted: Wanted, field: str | None = None
    ) -> None:
        self.transcriber = Transcriber(**options)
        self.wanted = wanted
        self.field = field

    def __call__(self, table: Any) -> Any:
        """Transcribe one batch (``pyarrow.Table``)."""
        return transcribed_table(table, self.transcriber, self.wanted, self.field)


def transcribe_dataset(
    dataset: Any,
    options: Mapping[str, Any],
    *,
    wanted: Wanted | None = None,
    field: str | None = None,
    workers: int = 1,
    batch_size: int = BATCH_ROWS,
) -> Any:
    """Add our columns to a ``ray.data.Dataset``, lazily.

    Args:
        dataset: Rows with ``tokens`` (and perhaps ``spaces``) or ``text``.
        options: Arguments of `Transcriber`.
        wanted: Which columns to add; both by default.
        field: Column of the tokens or the text, if it has another name.
        workers: Actors; each takes one core and holds one engine.
        batch_size: Rows an actor gets at a time.

    Returns:
        The dataset with the columns ``ipa``, ``romanization`` and, if wanted,
        ``units``.

    Raises:
        MissingDependencyError: If Ray is not installed.
    """
    data = require("ray.data", extra="ray", package="ray")
    Transcriber(**options)  # a wrong option shows here, not on the cluster
    return dataset.map_batches(
        TranscribeRows,
        fn_constructor_kwargs={
            "options": dict(options),
            "wanted": wanted or Wanted(),
            "field": field,
        },
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=data.ActorPoolStrategy(size=workers),
        num_cpus=1,
    )


def transcribe_shards(
    inputs: Sequence[str],
    output: str,
    options: Mapping[str, Any],
    *,
    address: str | None = None,
    workers: int = 1,
    format: str = AUTO,
    layout: Layout | None = None,
    wanted: Wanted | None = None,
    batch_size: int = BATCH_ROWS,
) -> int:
    """Transcribe files into a directory of Parquet shards.

    Rows of Parquet and JSONL keep their columns. A sentence of the other formats
    becomes a row ``source, line, lines, tokens, spaces``: where it stood, its
    original lines (labels and all), and its tokens; a line of plain text a row
    ``source, line, text``.

    Args:
        inputs: Files, all of one kind; on a cluster every node must see them.
        output: Directory to make; it appears when everything is done.
        options: Arguments of `Transcriber`.
        address: Of a running cluster; None starts Ray on this machine.
        workers: Actors that transcribe.
        format: Format of the files.
        layout: Where the tokens are, where that is not plain.
        wanted: Which columns to add.
        batch_size: Rows an actor gets at a time.

    Returns:
        The number of rows written.

    Raises:
        CjkvPhonError: If the output is there already, or the run fails; nothing
            is left of the output then.
        MissingDependencyError: If Ray is not installed.
    """
    ray = require("ray", extra="ray")
    target = Path(output)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise CjkvPhonError(f"{output} is there already; name a new directory with -o")
    part = target.with_name(target.name + ".part")
    layout = layout or Layout()
    signature = Transcriber(**options).signature
    try:
        with _running(ray, address, workers):
            rows = _read(ray, [str(Path(name).resolve()) for name in inputs], format, layout)
            done = transcribe_dataset(
                rows, options, wanted=wanted, field=layout.field, workers=workers,
                batch_size=batch_size,
            )  # fmt: skip
            shutil.rmtree(part, ignore_errors=True)
            done.write_parquet(str(part.resolve()))
        count = _count(part)
        _succeed(part, target, {"signature": signature, "rows": count, "inputs": list(inputs)})
        return count
    finally:
        shutil.rmtree(part, ignore_errors=True)


def read_rows(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Read one file of a line format into rows, one a sentence.

    Args:
        item: ``path``, ``format``, and the fields of a `Layout` as ``layout``.

    Yields:
        ``source, line, text`` for plain text, else ``source, line, lines,
        tokens, spaces``.

    Raises:
        FormatError: If the file is not what it should be, with its line.
    """
    with Source(item["path"]) as source:
        format = detect(source, item["format"], Layout(**item["layout"]))
        if not isinstance(format, LineFormat):
            raise FormatError("this is Parquet; give Parquet files alone", path=item["path"])
        for chunk in format.chunks(source):
            lines, _ = decoded_lines(chunk)
            for record in format.parse(lines, chunk, cut_words):
                places = [slot if isinstance(slot, int) else slot[0] for slot in record.slots]
                row = {"source": item["path"], "line": chunk.line + places[0]}
                if format.name == TEXT:
                    yield {**row, TEXT: body(lines[places[0]])}
                    continue
                yield {
                    **row,
                    "lines": [body(lines[place]) for place in places],
                    TOKENS: list(record.sentence.tokens),
                    SPACES: list(record.sentence.spaces or ()),
                }


def _read(ray: Any, paths: list[str], format: str, layout: Layout) -> Any:
    kinds = {_TABLES.get(Path(path).suffix, "lines") for path in paths}
    if format != AUTO:
        kinds = {format if format in _TABLES.values() else "lines"}
    if len(kinds) > 1:
        raise FormatError(f"one kind of file at a time, not {' and '.join(sorted(kinds))}")
    kind = kinds.pop() if kinds else "lines"
    for path in paths:
        if not Path(path).is_file():
            raise FormatError("there is no such file", path=path)
    if kind == "parquet":
        return ray.data.read_parquet(paths)
    if kind == "jsonl":
        return ray.data.read_json(paths, lines=True)
    items = [{"path": path, "format": format, "layout": asdict(layout)} for path in paths]
    blocks = ray.data.from_items(items, override_num_blocks=len(items))
    return blocks.flat_map(read_rows)


@contextmanager
def _running(ray: Any, address: str | None, workers: int) -> Iterator[None]:
    """Have Ray run quietly, and stop it if it did not run before; its errors become ours."""
    started = not ray.is_initialized()
    if started:
        ray.init(**_cluster(address, workers))
    try:
        _quiet(ray)
        yield
    except ray.exceptions.RayError as error:
        raise CjkvPhonError(f"the Ray run failed: {_cause(error)}") from error
    finally:
        if started:
            ray.shutdown()


def _cluster(address: str | None, workers: int) -> dict[str, Any]:
    common = {"log_to_driver": False, "configure_logging": True, "logging_level": "error"}
    if address is not None:
        return {"address": address, **common}
    cores = max(workers + 1, os.cpu_count() or 1)  # reading and writing need one besides
    return {"num_cpus": cores, "include_dashboard": False, **common}


def _succeed(part: Path, target: Path, report: Mapping[str, Any]) -> None:
    """Put the shards in their place, with the report that says that they are all there."""
    (part / SUCCESS).write_text(json.dumps(report, ensure_ascii=False) + "\n", "utf-8")
    if target.exists():
        target.rmdir()
    part.rename(target)


def _quiet(ray: Any) -> None:
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)


def _count(folder: Path) -> int:
    parquet = require("pyarrow.parquet", extra="ray", package="pyarrow")
    return sum(parquet.read_metadata(path).num_rows for path in folder.glob("**/*.parquet"))


def _cause(error: BaseException) -> str:
    """Return the line of a remote error that the user can act on: ours, else the last."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    ours = [line for line in lines if line.startswith("cjkv_phon.errors.")]
    if ours:
        return ours[-1].partition(": ")[2]
    return lines[-1] if lines else type(error).__name__
