// The life of an ENI and of all that it needs, by the official Node SDKs; prints what the test looks at, as JSON.
"use strict";
const assert = require("node:assert");
const { ECS, VPC, clients, REGION } = require("./clients.js");

const { ecs, vpc } = clients();

async function until(status, describe) {
  for (let polls = 0; polls < 50; polls += 1) {
    const only = await describe();
    if (only.status === status) return only;
  }
  throw new Error(`never ${status}`);
}

async function body(answer) {
  return (await answer).body;
}

function eniUntil(status, eni) {
  return until(status, async () => {
    const request = new ECS.DescribeNetworkInterfacesRequest({ regionId: REGION, networkInterfaceId: [eni] });
    return (await body(ecs.describeNetworkInterfaces(request))).networkInterfaceSets.networkInterfaceSet[0];
  });
}

async function gone(eni) {
  for (let polls = 0; polls < 50; polls += 1) {
    const request = new ECS.DescribeNetworkInterfacesRequest({ regionId: REGION, networkInterfaceId: [eni] });
    if ((await body(ecs.describeNetworkInterfaces(request))).totalCount === 0) return;
  }
  throw new Error("never gone");
}

async function network() {
  const made = await body(vpc.createVpc(new VPC.CreateVpcRequest({ regionId: REGION, cidrBlock: "172.16.0.0/16" })));
  await until("Available", async () => {
    const request = new VPC.DescribeVpcsRequest({ regionId: REGION, vpcId: made.vpcId });
    return (await body(vpc.describeVpcs(request))).vpcs.vpc[0];
  });
  const wish = { regionId: REGION, vpcId: made.vpcId, zoneId: "cn-hangzhou-h", cidrBlock: "172.16.1.0/24" };
  const { vSwitchId } = await body(vpc.createVSwitch(new VPC.CreateVSwitchRequest(wish)));
  await until("Available", async () => {
    const request = new VPC.DescribeVSwitchesRequest({ regionId: REGION, vSwitchId });
    return (await body(vpc.describeVSwitches(request))).vSwitches.vSwitch[0];
  });
  const group = { regionId: REGION, vpcId: made.vpcId };
  const { securityGroupId } = await body(ecs.createSecurityGroup(new ECS.CreateSecurityGroupRequest(group)));
  return { vSwitchId, securityGroupId };
}

async function instanceIn({ vSwitchId, securityGroupId }) {
  const wish = { regionId: REGION, instanceType: "ecs.g7.xlarge", imageId: "any", vSwitchId, securityGroupId };
  const ran = await body(ecs.runInstances(new ECS.RunInstancesRequest(wish)));
  const [instanceId] = ran.instanceIdSets.instanceIdSet;
  await until("Running", async () => {
    const request = new ECS.DescribeInstancesRequest({ regionId: REGION, instanceIds: JSON.stringify([instanceId]) });
    return (await body(ecs.describeInstances(request))).instances.instance[0];
  });
  return instanceId;
}

async function eniIn({ vSwitchId, securityGroupId }) {
  const request = new ECS.CreateNetworkInterfaceRequest({
    regionId: REGION,
    vSwitchId,
    securityGroupIds: [securityGroupId],
    privateIpAddress: ["172.16.1.11", "172.16.1.12"],
    description: "一个网卡 ~*'()!@:/?",
    tag: [new ECS.CreateNetworkInterfaceRequestTag({ key: "app", value: "web" })],
    deleteOnRelease: true,
    clientToken: "a-token-of-ours",
  });
  const made = await body(ecs.createNetworkInterface(request));
  const again = await body(ecs.createNetworkInterface(request));
  assert.strictEqual(again.networkInterfaceId, made.networkInterfaceId);
  assert(made instanceof ECS.CreateNetworkInterfaceResponseBody);
  return made.networkInterfaceId;
}

async function main() {
  const home = await network();
  const instanceId = await instanceIn(home);
  const networkInterfaceId = await eniIn(home);
  const about = { regionId: REGION, networkInterfaceId };
  const free = await eniUntil("Available", networkInterfaceId);
  assert.strictEqual(free.description, "一个网卡 ~*'()!@:/?");
  assert.strictEqual(free.tags.tag[0].tagValue, "web");
  await ecs.attachNetworkInterface(new ECS.AttachNetworkInterfaceRequest({ ...about, instanceId }));
  const used = await eniUntil("InUse", networkInterfaceId);
  assert.strictEqual(used.instanceId, instanceId);
  await ecs.assignPrivateIpAddresses(
    new ECS.AssignPrivateIpAddressesRequest({ ...about, secondaryPrivateIpAddressCount: 2 }),
  );
  const more = await eniUntil("InUse", networkInterfaceId);
  await ecs.unassignPrivateIpAddresses(
    new ECS.UnassignPrivateIpAddressesRequest({ ...about, privateIpAddress: ["172.16.1.11"] }),
  );
  await ecs.detachNetworkInterface(new ECS.DetachNetworkInterfaceRequest({ ...about, instanceId }));
  await eniUntil("Available", networkInterfaceId);
  await ecs.deleteNetworkInterface(new ECS.DeleteNetworkInterfaceRequest(about));
  await gone(networkInterfaceId);
  await ecs.deleteInstance(new ECS.DeleteInstanceRequest({ instanceId, force: true }));
  await ecs.deleteSecurityGroup(
    new ECS.DeleteSecurityGroupRequest({ regionId: REGION, securityGroupId: home.securityGroupId }),
  );
  await vpc.deleteVSwitch(new VPC.DeleteVSwitchRequest({ regionId: REGION, vSwitchId: home.vSwitchId }));
  console.log(JSON.stringify({ eni: networkInterfaceId, addresses: more.privateIpSets.privateIpSet.length }));
}

main();
