"""Files of a snapshot: layouts and encodings that its writer and its readers share."""
