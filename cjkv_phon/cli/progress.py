"""Progress on a terminal: one line on stderr, rewritten in place."""

from __future__ import annotations

import time
from typing import TextIO

from cjkv_phon.io.pipeline import Progress

_EVERY_SECONDS = 0.2


class ProgressLine:
    """Shows share, rate and time left while files are transcribed.

    Says nothing unless the stream is a terminal.

    Args:
        stream: Where to write; None where standard error is closed.
        files: How many files there are.
    """

    def __init__(self, stream: TextIO | None, files: int) -> None:
        self._terminal = stream if stream is not None and stream.isatty() else None
        self._files = files
        self._started = self._shown_at = time.monotonic()
        self._tasks: dict[object, None] = {}
        self._tokens = self._new_tokens = self._new_bytes = 0
        self._read = 0

    def report(self, progress: Progress) -> None:
        """Take one chunk into account and show it."""
        if progress.task not in self._tasks:
            self._tasks[progress.task] = None
            self._read = 0
        advance = progress.read - self._read
        self._read = progress.read
        self._tokens += progress.tokens
        if progress.is_new:
            self._new_tokens += progress.tokens
            self._new_bytes += advance
        now = time.monotonic()
        if self._terminal is not None and now - self._shown_at >= _EVERY_SECONDS:
            self._shown_at = now
            self._terminal.write(f"\r\x1b[K{self.line(progress, now - self._started)}")
            self._terminal.flush()

    def line(self, progress: Progress, seconds: float) -> str:
        """Return what is shown after so many seconds."""
        seconds = max(seconds, 1e-6)
        parts = [progress.task.source]
        if self._files > 1:
            parts[0] = f"{len(self._tasks)}/{self._files} {parts[0]}"
        parts.append(f"{self._tokens:,} tokens")
        parts.append(f"{self._new_tokens / seconds:,.0f} tokens/s")
        if progress.size:
            parts.insert(1, f"{progress.read / progress.size:.0%}")
            if self._new_bytes:
                left = (progress.size - progress.read) * seconds / self._new_bytes
                parts.append(f"{_clock(left)} left")
        return " · ".join(parts)

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal is not None:
            self._terminal.write("\r\x1b[K")
            self._terminal.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
