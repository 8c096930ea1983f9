"""Networks and what stands in them: vSwitches, security groups, resource groups, ENIs and their instances."""

from cloudsim.errors.base import ApiError
from cloudsim.errors.sources import (
    ASSIGN,
    ATTACH,
    ATTACH_CHOSEN,
    CONFLICT,
    DELETE,
    DESCRIBE,
    METADATA,
    MODIFY,
    OBSERVED,
    REFERENCE,
)


class InvalidVSwitchIdNotFound(ApiError):
    """There is no such vSwitch."""

    code = "InvalidVSwitchId.NotFound"
    http_status = 404
    form = 'The specified VSwitchId "{vswitch}" is not found.'
    source = REFERENCE


class IncorrectVSwitchStatus(ApiError):
    """The vSwitch is being changed."""

    code = "IncorrectVSwitchStatus"
    http_status = 400
    form = 'The current status of vSwitch does not support this operation: {vswitch} is "{status}".'
    source = OBSERVED
    try_later = True


class InvalidSecurityGroupIdNotFound(ApiError):
    """There is no such security group."""

    code = "InvalidSecurityGroupId.NotFound"
    http_status = 404
    form = 'The specified SecurityGroupId "{group}" is not found.'
    source = REFERENCE


class InvalidSecurityGroupIdNotVpc(ApiError):
    """The security group is of the classic network."""

    code = "InvalidSecurityGroupId.NotVpc"
    http_status = 403
    form = 'The specified SecurityGroupId "{group}" not in VPC.'
    source = REFERENCE


class InvalidOperationVpcMismatch(ApiError):
    """The security group is in another VPC than the vSwitch."""

    code = "InvalidOperation.VpcMismatch"
    http_status = 403
    form = (
        "The VPC of the specified ENI and security group are not in the same VPC: vSwitch {vswitch} is in "
        "{vpc}, group {group} in {group_vpc}."
    )
    source = REFERENCE


class InstanceVpcMismatch(InvalidOperationVpcMismatch):
    """The ENI is in another VPC than the instance."""

    form = (
        "The VPC of the specified ENI and ECS instance are not in the same VPC: {eni} is in {vpc}, {instance} in "
        "{instance_vpc}."
    )


class InvalidOperationMultiGroupType(ApiError):
    """Basic and enterprise security groups are mixed."""

    code = "InvalidOperation.MultiGroupType"
    http_status = 403
    form = (
        "The specified instance can't join different types of security group: {group} is {kind}, "
        "{other_group} is {other_kind}."
    )
    source = MODIFY


class InvalidOperationEniCountExceeded(ApiError):
    """The enterprise security group has no room for the ENI."""

    code = "InvalidOperation.EniCountExceeded"
    http_status = 403
    form = (
        "The maximum number of eni in a enterprise level security group is exceeded: {group} holds {used} of "
        "{limit}, asked for {asked} more."
    )
    source = MODIFY


class InvalidOperationResourceManagedByCloudProduct(ApiError):
    """A cloud product manages the security group."""

    code = "InvalidOperation.ResourceManagedByCloudProduct"
    http_status = 403
    form = "The security group {group} is managed by a cloud product."
    source = MODIFY


class InvalidParameterSecurityGroupIdRepeated(ApiError):
    """One security group is listed twice."""

    code = "InvalidParameter.SecurityGroupIdRepeated"
    http_status = 404
    form = 'The specified security group ids has repeated: "{group}".'
    source = MODIFY


class InvalidResourceGroupNotFound(ApiError):
    """There is no such resource group."""

    code = "InvalidResourceGroup.NotFound"
    http_status = 404
    form = "The ResourceGroup provided does not exist in our records."
    source = REFERENCE


class InvalidEniIdNotFound(ApiError):
    """There is no such ENI."""

    code = "InvalidEniId.NotFound"
    http_status = 404
    form = 'The specified EniId "{eni}" is not found.'
    source = REFERENCE


class InvalidParamsEniId(ApiError):
    """The ENI's id is no id."""

    code = "InvalidParams.EniId"
    http_status = 400
    form = 'The specified EniId "{eni}" is not valid.'
    source = DELETE


class InvalidOperationInvalidEniState(ApiError):
    """The ENI's state does not allow the operation."""

    code = "InvalidOperation.InvalidEniState"
    http_status = 400
    form = (
        'The operation is not allowed in the current ENI state: {eni}. Expecting status is "{expecting}" '
        'while current status is "{status}".'
    )
    source = REFERENCE


class InvalidOperationInvalidEniType(ApiError):
    """The ENI's type does not allow the operation."""

    code = "InvalidOperation.InvalidEniType"
    http_status = 403
    form = (
        'The operation is not allowed in the current ENI type: {eni}. Expecting type is "{expecting}" while '
        'current type is "{type}".'
    )
    source = REFERENCE


class InvalidOperationDetachPrimaryEniNotAllowed(ApiError):
    """A primary ENI stays with its instance."""

    code = "InvalidOperation.DetachPrimaryEniNotAllowed"
    http_status = 400
    form = "Detaching primary ENI from ECS instance is not allowed: {eni} of {instance}."
    source = REFERENCE


class InvalidOperationAvailabilityZoneMismatch(ApiError):
    """ENI and instance are in different zones."""

    code = "InvalidOperation.AvailabilityZoneMismatch"
    http_status = 403
    form = (
        "The VPC VSwitch of the specified ENI and ECS instance are not in the same availability zone: {eni} "
        "is in {zone}, {instance} in {instance_zone}."
    )
    source = REFERENCE


class InvalidParameterEniNotBelongEcs(ApiError):
    """The ENI is on another instance than the one named."""

    code = "InvalidParameter.EniNotBelongEcs"
    http_status = 400
    form = "The ENI {eni} is not on the instance {instance}, but on {other}."
    source = ATTACH


class InvalidOperationEniServiceManaged(ApiError):
    """A cloud service manages the ENI."""

    code = "InvalidOperation.EniServiceManaged"
    http_status = 403
    form = "The operation is not allowed: {eni} is managed by a cloud service."
    source = DELETE


class InvalidOperationEniLinked(ApiError):
    """The ENI is bonded with another one."""

    code = "InvalidOperation.EniLinked"
    http_status = 403
    form = "The operation is not allowed while the ENI is linked to another ENI: {eni} is bonded with {other}."
    source = ATTACH


class InvalidOperationHasSlaveEniBonded(ApiError):
    """Slave ENIs are bonded to the ENI."""

    code = "InvalidOperation.HasSlaveEniBonded"
    http_status = 400
    form = "This network card also has a SLAVE network card bound to it: {eni} has {count}, {slave} first."
    source = DELETE


class InvalidVpcEmpty(ApiError):
    """The VPC that a filter names has no vSwitch."""

    code = "InvalidVpc.Empty"
    http_status = 403
    form = "No vSwitches exist in the specified VPC: {vpc}."
    source = DESCRIBE


class InvalidOperationConflict(ApiError):
    """Another operation is changing the ENI."""

    code = "InvalidOperation.Conflict"
    http_status = 403
    form = "The operation conflicts with another one on {eni}."
    source = CONFLICT


class OperationConflict(ApiError):
    """Another task is changing the resource."""

    code = "Operation.Conflict"
    http_status = 403
    form = "ecs task is conflicted: {resource}."
    source = ASSIGN
    try_later = True


class InvalidInstanceIDMalformed(ApiError):
    """The instance's id is no id."""

    code = "InvalidInstanceID.Malformed"
    http_status = 400
    form = 'The specified InstanceId "{instance}" is malformed.'
    source = REFERENCE


class InvalidEcsIdNotFound(ApiError):
    """There is no such instance."""

    code = "InvalidEcsId.NotFound"
    http_status = 404
    form = 'The specified EcsId "{instance}" is not found.'
    source = REFERENCE


class InvalidOperationInvalidRegion(ApiError):
    """The instance is in another region than the one that is named."""

    code = "InvalidOperation.InvalidRegion"
    http_status = 400
    form = 'The specified RegionId "{region}" is invalid: {instance} is in {other}.'
    source = ATTACH_CHOSEN


class InvalidOperationInvalidGeneration(ApiError):
    """Instances of so old a generation take no ENI."""

    code = "InvalidOperation.InvalidGeneration"
    http_status = 400
    form = "The generation of the instance does not allow the operation: {instance} of type {type} is of {generation}."
    source = ATTACH_CHOSEN


class InvalidOperationInvalidEcsState(ApiError):
    """The instance's state does not allow the operation."""

    code = "InvalidOperation.InvalidEcsState"
    http_status = 400
    form = (
        'The operation is not allowed in the current ECS state: {instance}. Expecting status is "{expecting}" '
        'while current status is "{status}".'
    )
    source = REFERENCE


class InvalidInstanceTypeElasticNetworkInterfaceNotSupported(ApiError):
    """Instances of the type have no ENI but their primary one."""

    code = "InvalidInstanceType.ElasticNetworkInterfaceNotSupported"
    http_status = 400
    form = "The specified instance type does not support Elastic Network Interface: {instance} is of type {type}."
    source = METADATA


class InvalidOperationPrimaryEniOnlySupportModifyNameAndDesc(ApiError):
    """Of a primary ENI only name and description are modified."""

    code = "InvalidOperation.PrimaryEniOnlySupportModifyNameAndDesc"
    http_status = 404
    form = "Primary NetworkInterface is only allowed to modify name and description: {eni}, asked for {parameter}."
    source = MODIFY


class InvalidParamsNetworkInterfaceName(ApiError):
    """The new name is malformed."""

    code = "InvalidParams.NetworkInterfaceName"
    http_status = 403
    form = 'The specified parameter "NetworkInterfaceName" is not valid: {reason}.'
    source = MODIFY
