"""What needs PyTorch: making skeletons, the shipped ones and those of other architectures."""
