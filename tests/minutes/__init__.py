"""Tests of what follows from a meeting."""
