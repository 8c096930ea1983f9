"""Pages of Describe answers: reading the files and gathering what is in them.

A file is one answer as the API, its command line or an SDK gives it (also wrapped in ``body``), or a list of such
pages. Pages that do not add up to the answer's own TotalCount are refused, since half an account is a wrong one.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from cloudsim.errors.own import WorldError
from cloudsim.simulation.world.describe_answers import (
    Answers,
    EniItem,
    Found,
    InstanceItem,
    Item,
    SecurityGroupItem,
    VpcItem,
    VSwitchItem,
)
from cloudsim.simulation.world.tables import explain


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer: what its list is called, what is in it, and where that goes."""

    action: str
    outer: str
    inner: str
    item: type[Item]
    id_field: str
    table: str


KINDS: Final = (
    Kind("DescribeVpcs", "Vpcs", "Vpc", VpcItem, "vpc_id", "vpcs"),
    Kind("DescribeVSwitches", "VSwitches", "VSwitch", VSwitchItem, "v_switch_id", "vswitches"),
    Kind("DescribeSecurityGroups", "SecurityGroups", "SecurityGroup", SecurityGroupItem, "security_group_id", "groups"),
    Kind("DescribeInstances", "Instances", "Instance", InstanceItem, "instance_id", "instances"),
    Kind(
        "DescribeNetworkInterfaces",
        "NetworkInterfaceSets",
        "NetworkInterfaceSet",
        EniItem,
        "network_interface_id",
        "enis",
    ),
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer."""

    file: str
    path: str
    body: Mapping[str, Any]


def read_answers(files: Sequence[Path]) -> Answers:
    """Read files of answers.

    Raises:
        WorldError: a file cannot be read, is no such answer, or pages are missing.
    """
    return gather([page for file in files for page in _pages(str(file), _load(file), "")])


def _load(file: Path) -> object:
    try:
        return json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise WorldError(f"it cannot be read: {error.strerror}", file=str(file)) from None
    except UnicodeDecodeError:
        raise WorldError("it is not UTF-8 text", file=str(file)) from None
    except json.JSONDecodeError as error:
        raise WorldError(f"line {error.lineno}, column {error.colno}: {error.msg}", file=str(file)) from None


def _pages(file: str, document: object, path: str) -> Iterator[Page]:
    """Give the pages of a document: itself, its ``body``, or each member of a list."""
    if isinstance(document, list):
        if not document:
            raise WorldError("it is an empty list, without any answer", file=file, key=path)
        for index, page in enumerate(document):
            yield from _pages(file, page, f"[{index}]")
    elif isinstance(document, dict):
        body = document.get("body")
        if isinstance(body, dict):
            yield Page(file, f"{path}.body".removeprefix("."), body)
        else:
            yield Page(file, path, document)
    else:
        raise WorldError("expected an answer, which is a JSON object", file=file, key=path)


def gather(pages: Sequence[Page]) -> Answers:
    """Gather what is on the pages.

    Raises:
        WorldError: a page is no answer that a world can be made of, or pages are missing.
    """
    answers = Answers()
    by_kind: dict[Kind, list[Page]] = {}
    for page in pages:
        by_kind.setdefault(_kind_of(page), []).append(page)
    for kind, its_pages in by_kind.items():
        table: dict[str, Found[Any]] = getattr(answers, kind.table)
        for page in its_pages:
            region = page.body.get("RegionId")
            if isinstance(region, str) and region:
                answers.regions[region] = None
            for found in _things(page, kind):
                name = getattr(found.item, kind.id_field)
                before = table.setdefault(name, found)
                if before.item != found.item:
                    raise found.error(f"{name} is in {before.file} as well, and not the same there")
        _check_complete(kind, its_pages, len(table))
    return answers


def _kind_of(page: Page) -> Kind:
    for kind in KINDS:
        if kind.outer in page.body:
            return kind
    if "Code" in page.body:
        code, message = page.body["Code"], page.body.get("Message", "")
        raise WorldError(f"it is a refusal, {code}: {message}", file=page.file, key=page.path)
    known = ", ".join(kind.action for kind in KINDS)
    raise WorldError(f"it is no answer of {known}", file=page.file, key=page.path)


def _things(page: Page, kind: Kind) -> Iterator[Found[Any]]:
    outer = page.body[kind.outer]
    path = f"{page.path}.{kind.outer}".removeprefix(".")
    things = outer.get(kind.inner) if isinstance(outer, dict) else None
    if not isinstance(things, list):
        raise WorldError(f"expected an object with the list {kind.inner}", file=page.file, key=path)
    for index, thing in enumerate(things):
        where = f"{path}.{kind.inner}[{index}]"
        try:
            yield Found(item=msgspec.convert(thing, kind.item), file=page.file, path=where)
        except msgspec.ValidationError as error:
            inside, problem = explain(error, kind.item)
            raise WorldError(problem, file=page.file, key=where + inside) from None


def _check_complete(kind: Kind, pages: list[Page], count: int) -> None:
    """Refuse a part of an answer; with NextToken, TotalCount means nothing, and the last page has none."""
    follows = [page for page in pages if page.body.get("NextToken")]
    last = pages[-1]
    if follows:
        if len(follows) == len(pages):
            problem = f"each page of {kind.action} has a NextToken, so the last page is missing"
            raise WorldError(problem, file=last.file, key=last.path)
        return
    totals = [page.body.get("TotalCount") for page in pages]
    total = max((each for each in totals if isinstance(each, int)), default=0)
    if total > count:
        problem = f"{kind.action} has a TotalCount of {total}, and {count} are here: pages are missing"
        raise WorldError(problem, file=last.file, key=last.path)
