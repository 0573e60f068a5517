"""Web addresses as sources print them."""

import re

# The whole of a text is to match.
WEB_ADDRESS = re.compile(r"https?://\S+", re.I)
