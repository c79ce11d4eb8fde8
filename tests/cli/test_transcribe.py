"""What is typed and what comes out. English in scheme ``phonexl`` needs nothing but the core."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cjkv_phon.cli import transcribe
from cjkv_phon.cli.progress import ProgressLine
from cjkv_phon.io.pipeline import Progress, Task

ENGLISH = ("-l", "en", "--scheme", "phonexl")
CONLL = "-DOCSTART-\tO\n\nthe\tDET\ntone\tNOUN\n"
GOLDEN = "-DOCSTART-\tO\n\nthe\tDET\tðə\tthe\ntone\tNOUN\ttown\ttone\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "in.conll"
    path.write_text(CONLL, encoding="utf-8")
    return path


def test_both_columns_go_to_standard_output(cli, file):
    assert cli("transcribe", file, *ENGLISH) == (0, GOLDEN.encode(), "")


@pytest.mark.parametrize(
    ("flags", "columns"),
    [(["--ipa"], [2]), (["--romanize"], [3]), (["--ipa", "--romanize"], [2, 3])],
)
def test_flags_choose_the_columns(cli, file, flags, columns):
    expected = [
        "\t".join(row.split("\t")[:2] + [row.split("\t")[c] for c in columns])
        for row in GOLDEN.split("\n")[2:4]
    ]
    assert cli("transcribe", file, *ENGLISH, *flags).out.decode().split("\n")[2:4] == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_output_can_be_named(cli, file, tmp_path, jobs):
    target = tmp_path / "out.conll"
    outcome = cli("transcribe", file, *ENGLISH, "-o", target, "-j", jobs)
    assert outcome == (0, b"", "")
    assert target.read_text("utf-8") == GOLDEN


def test_several_files_and_patterns_go_into_a_directory(cli, tmp_path):
    for name in ("a.conll", "b.conll", "c.txt"):
        (tmp_path / name).write_text("tone\n", "utf-8")
    pattern, folder = tmp_path / "?.conll", tmp_path / "new" / "folder"
    outcome = cli("transcribe", pattern, tmp_path / "c.txt", *ENGLISH, "-o", f"{folder}/")
    assert outcome == (0, b"", "")
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == dict.fromkeys(
        ("a.conll", "b.conll", "c.txt"), "tone\ttown\ttone\n"
    )


def test_a_file_whose_name_has_brackets_is_no_pattern(cli, tmp_path):
    path = tmp_path / "a[b].conll"
    path.write_text("tone\n", "utf-8")
    assert cli("transcribe", path, *ENGLISH).out == b"tone\ttown\ttone\n"


def test_compression_follows_the_names(cli, tmp_path):
    path, target = tmp_path / "a.conll.gz", tmp_path / "b.conll.gz"
    path.write_bytes(gzip.compress(CONLL.encode()))
    assert cli("transcribe", path, *ENGLISH, "-o", target).code == 0
    assert gzip.decompress(target.read_bytes()) == GOLDEN.encode()
    assert cli("transcribe", path, *ENGLISH).out == GOLDEN.encode()


def test_standard_input_to_standard_output(start):
    process = start("transcribe", "-", *ENGLISH, "--format", "text", stdin=-1)
    out, err = process.communicate(b"the tone.\n")
    assert (process.returncode, out, err) == (0, "the tone.\tðə town.\tthe tone.\n".encode(), b"")


def test_units_in_jsonl(cli, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"words": ["tone"]}\n', "utf-8")
    outcome = cli("transcribe", path, *ENGLISH, "--units", "--field", "words")
    assert json.loads(outcome.out)["units"][0][0]["end"] == 4


def test_units_without_a_place_are_a_usage_error(cli, file):
    outcome = cli("transcribe", file, *ENGLISH, "--units")
    assert outcome.code == 2
    assert "JSONL or Parquet" in outcome.err


def test_resume_leaves_nothing_but_the_output(cli, file, tmp_path):
    assert cli("transcribe", file, *ENGLISH, "-o", tmp_path / "out", "--resume").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.conll", "out"]


def usage_errors(tmp_path: Path) -> dict[str, tuple[list[object], str]]:
    file = tmp_path / "in.conll"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "in.conll").write_text("b\n", "utf-8")
    (tmp_path / "link").symlink_to(file)
    (tmp_path / "hard").hardlink_to(file)
    for name in ("o.part", "in.conll.part"):
        (tmp_path / name).write_text(CONLL, "utf-8")
    return {
        "no file": ([*ENGLISH], "Missing argument 'FILE...'"),
        "no language": ([file], "Type one: -l zh, ja, ko or vi"),
        "unknown language": ([file, "-l", "xx"], "choose from: en, ja, ko, vi, zh"),
        "unknown scheme": ([file, "-l", "en", "--scheme", "x"], "choose from: paper, phonexl"),
        "unknown option value": ([file, *ENGLISH, "--variety", "x"], "choose from"),
        "unknown format": ([file, *ENGLISH, "--format", "xml"], "'conllu'"),
        "unknown option": ([file, *ENGLISH, "--ipaa"], "--ipa"),
        "no process": ([file, *ENGLISH, "-j", "0"], "x>=1"),
        "several files without -o": ([file, file, *ENGLISH], "-o DIRECTORY/"),
        "several files to a file": ([file, file, *ENGLISH, "-o", file], "-o DIRECTORY/"),
        "no match": ([tmp_path / "*.nope", *ENGLISH], "no file has such a name"),
        "one name twice": (
            [file, tmp_path / "sub" / "in.conll", *ENGLISH, "-o", f"{tmp_path}/out/"],
            "would both be written",
        ),
        "output is input": ([file, *ENGLISH, "-o", file], "would overwrite an input"),
        "output is a link to input": (
            [file, *ENGLISH, "-o", tmp_path / "link"],
            "would overwrite an input",
        ),
        "output is the input under another name": (
            [file, *ENGLISH, "-o", tmp_path / "hard"],
            "would overwrite an input",
        ),
        "output folder holds input": ([file, *ENGLISH, "-o", tmp_path], "would overwrite an input"),
        "a part of the output is input": (
            [tmp_path / "o.part", *ENGLISH, "-o", tmp_path / "o", "--resume"],
            "o.part: the output would overwrite an input",
        ),
        "an output is the part of another": (
            [file, tmp_path / "in.conll.part", *ENGLISH, "-o", f"{tmp_path}/out/", "--resume"],
            "two outputs",
        ),
        "a name of nothing": ([file, *ENGLISH, "-o", ""], "-o names nothing"),
        "resume to stdout": ([file, *ENGLISH, "--resume"], "--resume needs files"),
        "stdin twice": (["-", "-", *ENGLISH, "-o", f"{tmp_path}/out/"], "once only"),
        "stdin to a folder": (["-", *ENGLISH, "-o", f"{tmp_path}/out/"], "has no name"),
        "a promise not kept": ([file, *ENGLISH, "-o", tmp_path / "o.jsonl"], "keeps the format"),
    }


@pytest.mark.parametrize("number", range(23))
def test_what_cannot_be_meant_is_a_usage_error_and_writes_nothing(cli, file, tmp_path, number):
    args, message = list(usage_errors(tmp_path).values())[number]
    before = sorted(tmp_path.rglob("*"))
    outcome = cli("transcribe", *args)
    assert outcome.code == 2
    assert message in outcome.err
    assert outcome.out == b""
    assert sorted(tmp_path.rglob("*")) == before
    assert file.read_text("utf-8") == CONLL


def test_standard_output_appended_to_the_input_is_refused(start, file):
    with open(file, "ab") as appended:
        process = start("transcribe", file, *ENGLISH, output=appended)
        _, err = process.communicate()
    assert process.returncode == 2
    assert b"would overwrite an input" in err
    assert file.read_text("utf-8") == CONLL


@pytest.mark.skipif(os.name != "posix", reason="closes a descriptor by the shell")
def test_a_closed_standard_error_changes_nothing(file):
    shell = f'"{sys.executable}" -m cjkv_phon transcribe "{file}" {" ".join(ENGLISH)}'
    closed, usual = (
        subprocess.run(shell + end, shell=True, stdout=subprocess.PIPE) for end in (" 2>&-", "")
    )
    assert closed.returncode == 0
    assert closed.stdout == usual.stdout != b""


def test_every_usage_error_is_tested(file, tmp_path):
    assert len(usage_errors(tmp_path)) == 23


def test_every_option_is_documented():
    page = Path(__file__).parents[2] / "docs" / "guide" / "command-line.md"
    text = page.read_text("utf-8")
    options = {name for param in transcribe.command.params for name in param.opts if "-" in name}
    assert {name for name in options if f"`{name}" not in text} == set()


class Terminal:
    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


def test_progress_shows_share_rate_and_time_left():
    with ProgressLine(Terminal(), 2) as line:
        task = Task("a.conll", "b")
        line.report(Progress(task, 100, 1000, 5, 50, is_new=False))
        last = Progress(task, 300, 1000, 5, 50, is_new=True)
        line.report(last)
        assert line.line(last, 10.0) == "1/2 a.conll · 30% · 100 tokens · 5 tokens/s · 0:00:35 left"


def test_progress_clears_its_line():
    terminal = Terminal()
    with ProgressLine(terminal, 1):
        pass
    assert terminal.text == "\r\x1b[K"


def test_progress_of_a_pipe_has_no_share():
    line = ProgressLine(Terminal(), 1)
    last = Progress(Task("-", "-"), 0, None, 5, 50, is_new=True)
    line.report(last)
    assert line.line(last, 10.0) == "- · 50 tokens · 5 tokens/s"


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a pseudo-terminal")
def test_progress_is_silent_off_a_terminal(cli, file):
    assert cli("transcribe", file, *ENGLISH).err == ""


def test_ray_needs_a_directory(cli, file):
    outcome = cli("transcribe", file, *ENGLISH, "--runner", "ray")
    assert outcome.code == 2
    assert "needs a new directory" in outcome.err


def test_an_address_needs_ray(cli, file):
    assert "--runner ray" in cli("transcribe", file, *ENGLISH, "--address", "auto").err


EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("name", "lang", "facts"),
    [
        ("korean.conll", "ko", ["독립문\tPROPN\tB-LOC\ttoŋnimmun\tdongnimmun\n"]),
        (
            "japanese.conll",
            "ja",
            ["産業\tNOUN\tO\tsaɴɡʲoː\tsangyō\n", "東京\tPROPN\tB-LOC\ttoːkʲoː"],
        ),
        ("chinese.conll", "zh", ["银行\tNOUN\tO\tin˧˥xaŋ˧˥\tyínháng\n", "\thángzhǎng\n"]),
        ("vietnamese.conll", "vi", ["là\tAUX\tO\tlaː˨˩\tlà\n"]),
        ("korean-panx.tsv", "ko", ["독립문\tB-LOC\ttoŋnimmun\tdongnimmun\n"]),
        ("japanese.conllu", "ja", ["|Translit=denshi|Ipa=deɴɕi\n", "|Translit=wa|Ipa=wa\n"]),
        ("chinese.jsonl", "zh", ['"romanization": ["yínháng", "hángzhǎng", "zài"']),
        ("vietnamese.txt", "vi", ["laː˨˩ tʰu˧˩ ɗo˧˧ kuə˧˩ "]),
    ],
)
def test_the_examples_come_out_transcribed(cli, name, lang, facts):
    outcome = cli("transcribe", EXAMPLES / name, "-l", lang)
    assert (outcome.code, outcome.err) == (0, "")
    for fact in facts:
        assert fact in outcome.out.decode()
