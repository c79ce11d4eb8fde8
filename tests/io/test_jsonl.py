from __future__ import annotations

import json

import pytest

from cjkv_phon.errors import FormatError


def test_keys_come_before_the_brace_and_the_rest_of_the_line_stays(convert):
    data = b'{"id": 1.50e3, "tokens": ["ab", "cd"], "z": {"a":  [1,2]} } \r\n\n'
    assert convert(data) == (
        b'{"id": 1.50e3, "tokens": ["ab", "cd"], "z": {"a":  [1,2]}, "ipa": ["ba", "dc"], '
        b'"romanization": ["AB", "CD"] } \r\n\n'
    )


def test_a_compact_line_stays_compact(convert):
    assert convert(b'{"tokens":["a","b"]}', "jsonl") == (
        b'{"tokens":["a","b"],"ipa":["a","b"],"romanization":["A","B"]}'
    )


def test_a_line_in_ascii_escapes_stays_in_ascii(convert):
    out = convert(b'{"tokens": ["\\uac00"]}\n', "jsonl")
    assert out == b'{"tokens": ["\\uac00"], "ipa": ["\\uac00"], "romanization": ["\\uac00"]}\n'


def test_line_separators_are_escaped(convert):
    out = convert('{"é": 1, "tokens": ["a\\u2028"]}\n'.encode(), "jsonl").decode()
    assert json.loads(out)["ipa"] == ["\u2028a"]
    assert "\u2028" not in out


def test_keys_that_are_there_are_replaced_in_place(convert):
    data = b'{"ipa": 1, "tokens": ["ab"], "romanization": [2]}\n'
    assert convert(data, "jsonl") == b'{"ipa": ["ba"], "tokens": ["ab"], "romanization": ["AB"]}\n'


def test_a_text_is_cut_into_tokens_and_gains_texts(convert):
    out = json.loads(convert(b'{"text": "ab  cd!"}', "jsonl"))
    assert (out["ipa"], out["romanization"]) == ("ba  dc+!", "AB  CD!")


def test_tokens_come_before_text_and_a_field_can_be_named(convert):
    data = b'{"text": "x", "tokens": ["ab"], "w": ["cd"]}'
    assert json.loads(convert(data, "jsonl"))["ipa"] == ["ba"]
    assert json.loads(convert(data, "jsonl", field="w"))["ipa"] == ["dc"]


def test_of_a_repeated_key_the_last_one_counts(convert):
    assert b'"ipa": ["dc"]' in convert(b'{"tokens": ["ab"], "tokens": ["cd"]}', "jsonl")


def test_spaces_beside_tokens_reach_the_engine(convert):
    data = b'{"tokens": ["ab", "cd"], "spaces": [false, true]}'
    assert json.loads(convert(data, "jsonl"))["ipa"] == ["ba+", "dc"]


def test_spaces_that_do_not_fit_are_left_alone(convert):
    data = b'{"tokens": ["ab"], "spaces": "no"}'
    assert json.loads(convert(data, "jsonl"))["ipa"] == ["ba"]


def test_null_gains_nulls(convert):
    assert json.loads(convert(b'{"tokens": null}', "jsonl"))["ipa"] is None


def test_units_carry_offsets_of_the_token(convert):
    units = json.loads(convert(b'{"tokens": ["ab", "cd"]}', "jsonl", units=True))["units"]
    assert [(u["start"], u["end"]) for token in units for u in token] == [(0, 2), (0, 2)]
    assert units[1][0]["segments"] == ["c", "d"]
    assert units[1][0]["status"] == "ok"


def test_units_of_a_text_carry_offsets_of_the_text(convert):
    units = json.loads(convert(b'{"text": "ab  cd!"}', "jsonl", units=True))["units"]
    assert [(u["start"], u["end"]) for token in units for u in token] == [(0, 2), (4, 6), (6, 7)]


def test_a_number_of_ten_thousand_digits_stays(convert):
    number = b"1" * 10_000
    assert number in convert(b'{"n": ' + number + b', "tokens": []}', "jsonl")


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ('{"tokens": ["a"', 16, "not JSON"),
        ('{"tokens" ["a"]}', 11, "a colon"),
        ('{"tokens": [] "a": 1}', 15, "a comma"),
        ('{"tokens": []} x', 16, "nothing may follow"),
        ("{1: 2}", 2, "double quotes"),
        ("[1]", 1, "jq -c"),
        ('{"a": 1}', 1, "--field"),
        ('{"tokens": 3}', 12, "a number"),
        ('{"tokens": ["a", null]}', 12, "token 2 is no text but null"),
        ('{"tokens": ["a\\ud800"]}', 12, "lone surrogate"),
        ('{"text": "\\udfff"}', 10, "lone surrogate"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(convert, line, column, message):
    with pytest.raises(FormatError, match=message) as caught:
        convert(b'{"tokens": []}\n' + line.encode() + b"\n", "jsonl")
    assert (caught.value.line, caught.value.column) == (2, column)


def test_json_that_is_nested_too_deeply_is_refused(convert):
    with pytest.raises(FormatError, match="nested"):
        convert(b'{"a": ' + b"[" * 200_000, "jsonl")


def test_a_lone_surrogate_in_another_key_stays(convert):
    assert b'"x": "\\ud800"' in convert(b'{"x": "\\ud800", "tokens": []}', "jsonl")


@pytest.mark.parametrize("text", ["", "  "])
def test_a_text_without_tokens_gains_empty_texts(convert, text):
    line = b'{"text": "%s"}\n' % text.encode()
    out = json.loads(convert(line, "jsonl", units=True))
    assert out == {"text": text, "ipa": "", "romanization": "", "units": []}
