"""Channels: kernels that span them all, banks of kernels, groups."""
