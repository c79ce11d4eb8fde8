from cjkv_phon.width import padded, text_table, width


def test_han_kana_and_hangul_are_two_columns_wide():
    assert [width(text) for text in ("電", "か", "한", "a", "p͈", "Ａ", "")] == [2, 2, 2, 1, 1, 2, 0]


def test_cells_stand_under_each_other():
    lines = text_table([["電子", "x"], ["a", "y"]]).split("\n")
    assert width(lines[0][: lines[0].index("x")]) == width(lines[1][: lines[1].index("y")])
    assert padded("電", 4) == "電  "
