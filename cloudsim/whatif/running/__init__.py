"""One replication: workloads drive the operations, and gauges tell what comes of it."""
