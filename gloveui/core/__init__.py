"""Values and functions on values: text, counts, training, embeddings. No Qt, no settings, no printing."""
