"""An open snapshot: its memory maps, column readers and the index of words."""
