"""The window: widgets, panels and plots over the session."""
