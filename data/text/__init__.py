"""Text as printed: dates, characters, mojibake, and keys of titles."""
