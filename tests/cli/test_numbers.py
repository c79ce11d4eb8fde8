"""Numbers that are none, or beyond all files, are refused where they are typed."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from cjkv_phon.cli import group


@pytest.mark.parametrize("number", ["nan", "inf", "2", "-1"])
def test_a_weight_is_a_share(number: str) -> None:
    typed = ["dictionary", "build", "a.txt", "b.txt", "--from", "ja", "--to", "ko"]
    result = CliRunner().invoke(group, [*typed, "--min-weight", number])
    assert result.exit_code == 2
    assert "--min-weight" in result.output


@pytest.mark.parametrize("number", ["0", "100001", "99999999999999999999999"])
def test_a_column_is_one_that_a_file_may_have(number: str) -> None:
    result = CliRunner().invoke(group, ["transcribe", "a.conll", "-l", "ko", "--column", number])
    assert result.exit_code == 2
    assert "1<=x<=100000" in result.output
