"""After a meeting: its minutes, and the notes that become remarks."""
