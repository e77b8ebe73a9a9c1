// What pages cost: node weigh.mjs DOSSIER serves it and asks each page twenty times, warm. Prints the median of the time that an answer
// took, that of the processor's time in the server, which another process does not lengthen, and the bytes of the page.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { program } from "./room.mjs";

const [dossier] = process.argv.slice(2);
if (!dossier) throw new Error("name a dossier");
const TIMES = 20;
const MOST = { ms: 200, bytes: 300_000 };

const served = spawn(program(), ["serve", "--dossier", dossier, "--listen", "127.0.0.1:0", "--ui", "en"]);
const room = await new Promise((resolve, reject) => {
  let said = "";
  const hear = (words) => {
    said += words;
    const found = said.match(/http:\/\/[\d.:]+/);
    if (found) resolve(found[0]);
  };
  served.stdout.on("data", hear);
  served.stderr.on("data", hear);
  served.on("exit", () => reject(new Error(said)));
});

/** Processor time of the server in milliseconds, by its threads' own clocks. */
const spent = () => {
  const fields = readFileSync(`/proc/${served.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const json = async (path) => (await fetch(`${room}${path}`)).json();
const first = async (path, weight) => {
  const { items } = await json(path);
  return encodeURIComponent(items.toSorted((one, other) => weight(other) - weight(one))[0].id);
};
const sides = (await json("/network.json?limit=1")).items[0];
const contact = await first("/contacts.json?limit=200", (one) => one.accounts.length);
const actor = await first("/actors.json?limit=5", (one) => one.reports.length);
const report = await first("/reports.json?limit=100", (one) => one.origins.length + one.links.length);
const month = (await json("/today.json")).counts.last.slice(0, 7);
const place = encodeURIComponent((await json("/map.json")).places[0].names[0]);
const pages = [
  "/", "/?since=all", "/contacts", "/contacts?page=40", `/contacts?side=${sides.first}&side=${sides.second}`, "/contacts?status=held",
  `/contacts?since=${month}&until=${month}`, "/contacts?q=rencontre", `/contacts?actor=${actor}`, `/contacts?place=${place}`, "/contacts?least=2",
  `/contacts/${contact}`, "/statements", `/statements?side=${sides.first}`, "/statements?act=deny", "/statements?q=rencontre",
  "/statements?status=held", "/actors", "/actors?q=Ivan", `/actors/${actor}`, "/reports", "/reports?q=rencontre", `/reports/${report}`, "/network",
  `/network?since=${month}`, "/network?view=people", "/map", `/map?side=${sides.first}`, "/coverage", "/origins", "/contradictions", "/gaps",
  `/gaps?side=${sides.first}`, "/judgements", "/search?q=le", "/search?q=rencontre", `/search?q=${place}`, "/export", "/add",
];
let failed = 0;
console.log("median ms  processor ms   bytes  page");
for (const page of pages) {
  const took = [];
  let bytes = 0;
  await fetch(`${room}${page}`);
  const before = spent();
  for (let n = 0; n < TIMES; n += 1) {
    const begun = performance.now();
    const answer = await fetch(`${room}${page}`);
    bytes = (await answer.arrayBuffer()).byteLength;
    took.push(performance.now() - begun);
    if (answer.status !== 200) throw new Error(`${page}: ${answer.status}`);
  }
  const processor = (spent() - before) / TIMES;
  const median = took.toSorted((one, other) => one - other)[TIMES / 2];
  const over = Math.min(median, processor) > MOST.ms || bytes > MOST.bytes;
  failed += over ? 1 : 0;
  console.log(`${median.toFixed(0).padStart(9)}  ${processor.toFixed(0).padStart(12)}  ${String(bytes).padStart(6)}  ${page}${over ? "  TOO MUCH" : ""}`);
}
served.kill("SIGINT");
console.log(failed ? `${failed} pages cost too much` : "no page costs too much");
process.exitCode = failed ? 1 : 0;
