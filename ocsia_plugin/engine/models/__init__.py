"""Model cards and the catalogue of models."""
