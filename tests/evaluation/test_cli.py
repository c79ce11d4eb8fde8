"""``cjkv-phon evaluate`` as a user types it."""

import gzip
import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cjkv_phon.cli.evaluate import command
from cjkv_phon.cli.failure import run
from cjkv_phon.engine import Engine, Options
from cjkv_phon.schemes import registry
from cjkv_phon.types import TokenTranscription, Unit


class Shout(Engine):
    """A language in which every letter sounds like itself, but x is unknown."""

    def transcribe(self, sentences):
        return [tuple(map(self._token, sentence.tokens)) for sentence in sentences]

    def _token(self, text: str) -> TokenTranscription:
        units = tuple(
            Unit(i, i + 1, c.upper(), c, (c,), c + "1", "unknown" if c == "x" else "ok")
            for i, c in enumerate(text)
        )
        status = "unknown" if "x" in text else "ok"
        return TokenTranscription(text, units, text, text.upper(), status)


def create(options: Options) -> Engine:
    return Shout(options.resolve(varieties=("here", "there"), romanizations=("shout",)))


@pytest.fixture(autouse=True)
def shout(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = types.ModuleType("shout_engine")
    module.create = create  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "shout_engine", module)
    monkeypatch.setitem(registry(), ("shout", "vi"), "shout_engine:create")
    yield


def evaluate(*args: str, stdin: str | None = None) -> str:
    result = CliRunner().invoke(command, [*args, "-l", "vi", "--scheme", "shout"], input=stdin)
    assert result.exit_code == 0, result.output
    return result.output


def test_json_holds_rates_confusions_and_the_signature() -> None:
    report = json.loads(
        evaluate("-", "--json", "--errors", "all", stdin="abc\ta b c\nax\ta y\nax\tb b\n")
    )
    assert (report["words"], report["wrong"], report["wer"]) == (2, 1, 0.5)
    assert (report["segments"], report["edits"], report["per"]) == (5, 1, 0.2)
    assert report["confusions"] == [{"gold": "y", "found": "x", "count": 1}]
    assert report["errors"] == [{"word": "ax", "gold": "ay", "found": "ax", "edits": 1}]
    assert report["unknown"] == 1
    assert report["signature"].startswith("vi|shout|broad|here|")


def test_the_text_lists_as_many_errors_as_asked() -> None:
    gold = "a\tb\nc\td\n"
    assert "a\tb\ta" not in evaluate("-", stdin=gold)
    text = evaluate("-", "--errors", "1", stdin=gold)
    assert "a\tb\ta" in text
    assert "c\td\tc" not in text
    assert "100.00%" in text


@pytest.mark.parametrize(
    ("level", "gold"), [("reading", "a\ta1\n"), ("romanization", "ab\tA B\n"), ("ipa", "ab\ta b\n")]
)
def test_each_level_compares_its_own_column(level: str, gold: str) -> None:
    assert json.loads(evaluate("-", "--json", "--level", level, stdin=gold))["wer"] == 0


def test_what_is_ignored_is_an_expression() -> None:
    assert json.loads(evaluate("-", "--json", "--ignore", "[ː˧]", stdin="a\ta ː ˧\n"))["wer"] == 0


def test_a_gzipped_lexicon_is_read_and_a_file_written(tmp_path: Path) -> None:
    gold = tmp_path / "gold.tsv.gz"
    gold.write_bytes(gzip.compress(b"\xef\xbb\xbfa\ta\n"))
    out = tmp_path / "report.json"
    assert evaluate(str(gold), "--json", "-o", str(out)) == ""
    assert json.loads(out.read_text(encoding="utf-8"))["wer"] == 0


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["--ignore", "("], "--ignore"),
        (["--errors", "many"], "--errors"),
        (["--level", "x"], "--level"),
    ],
)
def test_a_wrong_option_is_a_usage_error(args: list[str], text: str) -> None:
    result = CliRunner().invoke(
        command, ["-", "-l", "vi", "--scheme", "shout", *args], input="a\ta"
    )
    assert result.exit_code == 2
    assert text in result.output


@pytest.mark.parametrize(
    ("content", "place"), [(b"a\ta\nb\n", ":2:"), (b"a\ta\n\xff\ta\n", ":2:1:")]
)
def test_a_bad_file_is_a_data_error_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, place: str
) -> None:
    gold = tmp_path / "gold.tsv"
    gold.write_bytes(content)
    with pytest.raises(SystemExit) as caught:
        run(command, [str(gold), "-l", "vi", "--scheme", "shout"])
    assert caught.value.code == 1
    assert f"gold.tsv{place}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "args", [["-l", "xx"], ["-l", "vi", "--scheme", "shout", "--variety", "no"]]
)
def test_an_option_that_no_scheme_offers_exits_2(tmp_path: Path, args: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run(command, [str(tmp_path / "gold.tsv"), *args])
    assert caught.value.code == 2


def test_a_compressed_lexicon_cut_short_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = tmp_path / "gold.tsv.gz"
    gold.write_bytes(gzip.compress(b"a\ta\n" * 99)[:-9])
    with pytest.raises(SystemExit) as caught:
        run(command, [str(gold), "-l", "vi", "--scheme", "shout"])
    assert caught.value.code == 1
    assert capsys.readouterr().err.startswith(f"cjkv-phon: {gold}: the compressed file ends too")


def test_the_gold_is_not_overwritten(tmp_path: Path) -> None:
    gold = tmp_path / "gold.tsv"
    gold.write_text("a\ta\n", encoding="utf-8")
    (tmp_path / "link").symlink_to(gold)
    for output in (gold, tmp_path / "link"):
        result = CliRunner().invoke(
            command, [str(gold), "-l", "vi", "--scheme", "shout", "-o", str(output)]
        )
        assert result.exit_code == 2
        assert "would overwrite the input" in result.output
    assert gold.read_text(encoding="utf-8") == "a\ta\n"


def test_the_page_shows_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Path(__file__).parents[2] / "docs" / "guide" / "evaluation.md"
    command_line, gold, printed = page.read_text(encoding="utf-8").split("```")[1:6:2]
    (tmp_path / "gold.tsv").write_text(gold.lstrip("\n"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    args = command_line.split()[3:]
    result = CliRunner().invoke(command, args)
    assert result.output.strip() == printed.strip()
