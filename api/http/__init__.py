"""HTTP: connections, what a request may be, and how it is answered."""
