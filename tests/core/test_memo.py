"""The cache computes once, never grows past its bound, and is never wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from cjkv_phon.memo import Memo


def test_a_value_is_computed_once() -> None:
    calls: list[str] = []
    memo: Memo[str, str] = Memo(lambda key: calls.append(key) or key.upper())  # type: ignore[func-returns-value]
    assert [memo["a"], memo["a"]] == ["A", "A"]
    assert calls == ["a"]


def test_it_never_holds_more_than_its_bound() -> None:
    memo: Memo[int, int] = Memo(lambda key: key, entries=10)
    for number in range(1000):
        assert memo[number] == number
        assert len(memo) <= 10


def test_long_keys_are_not_kept() -> None:
    memo: Memo[str, int] = Memo(len)
    assert memo["x" * 1000] == 1000
    assert not memo


def test_many_keys_give_what_each_gives() -> None:
    memo: Memo[str, str] = Memo(str.upper)
    for keys in ((), ("a",), ("b", "a", "b"), list("edcba")):
        assert memo.of_all(keys) == tuple(key.upper() for key in keys)


def test_threads_see_only_right_values() -> None:
    memo: Memo[int, int] = Memo(lambda key: key * key, entries=50)

    def work(seed: int) -> bool:
        return all(memo[(n * seed) % 97] == ((n * seed) % 97) ** 2 for n in range(5000))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(1, 9)))
