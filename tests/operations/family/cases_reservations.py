"""Refusals of the operations on reserved blocks."""

from collections.abc import Callable, Iterator
from typing import Any

from cloudsim.api.requests import (
    CreateVSwitchCidrReservation,
    ListVSwitchCidrReservations,
    Request,
)
from cloudsim.operations.operation import Phase
from cloudsim.simulation.world.builder import World
from tests.operations.family.harness import Case, case
from tests.operations.family.networking import a_reservation, a_reservation_end
from tests.operations.family.tokening import tag_cases, token_cases
from tests.small_world import REGION, Watched, small

IPV6 = "2001:db8:0:1:4000::/66"


def reserved() -> World:
    return small(prefix_reservations=["10.0.0.64/28"])


def delegated() -> World:
    return reserved().eni(ipv4_prefixes=["10.0.0.64/28"])


def full() -> World:
    blocks = [f"10.0.0.{16 * number}/28" for number in range(1, 11)]
    return small(prefix_reservations=blocks)


def crowded() -> World:
    """A vSwitch in which every block has an address in use."""
    return small(mask=26, policy="lowest-first", used=33)


def the_only_one(**changes: Any) -> Callable[[Watched], Request]:
    """The end of the only reserved block."""

    def make(sim: Watched) -> Request:
        (reservation,) = sim.cloud.vswitches[next(iter(sim.cloud.vswitches))].reservations
        return a_reservation_end(reservation, **changes)

    return make


def hold_a_reservation(sim: Watched) -> None:
    sim.hold(sim.send(a_reservation()), at=Phase.FINISH)
    sim.run()


def create_cases() -> Iterator[Case]:
    yield from token_cases(a_reservation, {"ip_version": "IPv4"}, Phase.COMMIT)
    yield from tag_cases(a_reservation)
    both = a_reservation(vswitch_cidr_reservation_mask="28", vswitch_cidr_reservation_cidr="10.0.0.64/28")
    yield case("InvalidParameter.Conflict", 400, both, "VSwitchCidrReservationMask")
    six = a_reservation(vswitch_cidr_reservation_cidr=IPV6)
    yield case("InvalidCidrBlock.Malformed", 400, six, IPV6, "IPv4")
    yield case("InvalidVSwitchId.NotFound", 404, a_reservation(vswitch_id="vsw-none"), "vsw-none")
    yield case("IncorrectVSwitchStatus", 400, a_reservation(), "Pending", world=lambda: small(status="Pending"))
    six = a_reservation(vswitch_cidr_reservation_cidr=IPV6, ip_version="IPv6")
    yield case("InvalidVSwitch.Ipv6NotTurnOn", 403, six)
    eleventh = a_reservation(vswitch_cidr_reservation_cidr="10.0.0.192/28")
    yield case("QuotaExceeded.VSwitchCidrReservation", 400, eleventh, "10 of 10", "vsw-a", world=full)
    of_the_system = a_reservation(vswitch_cidr_reservation_cidr="10.0.0.0/26")
    yield case("InvalidParameter", 400, of_the_system, "10.0.0.0/26", "of the system")
    around = a_reservation(vswitch_cidr_reservation_cidr="10.0.0.64/27")
    yield case("InvalidCidrBlock.Overlapped", 400, around, "10.0.0.64/27", "10.0.0.64/28", "vcr-", world=reserved)
    no_room = CreateVSwitchCidrReservation(region_id=REGION, vswitch_id="vsw-a", ip_prefix_number=16)
    yield case("InvalidParameter", 400, no_room, "/24")
    by_mask = a_reservation(vswitch_cidr_reservation_mask="28")
    yield case("InvalidVSwitchId.IpNotEnough", 403, by_mask, "a whole block of /28", world=crowded)
    yield case("DryRunOperation", 400, a_reservation(dry_run=True))


def other_cases() -> Iterator[Case]:
    yield from token_cases(the_only_one, {"dry_run": True}, Phase.COMMIT, world=reserved)
    yield case("InvalidVSwitchCidrReservationId.NotFound", 404, a_reservation_end("vcr-none"), "vcr-none")
    yield case("IncorrectStatus", 400, the_only_one(), "Assigning", before=hold_a_reservation)
    yield case("DependencyViolation", 400, the_only_one(), "1 prefixes in use", world=delegated)
    yield case("DryRunOperation", 400, the_only_one(dry_run=True), world=reserved)
    many = tuple(f"vcr-{number}" for number in range(11))
    listing = ListVSwitchCidrReservations(region_id=REGION, vswitch_cidr_reservation_ids=many)
    yield case("InvalidParameter", 400, listing, "VSwitchCidrReservationIds.N", "11")


CASES: tuple[Case, ...] = (*create_cases(), *other_cases())
