"""What is printed for the door: the list to sign, and badges."""
