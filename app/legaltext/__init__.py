"""The structure, comparison and merging of Polish legal text, as pure functions on values.

Nothing here knows of Flask, a database or a clock; the package is usable as a library by itself.
"""
