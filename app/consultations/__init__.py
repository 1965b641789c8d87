"""A consultation: what it is about, its rounds and dates, and the phase that follows from them."""
