"""`Corpus` and `Glove` with the names and results of glove_python, so that code written for it runs.

What differs is said in the docstrings: the model is trained by this program's own trainer, and files are
safetensors rather than pickles, which can run code when they are opened.
"""

from gloveui.compatible.corpus import Corpus
from gloveui.compatible.glove import Glove

__all__ = ["Corpus", "Glove"]
