"""The network does what its definition says, in any batch."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.chinese.polyphones import PolyphoneModel, polyphone_model

SIZE, INPUT, CLASSES = 3, 4, 7
CHARACTERS = ["", "", "", "", *"甲乙丙丁戊"]
Arrays = dict[str, npt.NDArray[np.float32]]


def random_arrays(seed: int) -> Arrays:
    draw = np.random.default_rng(seed)

    def weights(*shape: int) -> npt.NDArray[np.float32]:
        return draw.normal(size=shape).astype(np.float32)

    arrays: Arrays = {
        "embedding_weight": weights(len(CHARACTERS), INPUT),
        "logit_layer_0_weight": weights(5, 2 * SIZE),
        "logit_layer_0_bias": weights(5),
        "logit_layer_2_weight": weights(CLASSES, 5),
        "logit_layer_2_bias": weights(CLASSES),
    }
    for suffix in ("", "_reverse"):
        arrays[f"lstm_weight_ih_l0{suffix}"] = weights(4 * SIZE, INPUT)
        arrays[f"lstm_weight_hh_l0{suffix}"] = weights(4 * SIZE, SIZE)
        arrays[f"lstm_bias_ih_l0{suffix}"] = weights(4 * SIZE)
        arrays[f"lstm_bias_hh_l0{suffix}"] = weights(4 * SIZE)
    arrays["characters"] = np.array(CHARACTERS)  # type: ignore[assignment]
    arrays["specials"] = np.array([1, 2, 3])  # type: ignore[assignment]
    arrays["classes"] = np.array([f"a{i}" for i in range(CLASSES)])  # type: ignore[assignment]
    arrays["targets"] = np.array(list("甲乙"))  # type: ignore[assignment]
    return arrays


def logistic(x: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1 / (1 + np.exp(-x))


def literal(arrays: Arrays, text: str) -> npt.NDArray[np.float64]:
    """The textbook BiLSTM, one sentence and one step at a time, in double precision."""
    a = {k: v.astype(np.float64) for k, v in arrays.items() if v.dtype == np.float32}
    ids = [2, *[CHARACTERS.index(c) if c in CHARACTERS else 1 for c in text], 3]
    both = []
    for suffix, order in (("", ids), ("_reverse", ids[::-1])):
        h = np.zeros(SIZE)
        c = np.zeros(SIZE)
        states = []
        for i in order:
            z = a[f"lstm_weight_ih_l0{suffix}"] @ a["embedding_weight"][i]
            z = z + a[f"lstm_bias_ih_l0{suffix}"] + a[f"lstm_bias_hh_l0{suffix}"]
            z = z + a[f"lstm_weight_hh_l0{suffix}"] @ h
            entry, keep, new, out = np.split(z, 4)
            c = logistic(keep) * c + logistic(entry) * np.tanh(new)
            h = logistic(out) * np.tanh(c)
            states.append(h)
        both.append(states if not suffix else states[::-1])
    hidden = np.concatenate([np.array(both[0]), np.array(both[1])], axis=1)[1:-1]
    inner = np.maximum(hidden @ a["logit_layer_0_weight"].T + a["logit_layer_0_bias"], 0)
    return inner @ a["logit_layer_2_weight"].T + a["logit_layer_2_bias"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100), st.lists(st.text("甲乙丙丁戊x", min_size=1, max_size=9), max_size=6))
def test_batches_agree_with_the_literal_network(seed: int, texts: list[str]) -> None:
    arrays = random_arrays(seed)
    model = PolyphoneModel(arrays)
    seen = set()
    for rows, scores in model.scores(texts, [range(len(text)) for text in texts]):
        for (number, offset), row in zip(rows.tolist(), scores, strict=True):
            seen.add((number, offset))
            expected = literal(arrays, texts[number])[offset]
            assert np.allclose(row, expected, atol=1e-3, rtol=1e-3)
    assert seen == {(i, j) for i, text in enumerate(texts) for j in range(len(text))}


def best(text: str, offset: int) -> str:
    model = polyphone_model()
    ((_, scores),) = model.scores([text], [[offset]])
    return model.classes[int(scores[0].argmax())]


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("他去中国银行取钱。", 5, "hang2"),
        ("他行走在路上。", 1, "xing2"),
        ("长江是中国最长的河流。", 6, "chang2"),
        ("他是一位校长。", 5, "zhang3"),
        ("音乐会开始了。", 1, "yue4"),
    ],
)
def test_the_shipped_network_reads_in_context(text: str, offset: int, expected: str) -> None:
    assert best(text, offset) == expected


def test_nothing_asked_nothing_computed() -> None:
    assert list(polyphone_model().scores(["银行", ""], [[], []])) == []
