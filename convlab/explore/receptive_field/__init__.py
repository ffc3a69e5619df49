"""Receptive fields: of a kernel, of a stack of layers, of real networks, and the effective one."""
