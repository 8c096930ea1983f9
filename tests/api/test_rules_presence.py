"""What must be there, what may not, and security groups."""

import pytest

from cloudsim.api.requests import (
    CreateNetworkInterface,
    DeleteNetworkInterface,
    Tag,
    TrafficConfig,
)
from cloudsim.api.rules.presence import NEWER
from cloudsim.values.profile import CLASSIC, CURRENT, Profile
from tests.api.asking import USUAL, a_create, code, reason

BOTH_PROFILES = pytest.mark.parametrize("profile", [CLASSIC, CURRENT], ids=["classic", "current"])
NOT_GIVEN = pytest.mark.parametrize("nothing", [None, ""])


@BOTH_PROFILES
def test_the_usual_create_breaks_no_rule(profile: Profile) -> None:
    assert code(USUAL, profile) is None


@NOT_GIVEN
@pytest.mark.parametrize(
    ("field", "parameter"), [("region_id", "RegionId"), ("vswitch_id", "VSwitchId"), ("security_group_id", "Security")]
)
def test_what_is_required_must_be_given_and_not_empty(field: str, parameter: str, nothing: str | None) -> None:
    request = a_create(**{field: nothing})
    assert code(request) == "MissingParameter"
    assert parameter in reason(request)


def test_an_empty_list_of_groups_is_no_group() -> None:
    assert code(a_create(security_group_id="", security_group_ids=())) == "MissingParameter"


def test_a_list_of_groups_serves_as_well() -> None:
    assert code(a_create(security_group_id=None, security_group_ids=("sg-1", "sg-2"))) is None


def test_the_first_thing_that_lacks_is_named() -> None:
    assert "RegionId" in reason(CreateNetworkInterface())


@NOT_GIVEN
def test_a_delete_names_region_and_interface(nothing: str | None) -> None:
    complete = {"region_id": "cn-hangzhou", "network_interface_id": "eni-1"}
    assert code(DeleteNetworkInterface(**complete)) is None
    assert code(DeleteNetworkInterface(**{**complete, "region_id": nothing})) == "MissingParameter"
    assert code(DeleteNetworkInterface(**{**complete, "network_interface_id": nothing})) == "MissingParameter"


def test_both_forms_of_groups_exclude_each_other() -> None:
    assert code(a_create(security_group_ids=("sg-1",))) == "InvalidParameter.Conflict"
    assert code(a_create(security_group_ids=())) is None


@pytest.mark.parametrize(("profile", "most"), [(CLASSIC, 5), (CURRENT, 10)], ids=["classic", "current"])
def test_an_interface_is_in_so_many_groups_and_no_more(profile: Profile, most: int) -> None:
    groups = tuple(f"sg-{number}" for number in range(most + 1))
    assert code(a_create(security_group_id=None, security_group_ids=groups[:-1]), profile) is None
    too_many = a_create(security_group_id=None, security_group_ids=groups)
    assert code(too_many, profile) == "JoinedGroupLimitExceed"
    assert f"asked for {most + 1}, the maximum is {most}" in reason(too_many, profile)


@pytest.mark.parametrize(
    ("profile", "refused_as"),
    [(CLASSIC, "InvalidParameter"), (CURRENT, "InvalidParameter.SecurityGroupIdRepeated")],
    ids=["classic", "current"],
)
def test_a_group_that_is_listed_twice_is_refused(profile: Profile, refused_as: str) -> None:
    request = a_create(security_group_id=None, security_group_ids=("sg-1", "sg-2", "sg-1"))
    assert code(request, profile) == refused_as
    assert "sg-1" in reason(request, profile)


GIVEN_VALUES: dict[str, object] = {
    "ipv4_prefixes": ("10.0.0.16/28",),
    "ipv4_prefix_count": 1,
    "ipv6_addresses": ("2001:db8::1",),
    "ipv6_address_count": 1,
    "ipv6_prefixes": ("2001:db8::/80",),
    "ipv6_prefix_count": 1,
    "instance_type": "Trunk",
    "network_interface_traffic_mode": "Standard",
    "queue_pair_number": 1,
    "rx_queue_size": 8192,
    "tx_queue_size": 8192,
    "delete_on_release": False,
    "source_dest_check": False,
    "enable_primary_ipv6": True,
    "network_interface_traffic_config": TrafficConfig(),
    "connection_tracking_configuration": None,
    "enhanced_network": None,
    "business_type": "x",
    "visible": True,
}


def test_the_newer_parameters_are_those_that_the_reference_lacks() -> None:
    of_the_reference = {
        *("region_id", "vswitch_id", "security_group_id", "security_group_ids", "primary_ip_address"),
        *("private_ip_addresses", "secondary_private_ip_address_count", "network_interface_name", "description"),
        *("tags", "resource_group_id", "queue_number", "client_token"),
    }
    assert set(CreateNetworkInterface.__struct_fields__) - of_the_reference == set(NEWER) == set(GIVEN_VALUES)


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, value in GIVEN_VALUES.items() if value is not None]
)
def test_an_older_profile_refuses_a_newer_parameter_by_its_name(field: str, value: object) -> None:
    request = a_create(**{field: value})
    assert code(request) == "UnsupportedParameter"
    assert f'"{NEWER[field]}" is not known to the profile classic' in reason(request)


def test_a_newer_parameter_that_is_empty_is_not_given() -> None:
    assert code(a_create(ipv6_addresses=(), instance_type="")) is None


def test_an_older_profile_knows_everything_of_the_reference() -> None:
    full = CreateNetworkInterface(
        region_id="cn-hangzhou",
        vswitch_id="vsw-1",
        security_group_ids=("sg-1", "sg-2"),
        primary_ip_address="10.0.0.4",
        private_ip_addresses=("10.0.0.5", "10.0.0.6"),
        network_interface_name="testNetworkInterfaceName",
        description="testDescription",
        tags=(Tag(key="TestKey", value="TestValue"),),
        resource_group_id="rg-1",
        queue_number=1,
        client_token="123e4567-e89b-12d3-a456-426655440000",
    )
    assert code(full) is None
