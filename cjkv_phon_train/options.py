"""How an option is declared and how what was typed becomes its value.

No torch here, so that ``cjkv-phon-train --help`` starts at once.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import field
from typing import Any

from cjkv_phon_train.errors import SettingsError

SHARE = (0, 1)
NOT_NEGATIVE = (0, None)

Bounds = tuple[float | None, float | None]

_KINDS = {
    str: "text", int: "a whole number", float: "a finite number", bool: "true or false",
    tuple: "a list",
}  # fmt: skip
_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def declare(
    default: Any,
    text: str,
    choices: tuple[str, ...] = (),
    *,
    bounds: Bounds = (None, None),
    above: float | None = None,
    below: float | None = None,
    path: bool = False,
) -> Any:
    """Declare an option as a field of a dataclass.

    Args:
        default: Its default, which gives it its type.
        text: Its line of help.
        choices: What it may be; empty for anything.
        bounds: Least and largest value, each None for no limit.
        above: What it must exceed.
        below: What it must stay below.
        path: Whether it may name files or folders.
    """
    least, most = bounds
    limits = {"at least": least, "at most": most, "above": above, "below": below}
    facts = {"help": text, "choices": choices, "limits": limits, "path": path}
    return field(default=default, metadata=facts)


def convert(option: dataclasses.Field[Any], value: Any) -> Any:
    """Return a value in an option's type, checked against its choices and limits.

    Raises:
        SettingsError: If it cannot be.
    """
    kind: Any = type(option.default)
    try:
        if kind is tuple:
            items = value.split(",") if isinstance(value, str) else value
            result: Any = tuple(str(item).strip() for item in items if str(item).strip())
        elif kind is bool:
            result = _BOOLEANS[str(value).lower()]
        else:
            result = kind(value)
            # TOML and JSON say 2.7 or true where 3 is meant: not cut off, not 1.
            if kind in (int, float) and (isinstance(value, bool) or result != float(value)):
                raise ValueError(value)
        if kind is float and not math.isfinite(result):
            raise ValueError(value)
    except (TypeError, ValueError, KeyError, OverflowError):
        raise SettingsError(f"{option.name}={value!r} should be {_KINDS[kind]}") from None
    choices = option.metadata["choices"]
    if choices and result not in choices:
        raise SettingsError(f"{option.name}={value!r}; choose from: {', '.join(choices)}")
    if not _within(result, option.metadata["limits"]):
        raise SettingsError(f"{option.name}={value!r} must be {_said(option.metadata['limits'])}")
    return result


def _within(value: Any, limits: dict[str, float | None]) -> bool:
    least, most, above, below = limits.values()
    return (
        (least is None or value >= least)
        and (most is None or value <= most)
        and (above is None or value > above)
        and (below is None or value < below)
    )


def _said(limits: dict[str, float | None]) -> str:
    return " and ".join(f"{name} {value}" for name, value in limits.items() if value is not None)
