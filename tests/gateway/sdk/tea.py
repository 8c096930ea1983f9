"""The clients of the newer Python SDKs, pointed at a server."""

from typing import Any

import pytest

from cloudsim.gateway.thread import ThreadServer
from tests.gateway.sdk.life import Ask
from tests.gateway.sdk.serving import REGION

openapi = pytest.importorskip("alibabacloud_tea_openapi.models", reason="the SDKs are not installed")
ecs_client = pytest.importorskip("alibabacloud_ecs20140526.client", reason="the SDKs are not installed")
vpc_client = pytest.importorskip("alibabacloud_vpc20160428.client", reason="the SDKs are not installed")


class Clients:
    """One client for each product, as a program has them.

    Args:
        server: what they talk to.
        settings: more of the SDK's ``Config``.
    """

    def __init__(self, server: ThreadServer, **settings: Any) -> None:
        config = openapi.Config(
            access_key_id=server.access_key_id,
            access_key_secret=server.access_key_secret,
            region_id=REGION,
            endpoint=server.endpoint,
            protocol="HTTP",
            **settings,
        )
        self._by_product = {"ecs": ecs_client.Client(config), "vpc": vpc_client.Client(config)}

    def body(self, ask: Ask) -> Any:
        """Call, and give the body of the answer; the SDK gives None where it does not fit its model."""
        answer = getattr(self._by_product[ask.product], ask.method)(ask.request)
        assert answer.body is not None, f"{ask.method}: the answer is none that the SDK's model can read"
        return answer.body

    async def body_async(self, ask: Ask) -> Any:
        """Call by the async half."""
        answer = await getattr(self._by_product[ask.product], f"{ask.method}_async")(ask.request)
        assert answer.body is not None, f"{ask.method}: the answer is none that the SDK's model can read"
        return answer.body
