"""Floor 0: refusals as types.

``base`` has :class:`~cloudsim.errors.base.ApiError`, the root of every documented refusal, ``own`` the product's own
errors, which are never an answer of the cloud.
"""
