"""Secret links of remarks."""

from __future__ import annotations

from app.platform import keys
from app.platform.keys import hash_of, new_submission_key

__all__ = ["hash_of", "new_submission_key", "secret_of"]


def secret_of(submission_key: str) -> str:
    """The secret of a remark's link, told to its author alone."""
    return keys.secret_of("remark", submission_key)
