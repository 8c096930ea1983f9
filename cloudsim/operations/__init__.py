"""Floor 4: the API operations, each a generator that yields its phases, with a pure footprint beside it."""
