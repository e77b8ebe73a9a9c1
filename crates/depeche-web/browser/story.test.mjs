// What a reader does on the first day: brings reports, looks, follows a line to its proof, decides, takes the dossier away.

import assert from "node:assert/strict";
import { createReadStream, openSync, readFileSync, readdirSync, truncateSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { browser, examples, folder, guarded, picture, run, serve } from "./room.mjs";

const screen = { viewport: { width: 1280, height: 800 } };

/** The examples, as files that are dropped on the page. */
async function drop(page, names) {
  const files = names.map((name) => ({ name, bytes: readFileSync(join(examples, name)).toString("base64") }));
  const carried = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, bytes } of files) {
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], name));
    }
    return data;
  }, files);
  await page.dispatchEvent("main", "dragover", { dataTransfer: carried });
  await page.dispatchEvent("main", "drop", { dataTransfer: carried });
}

test("a reader brings reports, looks, decides and exports", async (t) => {
  const room = await serve(t, join(folder(t), "horn.depeche"));
  const { page, faults } = await guarded(await browser(t), room, { ...screen, acceptDownloads: true });
  const says = (words) => page.getByText(words).first().waitFor();
  // A machine that has much to do shows a judgement on its own page first, until the dossier follows it.
  const judged = async () => {
    await page.waitForLoadState();
    if (!/\/judgements\/j/.test(page.url())) return;
    await says("Recorded, and the dossier shows it.");
    await page.getByRole("link", { name: "Back to where you were" }).click();
  };

  await page.goto(room);
  await says("This dossier is empty");
  await page.locator("main").getByRole("link", { name: "Add", exact: true }).click();
  await drop(page, readdirSync(examples).filter((name) => name !== "SOURCE"));
  await says("2024-07-02-ankara.txt");
  await picture(page, "story-add");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await says("Done: the dossier shows what was added.");
  await picture(page, "story-added");

  await page.getByRole("link", { name: "Contacts", exact: true }).click();
  const marks = page.locator("svg.tl .tl-mark");
  assert.ok((await marks.count()) > 20, "the timeline has marks");
  await page.getByLabel("Status").selectOption("held");
  await page.waitForURL(/status=held/);
  assert.equal(await page.locator("article.item .status:not(.held)").count(), 0);
  await picture(page, "story-contacts");

  // The list follows what is typed and what is chosen on the picture.
  const held = await page.locator("article.item").count();
  await page.getByLabel("Person").pressSequentially("Fid");
  await page.waitForURL(/actor=Fid/);
  const fidan = await page.locator("article.item").count();
  assert.ok(fidan > 0 && fidan < held, `${fidan} of ${held}`);
  assert.equal(await page.locator("article.item", { hasText: "Fidan" }).count(), fidan);
  await page.getByLabel("Person").fill("");
  await page.waitForURL((url) => !url.searchParams.has("actor"));
  await page.locator("svg.tl").scrollIntoViewIfNeeded();
  const box = await page.locator("svg.tl").boundingBox();
  await page.mouse.move(box.x + box.width * 0.45, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
  await picture(page, "story-brush");
  await page.mouse.up();
  await page.waitForURL(/since=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d/);
  const [since, until] = ["since", "until"].map((name) => new URL(page.url()).searchParams.get(name));
  assert.ok(since < until, `${since} ${until}`);
  assert.ok((await page.locator("article.item").count()) < held);
  await page.getByRole("link", { name: "Show all" }).click();

  await page.locator("article.item", { hasText: "11 December 2024, Ankara" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "Accounts" }).waitFor();
  await picture(page, "story-contact");
  const quoted = await page.locator("blockquote mark").first().innerText();
  await page.getByRole("link", { name: "in the text" }).first().click();
  await page.waitForURL(/\/reports\/.*at=/);
  const found = page.locator("mark.found");
  const words = (await found.allInnerTexts()).join("").replace(/\s+/g, " ");
  assert.ok(quoted.replace(/\s+/g, " ").includes(words.slice(0, 40)), `${quoted} / ${words}`);
  await found.first().waitFor({ state: "visible" });
  await picture(page, "story-evidence");
  await page.locator("mark a").first().click();
  await page.locator("details.why summary").first().click();
  await page.locator("details[open] .steps").first().waitFor();

  // Two people who are one.
  await page.getByRole("link", { name: "Actors", exact: true }).click();
  const people = page.locator("tbody tr th a");
  const before = await people.allInnerTexts();
  await people.first().click();
  const name = await page.locator("h1").innerText();
  await page.getByText("Judge", { exact: true }).click();
  await page.getByLabel("Who judges").fill("Desk");
  const other = await page.locator("#j-others option").first();
  const [id, otherName] = [await other.getAttribute("value"), await other.innerText()];
  await page.getByLabel("The other: name or identifier").fill(id);
  await picture(page, "story-judge");
  await page.getByRole("button", { name: "The same", exact: true }).click();
  await judged();
  await says("Judgements:");
  await page.getByRole("link", { name: "Actors", exact: true }).click();
  assert.equal((await people.allInnerTexts()).length, before.length - 1, `${name} and ${otherName} are one`);

  await page.getByRole("link", { name: "Judgements", exact: true }).click();
  await picture(page, "story-judgements");
  await page.getByRole("button", { name: "Undo this judgement" }).click();
  await judged();
  await says("undone");
  await page.getByRole("link", { name: "Actors", exact: true }).click();
  assert.deepEqual(await people.allInnerTexts(), before, "all is as it was");

  // An account is judged where it stands: what one report says is none of it.
  const contacts = await (await fetch(`${room}/contacts.json?limit=1000`)).json();
  const one = contacts.items.find((contact) => contact.accounts.length === 1);
  const account = one.accounts[0];
  await page.goto(`${room}/reports/${encodeURIComponent(account.report)}`);
  const read = page.locator(`#item-${account.id.split("#").pop()}`);
  await read.getByText("Judge", { exact: true }).click();
  await read.getByLabel("Reason").fill("another meeting");
  await read.getByRole("button", { name: "Reject" }).click();
  await says("Recorded, and the dossier shows it.");
  await picture(page, "story-judgement");
  const left = await (await fetch(`${room}/contacts.json?limit=1000`)).json();
  assert.ok(!left.items.some((contact) => contact.id === one.id), "what was rejected is not shown");

  await page.getByRole("link", { name: "Export", exact: true }).click();
  await picture(page, "story-export");
  for (const [file, held] of [["html", "Ankara"], ["csv-contacts", "Ankara"], ["ical", "BEGIN:VEVENT"]]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(`a[href="/export/${file}"]`).click(),
    ]);
    assert.match(readFileSync(await download.path(), "utf8"), new RegExp(held), file);
  }
  assert.deepEqual(faults, []);
});

test("addresses are fetched where that is allowed, and what fails is told", async (t) => {
  const asked = [];
  const site = createServer((request, response) => {
    asked.push(request.url);
    if (request.url !== "/page") return response.writeHead(404).end();
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<article><h1>Entretien</h1><p>${readFileSync(join(examples, "2024-07-02-ankara.txt"), "utf8")}</p></article>`);
  });
  await new Promise((ready) => site.listen(0, "127.0.0.1", ready));
  t.after(() => site.close());
  const address = `http://127.0.0.1:${site.address().port}`;
  const chromium = await browser(t);
  const bring = async (room) => {
    const { page, faults } = await guarded(chromium, room, screen);
    await page.goto(`${room}/add`);
    await page.getByLabel("Pages on the web").fill(`${address}/page\n${address}/nothing`);
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("Done: the dossier shows what was added.").waitFor({ timeout: 60_000 });
    assert.deepEqual(faults, []);
    return page;
  };

  const open = await bring(await serve(t, join(folder(t), "open.depeche"), "--allow-private"));
  await open.getByText("New report").waitFor();
  await open.getByText(`${address}/nothing`).first().waitFor();
  await picture(open, "story-addresses");

  // By default nothing on this machine or a private network is asked.
  asked.length = 0;
  const shut = await bring(await serve(t, join(folder(t), "shut.depeche")));
  assert.equal(await shut.getByText("New report").count(), 0);
  assert.deepEqual(asked, []);

  const none = await serve(t, join(folder(t), "none.depeche"), "--fetch", "off");
  assert.ok(!(await (await fetch(`${none}/add`)).text()).includes('name="addresses"'));
});

test("without its script the room does the same", async (t) => {
  const room = await serve(t, join(folder(t), "plain.depeche"));
  const { page, faults } = await guarded(await browser(t), room, { ...screen, javaScriptEnabled: false });
  await page.goto(`${room}/add`);
  await page.locator("#a-files").setInputFiles(join(examples, "2024-07-02-ankara.txt"));
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("New report").waitFor();
  await page.getByRole("link", { name: "Contacts", exact: true }).click();
  await page.getByLabel("Kind").selectOption("meeting");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/kind=meeting/);
  assert.ok((await page.locator("article.item").count()) > 0);
  assert.deepEqual(faults, []);
});

test("on a phone filters unfold, also without the script", async (t) => {
  const dossier = join(folder(t), "phone.depeche");
  run("add", join(examples, "2024-07-02-ankara.txt"), "--dossier", dossier);
  const room = await serve(t, dossier);
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, javaScriptEnabled: false };
  const { page, faults } = await guarded(await browser(t), room, phone);
  await page.goto(`${room}/contacts`);
  const first = await page.locator("article.item").first().boundingBox();
  const picture = await page.locator("svg.tl").boundingBox();
  assert.ok(picture.y < 844, "the picture begins on the first screen");
  assert.ok(first.y > picture.y);
  assert.equal(await page.getByLabel("Kind").isVisible(), false);
  await page.getByText("Filters", { exact: true }).click();
  await page.getByLabel("Kind").selectOption("meeting");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/kind=meeting/);
  await page.getByText("Filters (1)").waitFor();
  assert.deepEqual(faults, []);
});

test("what is too large is refused, and says so", async (t) => {
  const place = folder(t);
  const large = join(place, "large.txt");
  const bytes = 2 * 1024 ** 3;
  truncateSync(openSync(large, "w"), bytes);
  const room = await serve(t, join(place, "plain.depeche"));
  const chromium = await browser(t);
  const { page, faults } = await guarded(chromium, room, screen);
  await page.goto(`${room}/add`);
  await page.locator("#a-files").setInputFiles(large);
  await page.getByText("That is more than the room takes.").waitFor();
  assert.deepEqual(faults, []);

  // Without the script it is sent, and the answer comes all the same.
  const { headers, body } = await new Promise((resolve, reject) => {
    const head = `--edge\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n`;
    const address = new URL(`${room}/add`);
    const options = {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=edge", "content-length": bytes },
    };
    const sent = request(address, options, (answer) => {
      let body = "";
      answer.on("data", (part) => (body += part));
      answer.on("end", () => resolve({ headers: answer, body }));
    });
    sent.on("error", reject);
    sent.write(head);
    createReadStream(large, { end: bytes - head.length - 1 }).pipe(sent);
  });
  assert.equal(headers.statusCode, 413, body);
  assert.match(body, /more than the room takes/);
});
