"use strict";
// The dashboard: reads the stream of events, draws what it says, and sends what people ask for.
// All text enters the page as text (textContent); nothing becomes markup, and the page's policy would not let it.

const PREFIX = "/_cloudsim/";
const LINES_KEPT = 2000, LINES_SHOWN = 300, SECONDS = 120, SERIES = 7;
const SVG = "http://www.w3.org/2000/svg";
const $ = (id) => document.getElementById(id);

function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (key === "text") made.textContent = value; else if (key === "class") made.className = value; else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}
function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
const number = (value) => Number(value).toLocaleString("en-US");

// -- asking

async function ask(path, body, bytes) {
  const options = body === undefined && bytes === undefined ? {} : {
    method: "POST", body: bytes === undefined ? JSON.stringify(body) : bytes,
    headers: {"content-type": bytes === undefined ? "application/json" : "application/octet-stream", "x-cloudsim-admin": "dashboard"},
  };
  const answer = await fetch(PREFIX + path, {credentials: "same-origin", ...options});
  const said = await answer.json();
  if (answer.status === 401 && path !== "login") showLogin();
  if (!answer.ok) throw new Error(said.message);
  return said;
}
async function tell(output, work) {
  output.className = "";
  try {
    output.textContent = await work();
    output.className = "good";
  } catch (error) {
    output.textContent = error.message;
    output.className = "bad";
  }
}

// -- bars

function bar(parts, total, label) {
  const svg = drawn("svg", {class: "bar", viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img", "aria-label": label});
  let x = 0;
  for (const [kind, count] of parts) {
    const width = total > 0 ? Math.min(1000 - x, 1000 * count / total) : 0;
    if (width > 0) svg.append(drawn("rect", {class: kind, x: x, y: 0, width: width, height: 10}));
    x += width;
  }
  return svg;
}
const fill = (share) => (share >= 1 ? "full" : share >= 0.8 ? "high" : "used");

// -- the state

let state = null;

function showState(next) {
  state = next;
  $("problems").hidden = next.problems.length === 0;
  $("problems").textContent = next.problems.length ? `A bug of the simulator has struck: ${next.problems.join("; ")}. What is shown may contradict itself until the world is reset.` : "";
  $("now").textContent = clockText(next.now_ns);
  $("now").title = next.now;
  $("time").textContent = next.time;
  $("seed").textContent = next.seed;
  $("in-flight").textContent = number(next.in_flight);
  $("next-due").textContent = next.next_due_ns === null ? "nothing" : duration(next.next_due_ns - next.now_ns, "in ");
  const enis = Object.entries(next.enis), total = enis.reduce((sum, [, count]) => sum + count, 0);
  $("enis-total").textContent = number(total);
  $("enis-small").textContent = `${number(next.enis.InUse)} in use`;
  $("enis").replaceChildren(...enis.flatMap(([status, count]) => [
    element("span", {text: status}), bar([["used", count]], total, `${count} of ${total}`),
    element("span", {class: "number", text: number(count)}),
  ]));
  showVSwitches(next);
  showQuotas(next);
  countCalls(next);
  if (!$("fields").hasChildNodes()) loadVerbs();
}
function duration(ns, before) {
  if (ns <= 0) return "now";
  const seconds = ns / 1e9;
  return before + (seconds >= 60 ? `${(seconds / 60).toFixed(1)} min` : seconds >= 1 ? `${seconds.toFixed(1)} s` : `${(seconds * 1000).toFixed(1)} ms`);
}
function showVSwitches(next) {
  const free = next.vswitches.reduce((sum, one) => sum + one.free, 0), size = next.vswitches.reduce((sum, one) => sum + one.size, 0);
  $("free").textContent = next.vswitches.length ? number(free) : "–";
  $("free-small").textContent = `of ${number(size)} in ${number(next.vswitches.length + next.vswitches_left_out)} vSwitches`;
  $("vsw-more").textContent = next.vswitches_left_out ? `and ${number(next.vswitches_left_out)} more` : "";
  $("vswitches").replaceChildren(...next.vswitches.map((one) => {
    const usable = one.size - one.reserved, taken = usable - one.free;
    const name = element("td", {text: one.id});
    if (one.status !== "Available") name.append(element("span", {class: "tag", text: one.status}));
    if (next.zones_out.includes(one.zone)) name.append(element("span", {class: "tag", text: "zone is out"}));
    const parts = [[one.free ? "used" : "full", one.used], ["prefix", one.in_prefix], ["cooling", one.cooling], ["aside", one.set_aside]];
    return element("tr", {}, name, element("td", {class: "optional", text: one.zone}), element("td", {text: one.cidr}),
      element("td", {}, bar(parts, usable, `${taken} of ${usable} addresses are taken`)),
      element("td", {class: "number", text: number(one.free)}), element("td", {class: "number", text: number(one.enis)}));
  }));
}
function showQuotas(next) {
  $("quota-more").textContent = next.quotas_left_out ? `and ${number(next.quotas_left_out)} more` : "";
  $("quotas").replaceChildren(...next.quotas.map((one) => {
    const share = one.limit ? (one.used + one.held) / one.limit : 1;
    return element("tr", {}, element("td", {text: one.quota}), element("td", {text: one.vpc || `${one.account} / ${one.region}`}),
      element("td", {}, bar([[fill(share), one.used], ["prefix", one.held]], Math.max(one.limit, one.used + one.held), `${one.used} of ${one.limit}`)),
      element("td", {class: "number", text: number(one.used)}), element("td", {class: "number optional", text: number(one.held)}),
      element("td", {class: "number", text: number(one.limit)}));
  }));
}

// -- requests per second

let counted = null;
const seconds = [];  // of the last two minutes: {at, codes}, the oldest first
const colours = new Map([["ok", 0]]);

function totals(calls, refused) {
  const codes = new Map(Object.entries(refused));
  for (const endings of Object.values(calls)) for (const [code, count] of Object.entries(endings)) codes.set(code, (codes.get(code) || 0) + count);
  return codes;
}
function countCalls(next) {
  const codes = totals(next.calls, next.refused_by_gateway), at = Math.floor(performance.now() / 1000);
  const all = [...codes.values()].reduce((sum, count) => sum + count, 0), refused = all - (codes.get("ok") || 0);
  const atTheDoor = Object.values(next.refused_by_gateway).reduce((sum, count) => sum + count, 0);
  $("sent").textContent = `${number(next.sent + atTheDoor)} sent, ${number(all)} answered`;
  $("refused").textContent = number(refused);
  const worst = [...codes].filter(([code]) => code !== "ok").sort((a, b) => b[1] - a[1])[0];
  $("refused-small").textContent = worst ? `most: ${worst[0]}` : "nothing yet";
  if (counted !== null) {
    if (!seconds.length || seconds[seconds.length - 1].at !== at) seconds.push({at, codes: new Map()});
    const now = seconds[seconds.length - 1].codes;
    for (const [code, count] of codes) {
      const more = count - (counted.get(code) || 0);
      if (more > 0) now.set(code, (now.get(code) || 0) + more);
    }
  }
  counted = codes;
}
function colour(code) {
  if (!colours.has(code)) colours.set(code, Math.min(colours.size, SERIES));
  return colours.get(code);
}
function drawChart() {
  const end = Math.floor(performance.now() / 1000), from = end - SECONDS;
  while (seconds.length && seconds[0].at < from) seconds.shift();
  const sums = seconds.map((one) => [...one.codes.values()].reduce((sum, count) => sum + count, 0));
  const most = Math.max(4, ...sums), chart = $("chart"), width = 720 / SECONDS;
  const rectangles = [], seen = new Map();
  for (const one of seconds) {
    let y = 150;
    for (const [code, count] of [...one.codes].sort((a, b) => colour(a[0]) - colour(b[0]))) {
      const height = 150 * count / most;
      y -= height;
      rectangles.push(drawn("rect", {class: `s${colour(code)}`, x: (one.at - from - 1) * width, y: y, width: width * 0.85, height: height}));
      seen.set(code, (seen.get(code) || 0) + count);
    }
  }
  chart.replaceChildren(...rectangles);
  const said = [...seen].sort((a, b) => b[1] - a[1]);
  chart.setAttribute("aria-label", said.length ? `At most ${most} a second. ${said.map(([code, count]) => `${code}: ${count}`).join(", ")}` : "No requests in the last two minutes");
  $("legend").replaceChildren(...said.slice(0, 10).map(([code, count]) => {
    const swatch = drawn("svg", {viewBox: "0 0 10 10", "aria-hidden": "true"});
    swatch.append(drawn("rect", {class: `s${colour(code)}`, width: 10, height: 10, rx: 2}));
    return element("li", {}, swatch, `${code} ${number(count)}`);
  }));
  const last = seconds.filter((one) => one.at >= end - 3 && one.at < end).reduce((sum, one) => sum + [...one.codes.values()].reduce((a, b) => a + b, 0), 0);
  $("most").textContent = sums.length ? number(most) : "no requests";
  $("peak").textContent = sums.length ? `last two minutes, at most ${number(Math.max(...sums))} a second` : "last two minutes";
  $("rate").textContent = number(Math.round(last / 3 * 10) / 10);
}

// -- the journal

let lines = [];
const events = new Set();
let isDrawn = true;

function addLines(more) {
  lines.push(...more);
  if (lines.length > LINES_KEPT) lines = lines.slice(-LINES_KEPT);
  for (const line of more) {
    if (line.ev && !events.has(line.ev)) {
      events.add(line.ev);
      $("f-event").append(element("option", {text: line.ev}));
    }
  }
  isDrawn = false;
}
const isRefused = (line) => line.ev === "answer" && line.answer !== "ok";

function drawLines() {
  if (isDrawn || $("f-pause").checked) return;
  isDrawn = true;
  const text = $("f-text").value.trim().toLowerCase(), event = $("f-event").value, refusedOnly = $("f-refused").checked;
  const fits = lines.filter((line) => (!event || line.ev === event) && (!refusedOnly || isRefused(line)) && (!text || said(line).toLowerCase().includes(text)));
  $("f-count").textContent = `${number(fits.length)} of the latest ${number(lines.length)} lines`;
  $("lines").replaceChildren(...fits.slice(-LINES_SHOWN).reverse().map(lineRow));
}
function said(line) {
  return line.text === undefined ? (line.text = `${line.call || ""} ${line.ev || ""} ${what(line)}`) : line.text;
}
function what(line) {
  if (line.gap) return line.gap;
  return Object.entries(line).filter(([key]) => !["n", "t", "call", "ev", "text"].includes(key) && line[key] !== null)
    .map(([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : value}`).join("  ");
}
function lineRow(line) {
  const kind = line.gap ? "gap" : isRefused(line) ? "refused" : line.ev === "phase" ? "phase" : "";
  return element("tr", {class: kind}, element("td", {class: "number", text: line.n === undefined ? "" : line.n}),
    element("td", {text: line.t === undefined ? "" : clockText(line.t)}), element("td", {text: line.call || ""}),
    element("td", {text: line.ev || ""}), element("td", {text: what(line)}));
}
function clockText(ns) {
  const ms = Math.floor(ns / 1e6), two = (value) => String(value).padStart(2, "0");
  return `${two(Math.floor(ms / 3600000))}:${two(Math.floor(ms / 60000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}

// -- the stream

let stream = null;

function connect() {
  if (stream) stream.close();
  stream = new EventSource(PREFIX + "events");
  const link = (text, isLive) => { $("link").textContent = text; $("link").className = isLive ? "link live" : "link"; };
  stream.onopen = () => link("live", true);
  stream.onerror = () => {
    link("connecting", false);
    if (stream.readyState === EventSource.CLOSED) ask("health").then(() => setTimeout(connect, 5000), () => setTimeout(connectUnlessAsked, 5000));
  };
  const on = (name, act) => stream.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("state", showState);
  on("lines", (data) => addLines(data.lines));
  on("gap", (data) => addLines([{gap: `lines ${number(data.first)} to ${number(data.after - 1)} came too quickly to be shown`}]));
  on("world", () => { lines = []; counted = null; isDrawn = false; });
}
function connectUnlessAsked() { if (!$("login").open) connect(); }

function showLogin() { if (!$("login").open) $("login").showModal(); }

// -- doing

let verbs = null;
let isLoading = false;

async function loadVerbs() {
  if (verbs || isLoading) return;
  isLoading = true;
  const help = await ask("help");
  verbs = new Map();
  const kinds = [["troubles", "trouble", "In the cloud"], ["faults", "fault", "With calls"]];
  for (const [path, noun, title] of kinds) {
    const route = help.routes.find((one) => one.path === path && one.method === "POST");
    const group = element("optgroup", {label: title});
    for (const [verb, keys] of Object.entries(route.verbs)) {
      if (Object.values(keys).some((kind) => kind.type === "object")) verbs.set(`${path} ${verb}`, {path, noun, verb, keys: Object.fromEntries(Object.entries(keys).filter(([, kind]) => kind.type !== "object"))});
      else verbs.set(`${path} ${verb}`, {path, noun, verb, keys});
      group.append(element("option", {value: `${path} ${verb}`, text: verb.replaceAll("_", " ")}));
    }
    $("verb").append(group);
  }
  const quotas = help.routes.find((one) => one.path === "quotas" && one.method === "POST");
  verbs.set("quotas", {path: "quotas", noun: null, verb: null, keys: quotas.keys});
  $("verb").append(element("optgroup", {label: "Limits"}, element("option", {value: "quotas", text: "set quota"})));
  $("verb").value = "troubles take_zone_out";
  showFields();
}
function known(key) {
  const of = {
    zone: () => Object.values(state.regions).flat(), region: () => Object.keys(state.regions), account: () => state.accounts,
    vswitch: () => state.vswitches.map((one) => one.id), quota: () => [...new Set(state.quotas.map((one) => one.quota))],
  };
  return of[key] ? of[key]() : null;
}
function showFields() {
  const chosen = verbs.get($("verb").value), rows = [];
  for (const [key, kind] of Object.entries(chosen.keys)) {
    const id = `field-${key}`, choices = kind.enum || (state && known(key));
    const options = {id, name: key, ...(kind.required ? {required: ""} : {})};
    let input;
    if (choices && choices.length) {
      input = element("select", options, ...(kind.required ? [] : [element("option", {value: "", text: "–"})]), ...choices.map((one) => element("option", {text: one})));
      if (kind.default) input.value = kind.default;
    } else {
      const hint = kind.default === null ? (key === "at" ? "now" : key === "lasting" ? "for ever, or 5m" : key === "times" ? "without end" : "any") : kind.default;
      input = element("input", {...options, autocomplete: "off", spellcheck: "false", placeholder: hint === undefined ? "needed" : hint});
    }
    rows.push(element("label", {for: id, text: key.replaceAll("_", " ")}), input);
  }
  $("fields").replaceChildren(...rows);
}
function bodyOf(chosen) {
  const body = chosen.noun ? {[chosen.noun]: chosen.verb} : {};
  for (const input of $("fields").querySelectorAll("input, select")) {
    const value = input.value.trim(), kind = chosen.keys[input.name];
    const types = kind.anyOf ? kind.anyOf.map((one) => one.type) : [kind.type];
    if (value) body[input.name] = types.includes("integer") && /^[0-9]+$/.test(value) ? Number(value) : value;
  }
  return body;
}
$("verb").addEventListener("change", showFields);
$("throw").addEventListener("submit", (event) => {
  event.preventDefault();
  const chosen = verbs.get($("verb").value);
  tell($("thrown"), async () => {
    const said = await ask(chosen.path, bodyOf(chosen));
    if (said.message) throw new Error(`${said.fate}: ${said.message}`);
    return `${said.trouble || said.fault}: ${said.fate || "planned"}`;
  });
});
$("stop").addEventListener("click", () => tell($("thrown"), async () => `stopped: ${(await ask("faults/stop", {})).stopped}`));
$("clock").addEventListener("submit", (event) => {
  event.preventDefault();
  pass({advance: $("advance").value.trim()});
});
$("idle").addEventListener("click", () => pass({}));
function pass(body) {
  tell($("moved"), async () => {
    const said = await ask("clock", body);
    return said.is_reached ? `it is ${clockText(said.now_ns)}` : `it is ${clockText(said.now_ns)}; there is more to do, ask again`;
  });
}
$("reset").addEventListener("click", () => {
  if (!window.confirm("Begin the same world again? What is there now is lost.")) return;
  tell($("moved"), async () => `the world began again under seed ${(await ask("reset", {})).seed}`);
});
$("load").addEventListener("change", () => {
  const file = $("load").files[0];
  if (!file) return;
  tell($("moved"), async () => {
    try {
      if (!window.confirm(`Load ${file.name}? What is there now is lost.`)) return "nothing was loaded";
      return `${file.name} was loaded; the seed is ${(await load(file)).seed}`;
    } finally {
      $("load").value = "";  // so that the same file can be chosen again
    }
  });
});
async function load(file) {
  const bytes = await file.arrayBuffer(), text = new TextDecoder().decode(bytes);
  if (text.startsWith("cloudsim-snapshot")) return ask("restore", undefined, bytes);
  return ask("world", text.trimStart().startsWith("{") ? {world: JSON.parse(text)} : {toml: text});
}
$("login-form").addEventListener("submit", (event) => {
  event.preventDefault();
  tell($("login-said"), async () => {
    await ask("login", {token: $("token").value});
    $("token").value = "";
    $("login").close();
    connect();
    return "";
  });
});
for (const id of ["f-text", "f-event", "f-refused", "f-pause"]) $(id).addEventListener("input", () => { isDrawn = false; drawLines(); });
setInterval(() => { drawChart(); drawLines(); }, 500);
connect();
