"""Sessions that turn blocks of bytes into probabilities."""
