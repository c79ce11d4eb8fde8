"""One run in a process of its own: settings come in on standard input, which stays open.

When the runner dies, however it dies, the pipe closes and the worker ends too.
"""

from __future__ import annotations

import json
import os
import sys
import threading

ORPHANED = 143


def main() -> None:
    """Read a line of settings, train, leave."""
    from cjkv_phon.errors import CjkvPhonError
    from cjkv_phon_train.config import Settings
    from cjkv_phon_train.errors import heavy

    tables = json.loads(first_line(0))
    threading.Thread(target=end_with, args=(0,), daemon=True).start()
    try:
        settings = Settings.from_dict(tables)
        with heavy():
            from cjkv_phon_train.training import train
        train(settings)
    except CjkvPhonError as error:
        sys.exit(str(error))


def first_line(file: int) -> bytes:
    """Read up to the first line break, unbuffered: the rest is `end_with`'s."""
    line = b""
    while not line.endswith(b"\n"):
        more = os.read(file, 1)
        if not more:
            os._exit(ORPHANED)
        line += more
    return line


def end_with(file: int) -> None:
    """Wait until the other end of a pipe closes, then end this process at once."""
    while os.read(file, 4096):
        pass
    os._exit(ORPHANED)


if __name__ == "__main__":
    main()
