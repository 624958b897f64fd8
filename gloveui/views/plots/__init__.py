"""Pictures of numbers, drawn with pyqtgraph in the colours of the theme."""
