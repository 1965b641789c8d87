"""A text of law as a Word file, with what changed between two of its editions tracked. Pure."""
