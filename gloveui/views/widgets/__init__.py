"""Small visual parts that the panels share."""
