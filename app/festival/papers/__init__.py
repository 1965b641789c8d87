"""What is printed of NGO Day: the programme as a sheet to hang up."""
