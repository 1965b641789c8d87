"""Who may do what here, and when."""
