"""Floor 5: which orders are tried, told, shrunk and saved, of anything that the kernel steps.

``footprints`` says which steps' orders are really different, ``ready`` keeps the pending steps of a run and writes down
each choice, ``walk`` and ``tree`` cover the whole space, the random strategies look into large ones, ``order`` and
``replay`` bring a saved schedule back, ``shrinking`` makes it small. None of them knows a cloud or a scenario: what is
explored is a :class:`~cloudsim.exploration.program.Program`.
"""
