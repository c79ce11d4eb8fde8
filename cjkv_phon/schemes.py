"""Which factory builds which (scheme, language): a lazy registry.

Nothing is imported until it is used. A third party adds a scheme or a language
with an entry point in the group ``cjkv_phon.schemes`` whose name is
``scheme.lang`` and whose value is a factory ``create(options) -> Engine``:

    [project.entry-points."cjkv_phon.schemes"]
    "standard.yue" = "my_package.cantonese:create"
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import lru_cache

from cjkv_phon.engine import Engine, Options
from cjkv_phon.errors import CjkvPhonError, UnsupportedLanguageError, unsupported

Factory = Callable[[Options], Engine]

ENTRY_POINT_GROUP = "cjkv_phon.schemes"
DEFAULT_SCHEME = "standard"
ALIASES = {"cmn": "zh", "jpn": "ja", "kor": "ko", "vie": "vi", "eng": "en"}

BUILT_IN: dict[tuple[str, str], str] = {
    ("standard", "zh"): "cjkv_phon.chinese.engine:create",
    ("standard", "ja"): "cjkv_phon.japanese.engine:create",
    ("standard", "ko"): "cjkv_phon.korean.engine:create",
    ("standard", "vi"): "cjkv_phon.vietnamese.engine:create",
    ("phonexl", "zh"): "cjkv_phon.phonexl.chinese:create",
    ("phonexl", "ja"): "cjkv_phon.phonexl.japanese:create",
    ("phonexl", "ko"): "cjkv_phon.phonexl.korean:create",
    ("phonexl", "vi"): "cjkv_phon.phonexl.vietnamese:create",
    ("phonexl", "en"): "cjkv_phon.phonexl.english:create",
    ("paper", "zh"): "cjkv_phon.phonexl.chinese:create_paper",
    ("paper", "ja"): "cjkv_phon.phonexl.japanese:create_paper",
    ("paper", "ko"): "cjkv_phon.phonexl.korean:create_paper",
    ("paper", "vi"): "cjkv_phon.phonexl.vietnamese:create_paper",
    ("paper", "en"): "cjkv_phon.phonexl.english:create_paper",
}


@lru_cache(maxsize=1)
def registry() -> dict[tuple[str, str], str]:
    """Return every (scheme, language) with its ``module:factory``.

    Built-in names win over entry points, so that installing a package never
    changes what a documented scheme means.
    """
    # Slow to import, and not needed for what is built in.
    from importlib.metadata import entry_points

    found: dict[tuple[str, str], str] = {}
    for point in entry_points(group=ENTRY_POINT_GROUP):
        scheme, _, lang = point.name.rpartition(".")
        if scheme and lang:
            found[scheme, lang] = point.value
    return found | BUILT_IN


def languages() -> tuple[str, ...]:
    """Return every language code that some scheme knows, sorted."""
    return tuple(sorted({lang for _, lang in registry()}))


def schemes_for(lang: str) -> tuple[str, ...]:
    """Return the names of the schemes that know a language, the default first."""
    names = {scheme for scheme, known in registry() if known == lang}
    return tuple(sorted(names, key=lambda name: (name != DEFAULT_SCHEME, name)))


def canonical_language(lang: str) -> str:
    """Return the canonical code of a language.

    Args:
        lang: A code or an alias, in any case: ``ko``, ``kor``, ``KO``, ``zh-TW``.

    Raises:
        UnsupportedLanguageError: If no scheme knows it.
    """
    code = lang.strip().lower().replace("_", "-").partition("-")[0]
    code = ALIASES.get(code, code)
    if not any(code == lang for _, lang in BUILT_IN) and code not in languages():
        known = ", ".join(languages())
        raise UnsupportedLanguageError(f"lang={lang!r} is not supported; choose from: {known}")
    return code


def create(options: Options) -> Engine:
    """Build the engine for options whose language is canonical.

    Raises:
        UnsupportedOptionError: If the language has no such scheme, or the
            scheme does not offer one of the options.
        MissingDependencyError: If the scheme needs a package of an extra.
        CjkvPhonError: If a third party's scheme cannot be built.
    """
    key = (options.scheme, options.lang)
    target = BUILT_IN.get(key) or registry().get(key)
    if target is None:
        raise unsupported(
            f"lang={options.lang!r}: scheme", options.scheme, schemes_for(options.lang)
        )
    try:
        return _factory(target)(options)
    except CjkvPhonError:
        raise
    except Exception as error:
        if key in BUILT_IN:
            raise
        raise CjkvPhonError(
            f"the scheme {options.scheme}.{options.lang} of {target} is broken "
            f"({type(error).__name__}: {error}); update or uninstall the package it comes from"
        ) from error


def _factory(target: str) -> Factory:
    module, _, attribute = target.partition(":")
    factory: Factory = getattr(importlib.import_module(module), attribute)
    return factory
