"""Snippets: what points a client of a kind at a server, to be pasted.

The keys are those of every example; a server that verifies no signatures takes any. ``python`` and ``node`` are what
our own tests run; ``go``, ``terraform`` and ``cli`` are by the sources of those tools (wire.md sections 6 and 7).
"""

from collections.abc import Callable
from typing import Final

REGION: Final = "cn-hangzhou"


def _python(endpoint: str, key: str, secret: str) -> str:
    return f"""\
# pip install alibabacloud_ecs20140526 alibabacloud_vpc20160428
from alibabacloud_ecs20140526.client import Client
from alibabacloud_ecs20140526.models import DescribeNetworkInterfacesRequest
from alibabacloud_tea_openapi.models import Config

client = Client(Config(
    access_key_id="{key}", access_key_secret="{secret}", region_id="{REGION}",
    endpoint="{endpoint}", protocol="http",
))
print(client.describe_network_interfaces(DescribeNetworkInterfacesRequest(region_id="{REGION}")).body.to_map())
"""


def _node(endpoint: str, key: str, secret: str) -> str:
    return f"""\
// npm install @alicloud/ecs20140526
const ecs = require('@alicloud/ecs20140526');

const client = new ecs.default({{
  accessKeyId: '{key}', accessKeySecret: '{secret}', regionId: '{REGION}',
  endpoint: '{endpoint}', protocol: 'http',
}});
client.describeNetworkInterfaces(new ecs.DescribeNetworkInterfacesRequest({{ regionId: '{REGION}' }}))
  .then((answer) => console.log(JSON.stringify(answer.body)));
"""


def _go(endpoint: str, key: str, secret: str) -> str:
    return f"""\
// go get github.com/alibabacloud-go/ecs-20140526/v4 github.com/alibabacloud-go/darabonba-openapi/v2
package main

import (
	"fmt"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	ecs "github.com/alibabacloud-go/ecs-20140526/v4/client"
	"github.com/alibabacloud-go/tea/tea"
)

func main() {{
	client, err := ecs.NewClient(&openapi.Config{{
		AccessKeyId: tea.String("{key}"), AccessKeySecret: tea.String("{secret}"),
		RegionId: tea.String("{REGION}"), Endpoint: tea.String("{endpoint}"), Protocol: tea.String("http"),
	}})
	if err != nil {{
		panic(err)
	}}
	request := &ecs.DescribeNetworkInterfacesRequest{{RegionId: tea.String("{REGION}")}}
	answer, err := client.DescribeNetworkInterfaces(request)
	if err != nil {{
		panic(err)
	}}
	fmt.Println(answer.Body)
}}
"""


def _terraform(endpoint: str, key: str, secret: str) -> str:
    return f"""\
terraform {{
  required_providers {{
    alicloud = {{ source = "aliyun/alicloud" }}
  }}
}}

provider "alicloud" {{
  access_key             = "{key}"
  secret_key             = "{secret}"
  region                 = "{REGION}"
  protocol               = "HTTP"
  skip_region_validation = true

  endpoints {{
    ecs = "{endpoint}"
    vpc = "{endpoint}"
  }}
}}
"""


def _cli(endpoint: str, key: str, secret: str) -> str:
    return f"""\
aliyun configure set --profile cloudsim --mode AK \\
  --access-key-id {key} --access-key-secret {secret} --region {REGION}
aliyun --profile cloudsim ecs DescribeNetworkInterfaces --endpoint {endpoint} --insecure
"""


SNIPPETS: Final[dict[str, Callable[[str, str, str], str]]] = {
    "python": _python,
    "node": _node,
    "go": _go,
    "terraform": _terraform,
    "cli": _cli,
}


def snippet(kind: str, *, endpoint: str, access_key: str) -> str:
    """Write the snippet of a kind of client.

    Args:
        kind: a key of :data:`SNIPPETS`.
        endpoint: host and port of the server.
        access_key: ``ID:SECRET``.
    """
    key, _, secret = access_key.partition(":")
    return SNIPPETS[kind](endpoint, key, secret)
