"""Laws of worlds: whatever is valid can be built, and what was built agrees with what was said."""

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import structs

from cloudsim.ipam.policies.registry import POLICIES
from cloudsim.resources.facts import facts_of
from cloudsim.simulation.world.builder import World
from cloudsim.simulation.world.spec import EniSpec, WorldSpec
from cloudsim.simulation.world.tables import check_types
from cloudsim.values.ids import VSwitchId
from tests.simulation.world.sample import built, dump, enis_of


@st.composite
def worlds(draw: st.DrawFn) -> WorldSpec:
    """A valid world of one VPC: vSwitches of all sizes, instances on them, ENIs named and drawn, other products."""
    profile = draw(st.sampled_from(["classic", "current"]))
    world = World(profile=profile).account("acme", eni_quota=draw(st.integers(0, 50))).region("r", zones=["r-a", "r-b"])
    world.vpc("v", cidr="10.0.0.0/16")
    for number in range(draw(st.integers(0, 3))):
        world.security_group(f"sg-{number}", capacity=draw(st.integers(0, 90)), used=draw(st.integers(0, 9)))
    for number in range(draw(st.integers(1, 4))):
        length = draw(st.integers(24, 29))
        usable = (1 << (32 - length)) - 4
        zone, policy = draw(st.sampled_from(["r-a", "r-b"])), draw(st.sampled_from(list(POLICIES)))
        parts = draw(st.lists(st.integers(0, usable), min_size=4, max_size=4))
        room = [part * usable // max(usable, sum(parts)) for part in parts]
        name, base = f"s-{number}", f"10.0.{number}"
        world.vswitch(name, zone=zone, cidr=f"{base}.0/{length}", policy=policy, used=room[0])
        world.instance_type(f"t-{number}")
        if room[1]:
            world.instance(f"i-{number}-{{n}}", type=f"t-{number}", vswitch=name, count=room[1])
        if room[2]:
            world.eni(f"e-{number}-{{n}}", vswitch=name, count=room[2])
        if room[3]:
            offsets = draw(st.lists(st.integers(1, usable), min_size=room[3], max_size=room[3], unique=True))
            addresses = [f"{base}.{offset}" for offset in offsets]
            world.eni(vswitch=name, primary_ip=addresses[0], secondary_ips=addresses[1:])
    return world.spec


@given(worlds())
def test_a_valid_world_builds_and_its_counts_agree_with_what_was_said(spec: WorldSpec) -> None:
    cloud = built(spec)  # which holds it against every invariant
    enis = enis_of(cloud)
    assert len(cloud.instances) == sum(instance.count for instance in spec.instances)
    assert len(enis) == len(cloud.instances) + sum(eni.count for eni in spec.enis)
    for vswitch in spec.vswitches:
        pool = cloud.vswitches[VSwitchId(vswitch.id)].pool
        counts = pool.counts_at(0)
        held = sum(len(eni.private_ip_addresses) for eni in enis if eni.vswitch.id == vswitch.id)
        assert counts.used == held + vswitch.used
        assert counts.free == pool.space.size - 4 - counts.used


@given(worlds())
def test_a_valid_world_is_built_alike_every_time_and_from_its_own_tables(spec: WorldSpec) -> None:
    check_types(spec)
    assert dump(built(spec)) == dump(built(spec))


@given(worlds())
def test_one_more_eni_moves_none_that_comes_before_it(spec: WorldSpec) -> None:
    """Ids and MAC addresses are keyed by what they are for, and other products take their addresses last."""
    cloud = built(spec)
    homes = [vswitch for vswitch in cloud.vswitches.values() if vswitch.available_count()]
    assume(homes)
    more = structs.replace(spec, enis=(*spec.enis, EniSpec(vswitch=homes[0].id)))
    before, after = enis_of(cloud), enis_of(built(more))
    assert [facts_of(eni) for eni in before] == [facts_of(eni) for eni in after[:-1]]
