"""Floor 4: the API operations, each a generator that yields its phases, with a pure footprint beside it.

``operation`` is their contract, ``policy`` what the documents leave open, ``dispatch`` says which one does which
request. There is a folder for each subject: ``account``, ``addresses``, ``groups``, ``instances``, ``interfaces``,
``networks``, ``tagging``, and ``troubles``, which no API has. Subjects do not import each other; what several of them
need lies beside them:

    admission, tokening        the first two phases
    finding, standing          the things that a request names, and whether they may be changed
    holding, wishes            scarce things of one request, taken phase by phase; the addresses that it asks for
    attachments, memberships   an ENI on an instance; in security groups
    carried, type_limits       the addresses of an ENI; how many it may have, and how many queues
    calendar, paging, tags     how instants, lists and tags are said
"""
