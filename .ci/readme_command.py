"""Print the N-th shell command block of README.md, so that CI types what a reader types."""

import re
import sys
from pathlib import Path

blocks = re.findall(
    r"^```bash\n(.*?)^```", Path("README.md").read_text(encoding="utf-8"), re.M | re.S
)
number = int(sys.argv[1])
if number > len(blocks):
    sys.exit(f"README.md has {len(blocks)} bash blocks, not {number}")
print(blocks[number - 1].strip())
