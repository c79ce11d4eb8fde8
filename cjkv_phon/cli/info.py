"""``cjkv-phon info``: what is installed, and what to type for the rest."""

from __future__ import annotations

import importlib.util
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click

from cjkv_phon.cli.options import refuse_idle
from cjkv_phon.errors import MissingDependencyError
from cjkv_phon.schemes import DEFAULT_SCHEME, registry
from cjkv_phon.version import __version__

# Extra → a module that it brings, and what it is for.
EXTRAS = {
    "parquet": ("pyarrow", "Parquet files"),
    "zstd": ("zstandard", "Zstandard files (.zst)"),
    "spacy": ("spacy", "spaCy pipelines"),
    "datasets": ("datasets", "Hugging Face datasets"),
    "ray": ("ray", "clusters"),
    "train": ("transformers", "training PhoneXL (cjkv-phon-train)"),
    "plots": ("matplotlib", "plots of experiments (cjkv-phon-train report)"),
}
READY = "ready"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--stats", "files", multiple=True, metavar="FILE",
    help="Count FILE instead: samples, labels, mean lengths. May be repeated.",
)  # fmt: skip
@click.option(
    "--tokenizer", "tokenizers", multiple=True, metavar="NAME_OR_DIR",
    help="Tokenizer to count subwords with. May be repeated.",
)  # fmt: skip
@click.option("-l", "--lang", metavar="LANG", help="Language of FILE, if it holds no IPA.")
@click.option(
    "--scheme", default=DEFAULT_SCHEME, show_default=True, metavar="NAME",
    help="How that language is transcribed.",
)  # fmt: skip
def command(
    as_json: bool,
    files: tuple[str, ...],
    tokenizers: tuple[str, ...],
    lang: str | None,
    scheme: str,
) -> None:
    """Show versions, schemes and which engines are installed.

    Every engine is built once, so what is called ready works. With --stats,
    count files as tokenizers see them.
    """
    if files or tokenizers:
        if not (files and tokenizers):
            raise click.UsageError("--stats FILE and --tokenizer NAME_OR_DIR go together")
        if lang is None:
            refuse_idle("says nothing without --lang: the files' own IPA is counted", "scheme")
        from cjkv_phon.cli.statistics import statistics_rows, statistics_text

        rows = statistics_rows(files, tokenizers, lang, scheme)
        told = json.dumps(rows, ensure_ascii=False) if as_json else statistics_text(rows)
        click.echo(told)
        return
    refuse_idle("needs --stats FILE", "lang", "scheme")
    report = {
        "version": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "schemes": [scheme_row(scheme, lang) for scheme, lang in _in_order(registry())],
        "extras": [_extra_row(extra) for extra in EXTRAS],
    }
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else text(report))


def scheme_row(scheme: str, lang: str) -> dict[str, str]:
    """Build one engine and say how that went.

    Returns:
        ``scheme``, ``lang``, ``status`` (``ready`` or what is wrong),
        ``signature`` (empty if it is not ready) and ``install`` (the command
        that helps, empty where none would).
    """
    from cjkv_phon.transcriber import Transcriber

    row = {"scheme": scheme, "lang": lang, "status": READY, "signature": "", "install": ""}
    try:
        row["signature"] = Transcriber(lang, scheme).signature
    except MissingDependencyError as error:
        row["status"] = f"{error.package} is not installed"
        row["install"] = f'pip install "cjkv-phon[{error.extra}]"'
    except Exception as error:  # a third party's engine may fail in any way
        cause = error.__cause__ or error
        row["status"] = f"broken: {type(cause).__name__}: {' '.join(str(cause).splitlines())}"
    return row


def text(report: dict[str, Any]) -> str:
    """Return the report as lines for a person."""
    lines = [
        f"cjkv-phon {report['version']} · Python {report['python']} · {report['platform']}",
        "",
        "Schemes",
    ]
    for row in report["schemes"]:
        engines = row["signature"].split("|")[-2:-1]
        made_of = "" if engines in ([], ["none"]) else f" ({engines[0].replace('+', ', ')})"
        lines.append(f"  {row['scheme']:<10}{row['lang']:<4}{row['status']}{made_of}")
    lines += ["", "Extras"]
    for row in report["extras"]:
        state = f"{row['module']} {row['version']}" if row["version"] else "not installed"
        lines.append(f"  {row['extra']:<14}{state} · {row['purpose']}")
    missing = [row["install"] for row in [*report["schemes"], *report["extras"]] if row["install"]]
    if missing:
        lines += [
            "",
            "To install what is missing",
            *(f"  {line}" for line in dict.fromkeys(missing)),
        ]
    return "\n".join(lines)


def _in_order(keys: Any) -> list[tuple[str, str]]:
    return sorted(keys, key=lambda key: (key[0] != DEFAULT_SCHEME, key))


def _extra_row(extra: str) -> dict[str, str]:
    module, purpose = EXTRAS[extra]
    try:
        found = version(module) if importlib.util.find_spec(module) else ""
    except (PackageNotFoundError, ValueError):
        found = ""
    install = "" if found else f'pip install "cjkv-phon[{extra}]"'
    return {
        "extra": extra, "module": module, "version": found, "purpose": purpose, "install": install,
    }  # fmt: skip
