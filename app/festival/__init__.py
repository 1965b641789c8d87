"""NGO Day: stands on the square and the programme of the stage."""
