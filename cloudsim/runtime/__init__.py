"""Floor 6: where people wait. trio lives here and above."""
