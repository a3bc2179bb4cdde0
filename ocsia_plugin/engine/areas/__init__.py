"""Surfaces of classes in zones."""
