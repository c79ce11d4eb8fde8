import pytest
from click.testing import CliRunner

from cjkv_phon.cli import group

COMMANDS = (
    "view {a} -l ko -o {a}",
    "align {a} -l ko --tokenizer none -o {a}",
    "cognates {a} {b} --from ja --to ko -o {a}",
    "cognates {a} {b} --from ja --to ko -o {b}",
    "dictionary build {a} {b} --from ja --to ko -o {b}",
    "dictionary transcribe {a} --from ja --to ko -o {a}",
)


@pytest.mark.parametrize("line", COMMANDS)
def test_no_command_replaces_the_file_it_reads(line, tmp_path):
    paths = {name: tmp_path / f"{name}.txt" for name in "ab"}
    for path in paths.values():
        path.write_text("電子 전자\n", encoding="utf-8")
    outcome = CliRunner().invoke(group, line.format(**paths).split())
    assert outcome.exit_code == 2
    assert "would overwrite the input" in outcome.output
    assert {path.read_text(encoding="utf-8") for path in paths.values()} == {"電子 전자\n"}
