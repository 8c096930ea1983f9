// Fifty creates at the same time with one token; prints the ENIs that they were told of, as JSON.
"use strict";
const { ECS, clients, REGION } = require("./clients.js");

const { ecs } = clients();

async function create() {
  const wish = { regionId: REGION, vSwitchId: "vsw-a", securityGroupId: "sg-main", clientToken: "one" };
  for (;;) {
    try {
      const answer = await ecs.createNetworkInterface(new ECS.CreateNetworkInterfaceRequest(wish));
      return answer.body.networkInterfaceId;
    } catch (error) {
      if (error.code !== "IdempotentProcessing") throw error;
    }
  }
}

Promise.all(Array.from({ length: 50 }, create)).then((enis) => console.log(JSON.stringify(enis)));
