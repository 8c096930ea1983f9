"""Floor 3: what may be said. Requests, the rules that need no state, answers, and their forms on the wire."""
