"""Tables over arrays, for Qt's views."""
