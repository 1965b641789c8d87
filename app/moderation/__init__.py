"""The desks of the office: what is due, what to answer, what to hide and restore."""
