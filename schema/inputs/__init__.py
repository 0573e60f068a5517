"""Inputs: filters, orders, cursors, pages and scalars."""
