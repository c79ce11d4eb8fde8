"""The version, alone in a file so that nothing else is imported for it."""

__version__ = "0.4.0"
