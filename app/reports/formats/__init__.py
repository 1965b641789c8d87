"""One report, set for each medium. Every format takes the same value."""
