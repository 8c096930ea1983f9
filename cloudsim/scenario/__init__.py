"""Floor 7: scenarios: a world, a drive through it, and what is to be seen at its end."""
