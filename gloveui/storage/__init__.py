"""Files in, values out; every write is atomic."""
