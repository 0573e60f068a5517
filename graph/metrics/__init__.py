"""Measures as array kernels: many lists in, one figure a list out."""
