// Creates in the small world of the test: alone, refused, and fifty at once with one token; prints how, as JSON.
"use strict";
const { ECS, clients, REGION } = require("./clients.js");

const { ecs } = clients();

async function create(wish) {
  const request = { regionId: REGION, vSwitchId: "vsw-a", securityGroupId: "sg-main", ...wish };
  const answer = await ecs.createNetworkInterface(new ECS.CreateNetworkInterfaceRequest(request));
  return answer.body;
}

async function ending(wish) {
  try {
    return ["ok", (await create(wish)).constructor.name];
  } catch (error) {
    return [error.code, error.constructor.name];
  }
}

async function persistent(wish) {
  for (;;) {
    try {
      return (await create(wish)).networkInterfaceId;
    } catch (error) {
      if (error.code !== "IdempotentProcessing") throw error;
    }
  }
}

async function main() {
  const endings = [];
  for (const wish of [{ clientToken: "one" }, { clientToken: "one", description: "another one" }, {}]) {
    endings.push(await ending(wish));
  }
  const told = await Promise.all(Array.from({ length: 50 }, () => persistent({ clientToken: "two" })));
  endings.push(await ending({}));
  console.log(JSON.stringify({ endings, told }));
}

main();
