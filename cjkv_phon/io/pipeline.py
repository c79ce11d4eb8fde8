"""Files in, files out: chunks of all of them in one ordered stream through the workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from cjkv_phon.errors import UnsupportedOptionError
from cjkv_phon.io.base import Chunk, Converted, Format, Layout, Wanted
from cjkv_phon.io.compression import compress, compression_of
from cjkv_phon.io.detection import AUTO, detect
from cjkv_phon.io.journal import JournaledOutput, digest
from cjkv_phon.io.output import FileOutput, Finish, Output, SpooledOutput, StreamOutput, is_stream
from cjkv_phon.io.source import Source
from cjkv_phon.parallel import ordered_map
from cjkv_phon.transcriber import Transcriber


class Task(NamedTuple):
    """One file: where from and where to; ``-`` for standard input and output."""

    source: str
    target: str


class Progress(NamedTuple):
    """What happened since the last report.

    Attributes:
        task: The file.
        read: Bytes of it on disk that have been read, up to this chunk.
        size: Its bytes on disk, None if not known.
        sentences: Sentences transcribed, or found done already.
        tokens: Their tokens.
        is_new: False for a chunk that an earlier run finished.
    """

    task: Task
    read: int
    size: int | None
    sentences: int
    tokens: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Request:
    """How to transcribe files, beside the Transcriber.

    Attributes:
        format: Name of a format, or ``auto``.
        wanted: What to add.
        layout: Where the tokens are.
        jobs: Number of processes.
        resume: Write with a journal, and go on after an interrupted run.
    """

    format: str = AUTO
    wanted: Wanted = field(default_factory=Wanted)
    layout: Layout = field(default_factory=Layout)
    jobs: int = 1
    resume: bool = False


class _Job(NamedTuple):
    format: Format
    chunk: Chunk
    compression: str


class _Done(NamedTuple):
    data: bytes
    sentences: int
    tokens: int


class _Step(NamedTuple):
    """What goes beside a job through the workers and says what to do with its result."""

    file: _OpenFile
    progress: Progress | None
    chunk_digest: str = ""


def transcribe_files(
    tasks: Sequence[Task],
    transcriber: Transcriber,
    request: Request,
    report: Callable[[Progress], None] = lambda progress: None,
) -> None:
    """Transcribe files, each written whole or not at all.

    Args:
        tasks: What to read and where to write it.
        transcriber: What transcribes.
        request: How.
        report: Called after every chunk.

    Raises:
        FormatError: If a file is not what it should be, with the place. The
            files before it are finished.
        UnsupportedOptionError: If units are asked of a format that has none.
        OSError: If writing fails.
    """
    opened: list[_OpenFile] = []
    placed: list[JournaledOutput] = []
    state = (transcriber, request.wanted)
    steps = _steps(tasks, transcriber.signature, request, opened)
    results = ordered_map(_work, steps, state, request.jobs)
    try:
        for step, done in results:
            step.file.take(step, done)
            if step.progress is None:
                opened.remove(step.file)
                if isinstance(step.file.output, JournaledOutput):
                    placed.append(step.file.output)
            elif done is None:
                report(step.progress)
            else:
                report(step.progress._replace(sentences=done.sentences, tokens=done.tokens))
        for output in placed:
            output.forget()
    finally:
        results.close()
        for file in opened:
            file.close()


def _work(state: tuple[Transcriber, Wanted], job: _Job) -> _Done:
    transcriber, wanted = state
    converted: Converted = job.format.convert(job.chunk, transcriber, wanted)
    return _Done(compress(converted.data, job.compression), converted.sentences, converted.tokens)


def _steps(
    tasks: Sequence[Task], signature: str, request: Request, opened: list[_OpenFile]
) -> Iterator[tuple[_Step, _Job | None]]:
    for task in tasks:
        file = _OpenFile(task, signature, request)
        opened.append(file)
        yield from file.steps()


class _OpenFile:
    """One task under way: its source, its format and its output."""

    def __init__(self, task: Task, signature: str, request: Request) -> None:
        self.task = task
        self.source = Source(task.source)
        try:
            self.format = detect(self.source, request.format, request.layout)
            if request.wanted.units and not self.format.takes_units:
                raise UnsupportedOptionError(
                    f"{task.source}: --units needs JSONL or Parquet; the format "
                    f"{self.format.name} has no place for them"
                )
            self.compression = compression_of(task.target)
            self.finish: Finish | None = self.format.finisher(task.source, request.wanted)
            if self.finish is not None and self.compression:
                raise UnsupportedOptionError(
                    f"{task.target}: Parquet is compressed inside; leave the ending off the name"
                )
            self.output = self._open_output(signature, request)
        except BaseException:
            self.source.close()
            raise
        self.is_empty = True

    def _open_output(self, signature: str, request: Request) -> Output:
        target = self.task.target
        if is_stream(target):
            return SpooledOutput(target) if self.finish is not None else StreamOutput(target)
        if not request.resume:
            return FileOutput(target)
        settings: dict[str, Any] = {
            "signature": signature,
            "format": repr(self.format),
            "compression": self.compression,
            **asdict(request.wanted),
        }
        return JournaledOutput(target, settings)

    def steps(self) -> Iterator[tuple[_Step, _Job | None]]:
        """Yield a step for each chunk and one for the end of the file."""
        for chunk in self.format.chunks(self.source):
            progress = Progress(self.task, self.source.position(), self.source.size, 0, 0, True)
            chunk_digest = ""
            if isinstance(self.output, JournaledOutput):
                entry = self.output.finished(chunk)
                if entry is not None:
                    yield _Step(self, progress._replace(
                        sentences=entry.sentences, tokens=entry.tokens, is_new=False
                    )), None  # fmt: skip
                    continue
                chunk_digest = digest(chunk.data)
            yield _Step(self, progress, chunk_digest), _Job(self.format, chunk, self.compression)
        if isinstance(self.output, JournaledOutput):
            self.output.all_matched(self.task.source)
        self.source.close()
        yield _Step(self, None), None

    def take(self, step: _Step, done: _Done | None) -> None:
        """Write the result of a step."""
        try:
            if step.progress is None:
                self._end()
            elif done is not None:
                self._write(done, step.chunk_digest)
        except OSError as error:  # such as a full disk: say which file
            error.filename = error.filename or self.task.target
            raise
        self.is_empty = False

    def _write(self, done: _Done, chunk_digest: str) -> None:
        if isinstance(self.output, JournaledOutput):
            self.output.add(done.data, chunk_digest, done.sentences, done.tokens)
        else:
            self.output.write(done.data)

    def _end(self) -> None:
        if self.is_empty and self.compression:
            self.output.write(compress(b"", self.compression))
        self.output.commit(self.finish)

    def close(self) -> None:
        """Close everything and give the output up."""
        self.source.close()
        self.output.abort()
