"""Make the flite tables of `cjkv_phon.phonexl` from the flite that is installed.

On Debian: ``apt-get install libflite1``, then ``python tools/make_flite_table.py``
writes the tables, and with ``--check`` compares them with those of the package.
"""

from __future__ import annotations

import argparse
import ctypes
import sys
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "cjkv_phon" / "phonexl" / "data"
LIBRARIES = ("libflite.so.1", "libflite_usenglish.so.1", "libflite_cmulex.so.1")
ENTRY = 255  # the byte between the phones of an entry and its word
LEAF = 255  # the feature of a rule that ends a tree
REACH = 4  # letters of context on either side

HEADER = """\
# {title}
# Source: libflite_cmulex.so of CMU flite 2.2 (Debian 2.2-5), read by tools/make_flite_table.py.
# Licence: copyright Carnegie Mellon University; free with notice, see flite-COPYING.txt.
# {columns}
"""
LEXICON = HEADER.format(
    title="The words that flite's lex_lookup finds by exact match.",
    columns="word\tARPAbet phones with stress, separated by spaces; none if the word is silent",
)
LETTERS = HEADER.format(
    title="The decision trees by which flite reads the letters of a word that it does not know.",
    columns="letter\ttree in prefix order: +1h asks whether the letter one place to the right is h"
    " (0 and # stand around the word), then come the yes branch and the no branch;"
    " else phones joined by -, _ for none",
)


class Rules(ctypes.Structure):
    """``cst_lts_rules``."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("letter_index", ctypes.POINTER(ctypes.c_uint16)),
        ("models", ctypes.POINTER(ctypes.c_uint8)),
        ("phone_table", ctypes.POINTER(ctypes.c_char_p)),
    )


class Lexicon(ctypes.Structure):
    """``cst_lexicon``."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("num_entries", ctypes.c_int),
        ("data", ctypes.POINTER(ctypes.c_uint8)),
        ("num_bytes", ctypes.c_int),
        ("phone_table", ctypes.POINTER(ctypes.c_char_p)),
        ("lts_rule_set", ctypes.POINTER(Rules)),
        ("syl_boundary", ctypes.c_void_p),
        ("lts_function", ctypes.c_void_p),
        ("addenda", ctypes.POINTER(ctypes.POINTER(ctypes.c_char_p))),
        ("phone_hufftable", ctypes.POINTER(ctypes.c_char_p)),
        ("entry_hufftable", ctypes.POINTER(ctypes.c_char_p)),
    )


class Flite:
    """The installed flite and its English lexicon."""

    def __init__(self) -> None:
        *_, cmulex = libraries = [ctypes.CDLL(name, ctypes.RTLD_GLOBAL) for name in LIBRARIES]
        self._flite = libraries[0]
        self._flite.flite_init()
        for name in ("lex_lookup", "val_car", "val_cdr"):
            getattr(self._flite, name).restype = ctypes.c_void_p
        self._flite.val_string.restype = ctypes.c_char_p
        cmulex.cmu_lex_init.restype = ctypes.POINTER(Lexicon)
        self._pointer = cmulex.cmu_lex_init()
        self.lexicon: Any = self._pointer.contents

    def words(self) -> list[str]:
        """Return every word of the lexicon, those of its addenda included."""
        data = bytes(self.lexicon.data[: self.lexicon.num_bytes])
        found = set()
        for place, byte in enumerate(data):
            if byte == ENTRY:
                end = data.index(0, place)
                pieces = [self.lexicon.entry_hufftable[code] for code in data[place + 1 : end]]
                found.add(b"".join(pieces).decode("ascii"))
        place = 0
        while self.lexicon.addenda[place]:
            found.add(self.lexicon.addenda[place][0].decode("ascii"))
            place += 1
        return sorted({entry[1:] for entry in found})  # the first character is a part of speech

    def look_up(self, word: str) -> list[str]:
        """Return the phones of a word, as flite's ``lex_lookup`` prints them."""
        item = self._flite.lex_lookup(self._pointer, word.encode("ascii"), None, None)
        phones = []
        while item:
            car = self._flite.val_car(ctypes.c_void_p(item))
            phones.append(self._flite.val_string(ctypes.c_void_p(car)).decode("ascii"))
            item = self._flite.val_cdr(ctypes.c_void_p(item))
        return phones

    def tree(self, letter: str) -> str:
        """Return the tree of a letter in prefix order."""
        rules = self.lexicon.lts_rule_set.contents
        tokens: list[str] = []
        pending = [rules.letter_index[ord(letter) - ord("a")]]
        while pending:
            start = 6 * pending.pop()
            feature, value, *branches = rules.models[start : start + 6]
            if feature == LEAF:
                phones = rules.phone_table[value].decode("ascii")
                tokens.append("_" if phones == "epsilon" else phones)
                continue
            offset = feature - REACH if feature < REACH else feature - REACH + 1
            tokens.append(f"{offset:+d}{chr(value)}")
            yes, no = (int.from_bytes(branches[at : at + 2], sys.byteorder) for at in (0, 2))
            pending += [no, yes]
        return " ".join(tokens)


def tables() -> dict[str, str]:
    """Return the text of each table by its file name."""
    flite = Flite()
    lexicon = [f"{word}\t{' '.join(flite.look_up(word))}\n" for word in flite.words()]
    letters = [f"{letter}\t{flite.tree(letter)}\n" for letter in "abcdefghijklmnopqrstuvwxyz"]
    return {
        "flite_lexicon.tsv": LEXICON + "".join(lexicon),
        "flite_letter_to_sound.tsv": LETTERS + "".join(letters),
    }


def main() -> None:
    """Write the tables, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare and write nothing")
    arguments = parser.parse_args()
    try:
        made = tables()
    except OSError as error:
        sys.exit(f"{error}. On Debian type: apt-get install libflite1")
    for name, text in made.items():
        path = DATA / name
        if not arguments.check:
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path} is not what the installed flite gives")
        verb = "agrees" if arguments.check else "written"
        sys.stdout.write(f"{name}: {verb}\n")


if __name__ == "__main__":
    main()
