// Every page, looked at: barriers, width, pictures; and hostile reports on every page.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { barriers, browser, examples, folder, guarded, picture, run, serve } from "./room.mjs";

const hostile = join(dirname(fileURLToPath(import.meta.url)), "../tests/hostile.jsonl");

/** The pages of a room by the name of their picture. */
async function pages(room) {
  const list = async (path) => (await (await fetch(`${room}${path}`)).json()).items;
  const most = (items, weight) => items.toSorted((one, other) => weight(other) - weight(one))[0];
  const contact = most(await list("/contacts.json?limit=1000"), (one) => one.accounts.length + one.ledger.length);
  const actor = most(await list("/actors.json?limit=1000"), (one) => one.reports.length);
  const report = most(await list("/reports.json?limit=1000"), (one) => one.origins.length + one.links.length);
  const id = encodeURIComponent;
  return {
    today: "/",
    contacts: "/contacts",
    contact: `/contacts/${id(contact.id)}`,
    statements: "/statements",
    actors: "/actors",
    actor: `/actors/${id(actor.id)}`,
    reports: "/reports",
    report: `/reports/${id(report.id)}`,
    network: "/network",
    people: "/network?view=people",
    map: "/map",
    coverage: "/coverage",
    export: "/export",
    origins: "/origins",
    contradictions: "/contradictions",
    gaps: "/gaps",
    judgements: "/judgements",
    search: "/search?q=Ankara",
    add: "/add",
    missing: "/contacts/none",
  };
}

/** Whether a page can be read without moving it sideways. */
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test("every page is open to everybody, in every light and width", async (t) => {
  const dossier = join(folder(t), "horn.depeche");
  run("add", examples, "--dossier", dossier);
  const room = await serve(t, dossier);
  const chromium = await browser(t);
  const looks = {
    light: { viewport: { width: 1280, height: 900 } },
    dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
    phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    french: { viewport: { width: 1280, height: 900 }, language: "fr" },
  };
  const found = [];
  for (const [look, { language, ...options }] of Object.entries(looks)) {
    const { context, page, faults } = await guarded(chromium, room, options);
    if (language) await context.addCookies([{ name: "ui", value: language, url: room }]);
    for (const [name, path] of Object.entries(await pages(room))) {
      await page.goto(`${room}${path}`);
      // The words are the same in French, so is what stands around them.
      if (look !== "french") found.push(...(await barriers(page)));
      if (!(await fits(page))) found.push(`${page.url()}: wider than the ${look} screen`);
      if ((await page.locator("h1").count()) !== 1) found.push(`${page.url()}: not one heading`);
      // The whole page to be looked at, what a screen shows for the manual.
      await picture(page, `${name}-${look}`, Boolean(process.env.SCREENSHOTS_PNG));
    }
    assert.deepEqual(faults, []);
    await context.close();
  }
  assert.deepEqual([...new Set(found)], []);
});

test("hostile reports do nothing on any page", async (t) => {
  const place = folder(t);
  const named = join(place, `"><img src=x onerror=alert(1)>.txt`);
  cpSync(join(examples, "2024-07-02-ankara.txt"), named);
  const dossier = join(place, "<b>harm.depeche");
  run("add", hostile, named, "--dossier", dossier);
  const room = await serve(t, dossier);
  const { page, faults } = await guarded(await browser(t), room);
  const seen = new Set();
  const ahead = Object.values(await pages(room)).concat("/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
  // Every page that a link of the room leads to, as far as a reader would go.
  while (ahead.length && seen.size < 120) {
    const path = ahead.shift();
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await page.goto(`${room}${path}`);
    if (!answer.headers()["content-type"]?.startsWith("text/html")) continue;
    const { links, strange } = await page.evaluate(() => ({
      links: Array.from(document.querySelectorAll("a[href]"), (link) => link.getAttribute("href")),
      strange: Array.from(
        document.querySelectorAll("script:not([src='/room.js']), iframe, object, embed, base, [onload], [onerror], [onclick]"),
        (element) => element.outerHTML,
      ),
    }));
    assert.deepEqual(strange, [], path);
    assert.ok(!links.some((link) => /^\s*(javascript|data|vbscript|file):/i.test(link)), path);
    const hovered = page.locator("main a, main mark, main bdi");
    for (let n = 0; n < Math.min(5, await hovered.count()); n += 1) {
      await hovered.nth(n).hover({ timeout: 500, force: true }).catch(() => {});
    }
    const inside = links.map((link) => link.split("#")[0]).filter((link) => /^\/(?!\/)/.test(link));
    ahead.push(...inside.filter((link) => !/^\/(preferences|export\/)/.test(link) && !link.endsWith(".json") && !seen.has(link)));
  }
  assert.deepEqual(faults, []);
  assert.ok(seen.size > 25, `only ${seen.size} pages`);
});
