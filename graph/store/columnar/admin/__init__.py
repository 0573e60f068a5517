"""Administration of snapshots: checks, differences, coverage."""
