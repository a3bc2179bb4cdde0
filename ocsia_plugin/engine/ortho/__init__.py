"""From files to blocks of the bands that a model wants."""
