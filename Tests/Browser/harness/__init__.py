"""What the journeys stand on: the running server, a person at a browser, and the gates each page must pass."""
