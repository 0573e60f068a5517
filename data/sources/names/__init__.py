"""Printed names and author lists, as all sources read them."""
