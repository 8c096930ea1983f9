"""Floor 0: refusals as types.

``base`` has :class:`~cloudsim.errors.base.ApiError`, the root of every documented refusal. The refusals lie in files of
one subject each; ``codes`` is their registry, and ``table`` says what provokes each, by operation. ``own`` has the
product's own errors, which are never an answer of the cloud.
"""
