"""Floor 9: the command line. ``main`` declares every command and imports click alone; the bodies import the rest."""
