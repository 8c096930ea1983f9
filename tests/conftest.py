"""How much hypothesis tries, by profile.

``CLOUDSIM_HYPOTHESIS`` names the profile: ``dev`` while writing, ``ci`` (the default: the same examples at every run),
``deep`` for a night. There are no deadlines: time is virtual, and the machines of CI are shared.
"""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("dev", max_examples=20, stateful_step_count=20, deadline=None)
settings.register_profile("ci", max_examples=60, stateful_step_count=30, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "deep",
    max_examples=3000,
    stateful_step_count=80,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile(os.environ.get("CLOUDSIM_HYPOTHESIS", "ci"))
