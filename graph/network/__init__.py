"""Small networks of people: who belongs to one, and what NetworkX makes of it."""
