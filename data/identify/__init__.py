"""Identity: which keys and printed names are one paper, one person, one institution, and by what evidence."""
