"""What people may ask about their own data, which reaches into every room."""
