"""The demo town and its tools."""
