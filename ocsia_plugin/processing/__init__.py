"""The algorithms of the provider ``ocsia``: parameters in, a job for the engine out, layers and styles back."""
