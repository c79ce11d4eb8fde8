"""Whole or not at all, and on from where it stopped."""

from __future__ import annotations

import gzip
import json
import os
import shlex
import stat
import sys
from pathlib import Path

import pytest

from cjkv_phon.errors import FormatError, UnsupportedOptionError
from cjkv_phon.io import base, read_sentences
from cjkv_phon.io import journal as journal_module
from cjkv_phon.io.base import Wanted
from cjkv_phon.io.pipeline import Request, Task, transcribe_files

WORDS = "".join(f"word{chr(97 + n % 26)}\tX\n\n" for n in range(200)).encode()


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(base, "CHUNK_BYTES", 100)
    monkeypatch.setattr("cjkv_phon.io.source.HEAD_BYTES", 100)


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "in.conll").write_bytes(WORDS)
    return Task(str(tmp_path / "in.conll"), str(tmp_path / "out.conll"))


def names(task):
    return sorted(path.name for path in Path(task.target).parent.iterdir())


def test_an_error_leaves_neither_an_output_nor_anything_else(mirror, paths, small_chunks):
    with open(paths.source, "ab") as file:
        file.write(b"\xff\tX\n")
    with pytest.raises(FormatError):
        transcribe_files([paths], mirror, Request())
    assert names(paths) == ["in.conll"]


def test_an_error_leaves_an_older_output_as_it_was(mirror, paths, small_chunks):
    with open(paths.source, "ab") as file:
        file.write(b"\xff\tX\n")
    with open(paths.target, "wb") as file:
        file.write(b"older")
    with pytest.raises(FormatError):
        transcribe_files([paths], mirror, Request())
    assert Path(paths.target).read_bytes() == b"older"


def test_files_before_a_bad_one_are_finished(mirror, tmp_path):
    tasks = [Task(str(tmp_path / name), str(tmp_path / f"{name}.out")) for name in "abc"]
    for task, data in zip(tasks, [b"ab\n", b"\xff\n", b"cd\n"], strict=True):
        with open(task.source, "wb") as file:
            file.write(data)
    for jobs in (1, 2):
        with pytest.raises(FormatError) as caught:
            transcribe_files(tasks, mirror, Request("text", jobs=jobs))
        assert caught.value.path == tasks[1].source
        assert names(tasks[0]) == ["a", "a.out", "b", "c"]
        Path(tasks[0].target).unlink()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("format", ["auto", "conll", "conllu", "xtreme", "jsonl", "text"])
def test_a_file_without_sentences_comes_out_as_it_is(convert, data, format):
    assert convert(data, format) == data


def test_an_empty_output_that_is_compressed_is_a_compressed_nothing(mirror, tmp_path):
    (tmp_path / "in").write_bytes(b"")
    target = tmp_path / "out.gz"
    transcribe_files([Task(str(tmp_path / "in"), str(target))], mirror, Request())
    assert target.stat().st_size > 0
    assert gzip.decompress(target.read_bytes()) == b""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_processes_and_compression_give_the_same_text(mirror, paths, small_chunks, jobs, ending):
    if ending == ".zst":
        pytest.importorskip("zstandard")
    transcribe_files([paths], mirror, Request())
    packed = Task(paths.source, paths.target + ending)
    transcribe_files([packed], mirror, Request(jobs=jobs))
    plain = list(read_sentences(paths.target))
    assert len(plain) == 200
    assert list(read_sentences(packed.target)) == plain


def test_the_mode_of_an_output_is_the_users_and_an_older_one_keeps_its_own(mirror, paths):
    before = os.umask(0o027)
    try:
        transcribe_files([paths], mirror, Request())
        assert stat.S_IMODE(Path(paths.target).stat().st_mode) == 0o640
        Path(paths.target).chmod(0o604)
        transcribe_files([paths], mirror, Request())
        assert stat.S_IMODE(Path(paths.target).stat().st_mode) == 0o604
    finally:
        os.umask(before)


def test_a_symbolic_link_stays_one(mirror, paths, tmp_path):
    link = tmp_path / "link"
    link.symlink_to("real")
    transcribe_files([Task(paths.source, str(link))], mirror, Request())
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes().startswith(b"worda\tX\tadrow\tWORDA\n")


def test_a_device_is_written_to_directly(mirror, paths):
    transcribe_files([Task(paths.source, os.devnull)], mirror, Request())
    assert not stat.S_ISREG(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize(
    ("name", "message"), [("", "is a directory"), ("no/such/out", "mkdir -p"), ("locked", "read-")]
)
@pytest.mark.parametrize("resume", [False, True])
def test_an_output_that_cannot_be_written_is_refused(
    mirror, paths, tmp_path, name, message, resume
):
    (tmp_path / "locked").write_bytes(b"")
    (tmp_path / "locked").chmod(0o444)
    with pytest.raises(FormatError, match=message):
        transcribe_files([Task(paths.source, str(tmp_path / name))], mirror, Request(resume=resume))
    assert names(paths) == ["in.conll", "locked"]


def test_units_are_refused_where_they_have_no_place(mirror, paths):
    with pytest.raises(UnsupportedOptionError, match="JSONL or Parquet"):
        transcribe_files([paths], mirror, Request(wanted=Wanted(units=True)))


class StopError(Exception):
    pass


def stop_after(chunks):
    seen = []

    def report(progress):
        seen.append(progress)
        if len(seen) == chunks:
            raise StopError

    return report


def interrupted(task, mirror, chunks, **request):
    with pytest.raises(StopError):
        transcribe_files([task], mirror, Request(resume=True, **request), stop_after(chunks))


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_a_run_goes_on_after_the_last_chunk_that_was_written(mirror, paths, small_chunks, ending):
    whole, task = Task(paths.source, paths.target + ".whole" + ending), paths
    task = Task(paths.source, paths.target + ending)
    transcribe_files([whole], mirror, Request())
    interrupted(task, mirror, 5)
    reports = []
    transcribe_files([task], mirror, Request(resume=True), reports.append)
    assert [report.is_new for report in reports[:6]] == [False] * 5 + [True]
    assert Path(task.target).read_bytes() == Path(whole.target).read_bytes()
    assert not [name for name in names(task) if name.endswith((".part", ".journal"))]


def test_processes_may_differ_between_the_runs(mirror, paths, small_chunks):
    interrupted(paths, mirror, 7)
    transcribe_files([paths], mirror, Request(resume=True, jobs=2))
    resumed = Path(paths.target).read_bytes()
    transcribe_files([paths], mirror, Request())
    assert resumed == Path(paths.target).read_bytes()


def test_finished_files_are_not_done_again(mirror, tmp_path, small_chunks):
    tasks = [Task(str(tmp_path / name), str(tmp_path / f"{name}.out")) for name in "ab"]
    for task in tasks:
        with open(task.source, "wb") as file:
            file.write(WORDS)
    reports = []

    def report(progress):
        reports.append(progress)
        if progress.task == tasks[1]:
            raise StopError

    with pytest.raises(StopError):
        transcribe_files(tasks, mirror, Request(resume=True), report)
    inode = Path(tasks[0].target).stat().st_ino
    reports.clear()
    transcribe_files(tasks, mirror, Request(resume=True), reports.append)
    assert not any(report.is_new for report in reports if report.task == tasks[0])
    assert Path(tasks[0].target).stat().st_ino == inode
    assert names(tasks[0]) == ["a", "a.out", "b", "b.out"]


def broken_files(paths):
    journal, part = paths.target + ".journal", paths.target + ".part"

    def cut(path, size):
        with open(path, "r+b") as file:
            file.truncate(max(0, Path(path).stat().st_size - size))

    def grow(path, data):
        Path(path).write_bytes(Path(path).read_bytes() + data)

    yield "the part lost its end", lambda: cut(part, 150)
    yield "the part is empty", lambda: cut(part, 10**9)
    yield "the part is gone", lambda: Path(part).unlink()
    yield "the part has a torn end", lambda: grow(part, b"torn")
    yield "the journal has a torn end", lambda: grow(journal, b'["ab", 1')
    yield "the journal lost its end", lambda: cut(journal, 30)
    yield "the journal is empty", lambda: cut(journal, 10**9)
    yield "the journal is a torn header", lambda: Path(journal).write_bytes(b'{"vers')
    yield "the journal is gone", lambda: Path(journal).unlink()


@pytest.mark.parametrize("number", range(9))
def test_whatever_a_crash_leaves_behind_the_result_is_the_same(mirror, paths, small_chunks, number):
    transcribe_files([paths], mirror, Request())
    expected = Path(paths.target).read_bytes()
    Path(paths.target).unlink()
    interrupted(paths, mirror, 6)
    dict(broken_files(paths))[[name for name, _ in broken_files(paths)][number]]()
    transcribe_files([paths], mirror, Request(resume=True))
    assert Path(paths.target).read_bytes() == expected
    assert names(paths) == ["in.conll", "out.conll"]


@pytest.mark.parametrize("moment", ["complete noted", "renamed"])
def test_a_kill_while_the_output_is_put_in_its_place_costs_nothing(
    mirror, paths, small_chunks, moment, monkeypatch
):
    def stopped(part, target, finish):
        if moment == "renamed":
            part.replace(target)
        raise StopError

    with monkeypatch.context() as patch, pytest.raises(StopError):
        patch.setattr(journal_module, "put_in_place", stopped)
        transcribe_files([paths], mirror, Request(resume=True))
    reports = []
    transcribe_files([paths], mirror, Request(resume=True), reports.append)
    assert not any(report.is_new for report in reports)
    resumed = Path(paths.target).read_bytes()
    transcribe_files([paths], mirror, Request())
    assert resumed == Path(paths.target).read_bytes()


def test_a_journal_of_other_settings_is_refused(mirror, paths, small_chunks):
    interrupted(paths, mirror, 3)
    with pytest.raises(FormatError, match=r"other settings \(romanization=True\)"):
        transcribe_files([paths], mirror, Request(resume=True, wanted=Wanted(romanization=False)))


def test_what_to_type_holds_for_names_with_spaces(mirror, tmp_path, small_chunks):
    (tmp_path / "in put").write_bytes(b"a\tX\n")
    task = Task(str(tmp_path / "in put"), str(tmp_path / "out put"))
    (tmp_path / "out put.journal").write_bytes(b'{"settings": {}}\n')
    with pytest.raises(FormatError) as caught:
        transcribe_files([task], mirror, Request(resume=True))
    beside = [str(tmp_path / f"out put{ending}") for ending in (".journal", ".part")]
    assert shlex.split(str(caught.value).partition("type: ")[2]) == ["rm", *beside]


@pytest.mark.parametrize("complete", [False, True])
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: b"x" + data, "has changed since"),
        (lambda data: data[:250], "has changed since|is shorter than"),
        (lambda data: b"", "other settings"),
    ],
)
def test_a_journal_of_another_input_is_refused(
    mirror, paths, small_chunks, change, message, complete, monkeypatch
):
    if complete:
        with monkeypatch.context() as patch:
            patch.setattr(journal_module.JournaledOutput, "forget", lambda self: None)
            transcribe_files([paths], mirror, Request(resume=True))
    else:
        interrupted(paths, mirror, 5)
    with open(paths.source, "r+b") as file:
        data = file.read()
        file.seek(0)
        file.truncate()
        file.write(change(data))
    with pytest.raises(FormatError, match=message):
        transcribe_files([paths], mirror, Request(resume=True))


def test_a_finished_output_whose_input_has_grown_is_refused(
    mirror, paths, small_chunks, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(journal_module.JournaledOutput, "forget", lambda self: None)
        transcribe_files([paths], mirror, Request(resume=True))
    with open(paths.source, "ab") as file:
        file.write(WORDS)
    with pytest.raises(FormatError, match="has changed since"):
        transcribe_files([paths], mirror, Request(resume=True))


def test_a_file_that_is_no_journal_is_refused_and_kept(mirror, paths):
    with open(paths.target + ".journal", "wb") as file:
        file.write(b"my diary\n")
    with pytest.raises(FormatError, match="no journal"):
        transcribe_files([paths], mirror, Request(resume=True))
    assert Path(paths.target + ".journal").read_bytes() == b"my diary\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs flock")
def test_two_runs_do_not_write_one_output(mirror, paths, small_chunks):
    def report(progress):
        with pytest.raises(FormatError, match="another run"):
            transcribe_files([paths], mirror, Request(resume=True))
        raise StopError

    with pytest.raises(StopError):
        transcribe_files([paths], mirror, Request(resume=True), report)


def test_parquet_resumes_too(mirror, tmp_path, monkeypatch):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("cjkv_phon.io.parquet.ROWS_PER_CHUNK", 10)
    task = Task(str(tmp_path / "in.parquet"), str(tmp_path / "out.parquet"))
    pq.write_table(pa.table({"tokens": [[f"w{n}"] for n in range(95)]}), task.source)
    interrupted(task, mirror, 4)
    reports = []
    transcribe_files([task], mirror, Request(resume=True), reports.append)
    assert [report.is_new for report in reports] == [False] * 4 + [True] * 6
    resumed = Path(task.target).read_bytes()
    transcribe_files([task], mirror, Request())
    assert resumed == Path(task.target).read_bytes()
    assert names(task) == ["in.parquet", "out.parquet"]


def test_reports_add_up_to_the_file(mirror, paths, small_chunks):
    reports = []
    transcribe_files([paths], mirror, Request(), reports.append)
    assert sum(report.tokens for report in reports) == 200
    assert sum(report.sentences for report in reports) == 200
    assert reports[-1].read == reports[-1].size == len(WORDS)
    assert json.dumps([report.read for report in reports]) == json.dumps(
        sorted(report.read for report in reports)
    )
