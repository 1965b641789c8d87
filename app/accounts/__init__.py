"""People, how they sign in, the organisations they speak for, and the roles of the office."""
