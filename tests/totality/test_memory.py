"""A corpus of a million tokens needs no more memory than one of two hundred thousand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="reads its memory from /proc"
)

# Every sentence ends in a token that never came before, so whatever has no bound
# grows for ever. The bounds are lowered, so that they are reached soon.
GROWTH = """
import json, sys
from pathlib import Path
from cjkv_phon import Transcriber, memo

lang, small, large, words = json.loads(sys.argv[1])
build = memo.Memo.__init__
memo.Memo.__init__ = lambda self, compute, entries=1000: build(self, compute, min(entries, 1000))

def peak():
    status = Path("/proc/self/status").read_text()
    return float(status.partition("VmHWM:")[2].split()[0]) / 1024

transcriber = Transcriber(lang)
size = len(words) + 1
def read(start, end):
    sentences = ([*words, f"{words[0]}{number}"] for number in range(start // size, end // size))
    for transcription in transcriber.pipe(sentences):
        assert len(transcription.ipa) == size
    return peak()
print(json.dumps([read(0, small), read(small, large)]))
"""

CASES = {
    "ko": (200_000, 1_000_000, "독립 만세 값이 없다 같이 읽고 먹는 밥을 한국어를".split()),
    "vi": (200_000, 1_000_000, "công nghiệp điện tử Việt Nam không phải là".split()),
    "zh": (10_000, 40_000, "银行 的 行长 说 一 不 了 电子 行业".split()),
    "ja": (10_000, 40_000, "日本 の 本 は 電子 産業 を 読ん だ".split()),
}


@pytest.mark.parametrize("lang", CASES)
def test_memory_does_not_grow_with_the_corpus(lang: str) -> None:
    command = [sys.executable, "-c", GROWTH, json.dumps([lang, *CASES[lang]])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    small, large = json.loads(done.stdout)
    assert large < 1.05 * small, f"{small:.1f} MB, then {large:.1f} MB"
