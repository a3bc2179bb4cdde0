"""OCS-IA: IGN's land-cover deep-learning models on the user's own machine."""

__version__ = "0.1.0"
