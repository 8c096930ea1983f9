"""What-ifs: when do we run out, of what, how likely, and what would do."""
