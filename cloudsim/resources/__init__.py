"""Floor 3: what exists. State, its invariants, and the scarce things with their holds.

Nothing here waits or draws chance.
"""
