"""What the tests of the laboratory share: each allocator that is installed, by name."""

from cloudsim.lab.catalogue import Entry, chosen

ENTRIES = {entry.name: entry for entry in chosen([]) if entry.is_installed}


def entry(name: str) -> Entry:
    return ENTRIES[name]
