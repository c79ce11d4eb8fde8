"""The published PhoneXL pipeline, tool for tool: schemes ``phonexl`` and ``paper``.

``phonexl`` regenerates the released dataset token for token, oddities included;
``paper`` does what section 5.1 of the paper says, which is not the same thing.
Both need the extra ``[phonexl]``, whose pins are the versions that reproduce the
dataset. Nothing is imported until a scheme is built.
"""
