"""Floor 5: one world in virtual time. Kernel, cloud, latency and faults come together here; nothing waits yet."""
