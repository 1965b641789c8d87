"""Who did what, when and why: written with the deed, never changed afterwards."""
