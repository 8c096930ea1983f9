"""The cloud: the two instants at which an ENI begins and ends to exist, and what belongs to whom."""

import pytest

from cloudsim.errors.account import AbsInvalidAccountNotFound
from cloudsim.resources.account import AccessStatus, Account, SubUser
from cloudsim.resources.interface import EniStatus
from cloudsim.values.ids import AccountId, EniId, RegionId
from tests.small_world import REGION, Watched, a_delete, small


def test_a_primary_eni_that_ends_gives_back_address_and_group_place_and_no_place_of_the_quota() -> None:
    sim = Watched(small(quota=1).instance("i-1", type="ecs.g7.xlarge"))
    sim.make()
    primary = sim.enis[0]
    (instance,) = sim.cloud.instances.values()
    sim.cloud.remove_instance(instance)
    primary.status = EniStatus.GONE
    sim.cloud.remove_interface(primary)
    assert sim.quota(account="acme", region=REGION).used == 1
    assert sim.free_addresses("vsw-a") == 251
    assert sim.audit() == []


def test_an_eni_that_is_not_gone_cannot_be_removed() -> None:
    sim = Watched()
    sim.make()
    with pytest.raises(AssertionError, match="state machine says when"):
        sim.cloud.remove_interface(sim.enis[0])


def test_an_id_and_a_mac_address_are_given_once() -> None:
    sim = Watched()
    sim.make()
    (eni,) = sim.enis
    with pytest.raises(AssertionError, match="id is given once"):
        sim.cloud.add_interface(eni)
    eni.id = EniId("eni-other")
    with pytest.raises(AssertionError, match="MAC address is given once"):
        sim.cloud.add_interface(eni)


def test_an_id_is_free_again_when_its_eni_is_gone() -> None:
    sim = Watched()
    eni = EniId(sim.make().network_interface_id)
    assert sim.cloud.interface_ids == {eni}
    sim.ask(a_delete(eni))
    assert sim.cloud.interface_ids == set()
    assert sim.cloud.macs == set()


def test_an_eni_that_would_get_the_id_of_another_gets_the_next_draw() -> None:
    """The same call of the same caller under the same seed draws the same id, if nobody has it."""
    drawn = Watched().make().network_interface_id
    sim = Watched(small().eni(drawn, mac="00:16:3e:00:00:01"))
    made = sim.make().network_interface_id
    assert made != drawn
    assert len({eni.mac_low for eni in sim.enis}) == 2


def test_a_call_is_answered_once_in_a_step() -> None:
    sim = Watched()
    answer = sim.make()
    sim.cloud.answer(answer)
    with pytest.raises(AssertionError, match="answered once"):
        sim.cloud.answer(answer)


def test_an_account_lets_its_users_pass_as_far_as_they_may() -> None:
    account = Account(
        id=AccountId("acme"),
        owner_id="1",
        users={"ci": SubUser(name="ci"), "off": SubUser(name="off", status=AccessStatus.DISABLED)},
    )
    account.admit(user="ci", action="CreateNetworkInterface")
    account.admit_to(RegionId(REGION))
    with pytest.raises(AbsInvalidAccountNotFound, match="RAM user off is disabled"):
        account.admit(user="off", action="CreateNetworkInterface")
