"""The languages that are run by programs of their own (Python runs in the agent). One module each, and one line here."""

import importlib

# The id of a language is the name of its module here, imported when first asked for: a slot for Python alone reads none.
LANGUAGES = (
    "javascript",
    "typescript",
    "c",
    "cpp",
    "bash",
    "ruby",
    "perl",
    "php",
    "lua",
    "sql",
    "awk",
    "tcl",
    "scheme",
    "commonlisp",
    "prolog",
    "r",
    "fortran",
    "pascal",
    "nim",
    "d",
    "csharp",
    "elixir",
    "go",
    "rust",
    "java",
    "ocaml",
    "haskell",
    "racket",
)


def module_of(language):
    """The module of a language id, or None when it is none of these."""
    return importlib.import_module("." + language, __name__) if language in LANGUAGES else None
