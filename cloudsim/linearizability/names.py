"""Names and descriptions of VPCs and vSwitches: registers, where a call of the history changes them and others read."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from cloudsim.api.requests import ModifyVpcAttribute, ModifyVSwitchAttribute
from cloudsim.api.responses import (
    DescribeVpcAttributeResponse,
    DescribeVpcsResponse,
    DescribeVSwitchAttributesResponse,
    DescribeVSwitchesResponse,
)
from cloudsim.linearizability.observed import Observed
from cloudsim.linearizability.part import Object, Part, unmoved
from cloudsim.linearizability.record import ANY, Unknown, text_of
from cloudsim.linearizability.survey import Survey


class Named(NamedTuple):
    """What a thing is called; ANY until an answer shows it, for one that was not there at the beginning."""

    name: str | Unknown = ANY
    description: str | Unknown = ANY


Modify: TypeAlias = ModifyVpcAttribute | ModifyVSwitchAttribute


def name_objects(survey: Survey) -> Iterator[Object[Named]]:
    """Give the VPCs and vSwitches that some call of the history renames, or may have."""
    renamed: dict[str, list[Part[Named]]] = defaultdict(list)
    for call in survey.calls:
        request = call.request
        if isinstance(request, ModifyVpcAttribute | ModifyVSwitchAttribute) and call.may_have_acted:
            renamed[_id_of(request)].append(_changed(call, request))
    if not renamed:
        return
    for call in survey.calls:
        for thing, shown in _shown_by(call):
            if thing in renamed:
                renamed[thing].append(_shown(call, shown))
    for thing, parts in renamed.items():
        start = Named(*survey.start.named.get(thing, (ANY, ANY)))
        yield Object(key=f"name:{thing}", start=start, parts=parts, idle=unmoved, tell=_tell)


def _id_of(request: Modify) -> str:
    wanted = request.vpc_id if isinstance(request, ModifyVpcAttribute) else request.vswitch_id
    return wanted or ""


def _tell(named: Named) -> str:
    return f"called {text_of(named.name)}, described as {text_of(named.description)}"


def _changed(call: Observed, request: Modify) -> Part[Named]:
    name = request.vpc_name if isinstance(request, ModifyVpcAttribute) else request.vswitch_name
    description = request.description

    def step(named: Named) -> tuple[Named, ...]:
        return (Named(name or named.name, description or named.description),)

    said = f"called it {name or 'as before'}, described it as {description or 'before'}"
    return Part(call=call, step=step, said=said, against=_tell, is_optional=call.is_unknown, effect=said)


def _shown_by(call: Observed) -> Iterator[tuple[str, Named]]:
    """The things that an answer shows, and what it says they are called."""
    response = call.response
    if isinstance(response, DescribeVpcsResponse):
        for vpc in response.vpcs:
            yield vpc.vpc_id, Named(vpc.vpc_name, vpc.description)
    elif isinstance(response, DescribeVpcAttributeResponse):
        yield response.vpc_id, Named(response.vpc_name, response.description)
    elif isinstance(response, DescribeVSwitchesResponse):
        for vswitch in response.vswitches:
            yield vswitch.vswitch_id, Named(vswitch.vswitch_name, vswitch.description)
    elif isinstance(response, DescribeVSwitchAttributesResponse):
        yield response.vswitch_id, Named(response.vswitch_name, response.description)


def _shown(call: Observed, shown: Named) -> Part[Named]:
    def step(named: Named) -> tuple[Named, ...]:
        fits = all(had is ANY or had == seen for had, seen in zip(named, shown, strict=True))
        return (shown,) if fits else ()

    return Part(
        call=call,
        step=step,
        said=f"shows it {_tell(shown)}",
        against=lambda named: f"it shows it {_tell(shown)}, but it is {_tell(named)}",
        only_reads=True,
    )
