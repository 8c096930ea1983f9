"""Policies: which free address is next. One file each, the protocol, and the registry of names."""
