// The clients of the official Node SDKs, pointed at the server that the test says: host:port, key, secret.
"use strict";
const ECS = require("@alicloud/ecs20140526");
const VPC = require("@alicloud/vpc20160428");

const REGION = "cn-hangzhou";

function clients() {
  const [endpoint, accessKeyId, accessKeySecret] = process.argv.slice(2);
  const config = { endpoint, accessKeyId, accessKeySecret, protocol: "HTTP", regionId: REGION };
  return { ecs: new ECS.default(config), vpc: new VPC.default(config) };
}

module.exports = { ECS, VPC, REGION, clients };
