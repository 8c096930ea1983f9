"""What the engine costs, part by part, each against its peers: ``cloudsim bench engine``.

A part measures one subject and gives ratios. ``ratio`` says what a ratio is, ``every`` lists the parts, ``comparing``
holds a run against an older one, ``document`` is what machines get.

What the parts do is held by digests in the tests, so that speed is never bought with meaning.
"""
