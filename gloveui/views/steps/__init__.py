"""The cards of the column at the left, one for each step."""
