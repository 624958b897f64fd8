"""What the window knows and what runs behind it: session, jobs, settings. QtCore only."""
