// One create after another, as the test's small world refuses them; prints how each ended, as JSON.
"use strict";
const { ECS, clients, REGION } = require("./clients.js");

const { ecs } = clients();
const WISHES = [{ clientToken: "one" }, { clientToken: "one", description: "another one" }, {}, {}];

async function main() {
  const endings = [];
  for (const wish of WISHES) {
    const request = { regionId: REGION, vSwitchId: "vsw-a", securityGroupId: "sg-main", ...wish };
    try {
      const answer = await ecs.createNetworkInterface(new ECS.CreateNetworkInterfaceRequest(request));
      endings.push({ kind: answer.body.constructor.name, code: "ok", status: answer.statusCode });
    } catch (error) {
      endings.push({ kind: error.constructor.name, code: error.code, status: error.statusCode });
    }
  }
  console.log(JSON.stringify(endings));
}

main();
