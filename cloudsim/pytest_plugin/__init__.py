"""The pytest plug-in: tests that are tried in many orders, and simulations as fixtures.

    @pytest.mark.cloudsim(schedules=200)
    async def test_one_eni_for_one_token(sim): ...        # run in many orders, a session of its own in each

    def test_a_create(simulation): ...                    # a plain simulation, audited at the end

Only :mod:`cloudsim.pytest_plugin.plugin` is loaded with pytest, in every project that has cloudsim installed, so it
imports nothing that takes time; the rest is loaded with the first test that needs it.
"""
