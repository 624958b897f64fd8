"""Explore word embeddings from text to answer; the public names, loaded when first used."""

__version__ = "0.1.0"
