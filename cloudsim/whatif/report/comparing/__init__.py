"""Two variants side by side: which inputs differ, which outcomes do, and whether something must fail for it.

``inputs`` tells changes typed like a plan, ``outcomes`` pairs runs, ``matching`` says which variant belongs to which,
``condition`` is the small grammar of ``--fail-on``, ``comparison`` puts it together.
"""
