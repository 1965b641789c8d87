"""Meetings of a consultation: when, where, what about, and what came of them."""
