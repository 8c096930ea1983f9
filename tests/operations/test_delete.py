"""DeleteNetworkInterface: gone at the answer (classic), or Deleting first and gone later (current)."""

from typing import Any

import pytest

from cloudsim.api.requests import DeleteNetworkInterface
from cloudsim.operations.operation import Phase
from cloudsim.simulation.latency import latency
from cloudsim.simulation.world.builder import World
from cloudsim.values.duration import SECOND
from tests.small_world import REGION, Watched, a_delete, code, small


def everything_taken(sim: Watched) -> tuple[int, int, int]:
    """Quota used, places of the group used, IPv4 addresses free."""
    (group,) = sim.cloud.security_groups.values()
    return sim.quota(account="acme", region=REGION).used, group.places.used, sim.free_addresses("vsw-a")


def test_under_the_classic_profile_an_eni_is_gone_when_the_answer_comes() -> None:
    sim = Watched(latency=latency(commit="1s", respond="1s", finish="1h"))
    before = everything_taken(sim)
    eni = sim.make(secondary_private_ip_address_count=3).network_interface_id
    reply = sim.ask(a_delete(eni))
    assert (code(reply), reply.settled_ns) == ("ok", 4 * SECOND)
    assert everything_taken(sim) == before
    assert sim.enis == []
    assert code(sim.ask(a_delete(eni))) == "InvalidEniId.NotFound"
    assert sim.close() == []


def test_under_the_current_profile_an_eni_is_deleting_when_the_answer_comes_and_gone_later() -> None:
    sim = Watched(small(profile="current"), latency=latency(finish="2s"))
    before = everything_taken(sim)
    eni = sim.make(ipv4_prefix_count=1, ipv6_address_count=1, ipv6_prefix_count=1).network_interface_id
    taken = everything_taken(sim)
    reply = sim.send(a_delete(eni))
    sim.run(until_ns=2 * SECOND - 1)
    assert (code(reply), reply.settled_ns) == ("ok", 0)
    assert [each.status for each in sim.enis] == ["Deleting"]
    assert everything_taken(sim) == taken, "what it has comes back when it goes"
    sim.run()
    assert (sim.enis, sim.now_ns, everything_taken(sim)) == ([], 2 * SECOND, before)
    assert sim.close() == []


def test_a_delete_that_is_repeated_while_the_eni_is_deleting_is_answered_and_does_no_harm() -> None:
    sim = Watched(small(profile="current"), latency=latency(finish="2s"))
    eni = sim.make().network_interface_id
    first = sim.send(a_delete(eni))
    sim.run(until_ns=SECOND)
    second = sim.send(a_delete(eni))
    sim.run()
    assert [code(first), code(second)] == ["ok", "ok"]
    assert sim.now_ns == 3 * SECOND
    assert sim.close() == []


def test_an_address_that_was_deleted_can_be_had_again() -> None:
    sim = Watched()
    eni = sim.make(primary_ip_address="10.0.0.9").network_interface_id
    assert code(sim.ask(primary_ip_address="10.0.0.9")) == "InvalidPrivateIpAddress.Duplicated"
    sim.ask(a_delete(eni))
    assert code(sim.ask(primary_ip_address="10.0.0.9")) == "ok"


def test_an_address_that_cools_down_can_be_had_again_when_it_has() -> None:
    sim = Watched(small(cool_down="5m"))
    sim.ask(a_delete(sim.make(primary_ip_address="10.0.0.9").network_interface_id))
    for instant_ns, wanted in ((300 * SECOND - 1, "InvalidPrivateIpAddress.Duplicated"), (300 * SECOND, "ok")):
        sim.run(until_ns=instant_ns)
        assert code(sim.ask(primary_ip_address="10.0.0.9")) == wanted
    assert sim.close() == []


def test_a_place_of_the_quota_comes_back_at_the_instant_the_eni_goes() -> None:
    sim = Watched(small(quota=1, profile="current"), latency=latency(finish="2s"))
    eni = sim.make().network_interface_id
    sim.send(a_delete(eni))
    for instant_ns, wanted in ((2 * SECOND - 1, "MaxEniCountExceeded"), (2 * SECOND + 1, "ok")):
        sim.run(until_ns=instant_ns)
        reply = sim.send()
        sim.run(until_ns=instant_ns + 1)
        assert code(reply) == wanted


@pytest.mark.parametrize("phase", [Phase.ADMIT, Phase.COMMIT])
def test_a_delete_that_is_abandoned_before_its_commit_deletes_nothing(phase: Phase) -> None:
    sim = Watched()
    eni = sim.make().network_interface_id
    sim.faults.abandon(phase)
    sim.ask(a_delete(eni))
    assert [each.id for each in sim.enis] == [eni]


# -- what is not deleted


def middle() -> World:
    """A world with ENIs in every state."""
    world = small().instance("i-1", type="ecs.g7.xlarge")
    for status in ("Attaching", "Detaching", "InUse"):
        world = world.eni(f"eni-{status}", instance="i-1", status=status)
    return world.eni("eni-Deleting", status="Deleting").eni("eni-Available")


@pytest.mark.parametrize(
    ("eni", "wanted"),
    [
        ("eni-Attaching", "InvalidOperation.InvalidEniState"),
        ("eni-InUse", "InvalidOperation.InvalidEniState"),
        ("eni-Detaching", "InvalidOperation.InvalidEniState"),
        ("eni-Deleting", "ok"),
        ("eni-Available", "ok"),
        ("eni-x", "InvalidEniId.NotFound"),
        (None, "MissingParameter"),
    ],
)
def test_only_what_is_available_or_deleting_already_is_deleted(eni: str | None, wanted: str) -> None:
    sim = Watched(middle())
    reply = sim.ask(a_delete(eni))
    assert code(reply) == wanted
    assert (eni in [each.id for each in sim.enis]) is (wanted == "InvalidOperation.InvalidEniState")
    if wanted == "InvalidOperation.InvalidEniState":
        assert reply.error is not None
        assert f'"Available or Deleting" while current status is "{str(eni)[4:]}"' in reply.error.message


def test_the_primary_eni_of_an_instance_is_not_deleted() -> None:
    sim = Watched(middle())
    reply = sim.ask(a_delete(sim.enis[0].id))
    assert str(reply.error) == (
        "InvalidOperation.InvalidEniType (403): The operation is not allowed in the current ENI type: "
        f'{sim.enis[0].id}. Expecting type is "Secondary" while current type is "Primary".'
    )


@pytest.mark.parametrize("where", [{"account": "other"}, {"region": "cn-beijing"}])
def test_the_eni_of_another_account_or_region_is_not_found(where: dict[str, Any]) -> None:
    world = (
        World()
        .account("acme")
        .account("other")
        .region(REGION)
        .region("cn-beijing")
        .vpc("vpc-main", account="acme", region=REGION, cidr="10.0.0.0/16")
        .vswitch("vsw-a", cidr="10.0.0.0/24")
        .security_group("sg-main")
    )
    sim = Watched(world)
    eni = sim.make().network_interface_id
    request = DeleteNetworkInterface(region_id=where.get("region", REGION), network_interface_id=eni)
    caller = sim.caller(account=where.get("account", "acme"))
    assert code(sim.ask(request, by=caller)) == "InvalidEniId.NotFound"
    assert len(sim.enis) == 1
