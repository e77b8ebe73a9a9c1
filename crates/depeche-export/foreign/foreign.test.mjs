// Exports read back by programs that are not ours: Parquet by hyparquet, the Typst document by Typst.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const hostile = join(repository, "crates/depeche-web/tests/hostile.jsonl");

/** The program: `DEPECHE` names it, else the one that cargo built for development. */
function program() {
  const target = process.env.CARGO_TARGET_DIR ?? join(repository, "target");
  const found = [process.env.DEPECHE, join(target, "debug/depeche")].find((place) => place && existsSync(place));
  if (!found) throw new Error("no depeche was built: run cargo build -p depeche --features parquet, or name one in DEPECHE");
  return found;
}

const run = (...given) => execFileSync(program(), given, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });

/** A folder that is gone when the test is over. */
function folder(test) {
  const made = mkdtempSync(join(tmpdir(), "depeche-foreign-"));
  test.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** The tables of an export, by name. */
async function tables(into, ...inputs) {
  run("export", ...inputs, "--to", "parquet", "--today", "2025-08-20", "--output", into);
  const names = ["contacts", "accounts", "ledger", "history", "statements", "actors", "reports", "contradictions", "gaps", "judgements", "problems"];
  const read = names.map(async (name) => {
    const file = await asyncBufferFromFile(join(into, `${name}.parquet`));
    const { num_rows: count } = await parquetMetadataAsync(file);
    const rows = await parquetReadObjects({ file });
    assert.equal(BigInt(rows.length), count, name);
    return [name, rows];
  });
  return Object.fromEntries(await Promise.all(read));
}

/** The lines of the JSON Lines of the same, by type. */
function lines(...inputs) {
  const all = run("export", ...inputs, "--to", "jsonl", "--today", "2025-08-20").trim().split("\n").map((line) => JSON.parse(line));
  return (type) => all.filter((line) => line.type === type);
}

test("tables of Parquet hold what the JSON holds, in kinds of their own", async (t) => {
  const examples = join(repository, "examples");
  const found = await tables(join(folder(t), "tables"), examples);
  const told = lines(examples);
  assert.ok(found.contacts.length > 20);
  for (const [name, type] of [["contacts", "contact"], ["actors", "actor"], ["reports", "report"], ["statements", "statement"], ["gaps", "gap"]]) {
    assert.equal(found[name].length, told(type).length, name);
  }
  for (const contact of told("contact")) {
    const row = found.contacts.find((row) => row.id === contact.id);
    assert.deepEqual(row.participants, contact.participants);
    assert.deepEqual(row.sides, contact.sides);
    assert.equal(row.date ?? null, contact.date);
    assert.equal(Number(row.origins_least), contact.corroboration.least);
    assert.equal(row.accepted, false);
    // A whole day is the first and the last.
    if (/^\d{4}-\d\d-\d\d$/.test(contact.date ?? "")) {
      assert.equal(row.first_day.toISOString().slice(0, 10), contact.date);
      assert.equal(row.last_day.toISOString().slice(0, 10), contact.date);
    }
    if (!contact.date) assert.ok(row.first_day == null && row.last_day == null);
    const [evidence] = contact.accounts[0].evidence;
    assert.deepEqual([row.evidence, Number(row.start), Number(row.end)], [evidence.exact, evidence.start, evidence.end]);
  }
  assert.ok(found.contacts.some((row) => row.participants.length > 1) && found.contacts.some((row) => row.notes.length === 0));
});

test("hostile words come back from Parquet as they were", async (t) => {
  const found = await tables(join(folder(t), "tables"), hostile);
  const titles = lines(hostile)("report").map((report) => report.title);
  assert.deepEqual(found.reports.map((row) => row.title ?? null), titles);
  assert.ok(titles.some((title) => title?.includes("<script>")));
});

test("the Typst document becomes a PDF with notes at the foot", () => {
  for (const [inputs, least] of [[join(repository, "examples"), 40], [hostile, 1]]) {
    for (const language of ["en", "fr"]) {
      const document = run("export", inputs, "--to", "typst", "--today", "2025-08-20", "--ui", language);
      const compiler = NodeCompiler.create();
      const pdf = compiler.pdf({ mainFileContent: document });
      assert.equal(Buffer.from(pdf.slice(0, 5)).toString(), "%PDF-");
      const notes = compiler.query({ mainFileContent: document }, { selector: "footnote" });
      assert.ok(notes.length >= least, `${notes.length} notes`);
      // The picture of the timeline, and nothing of what reports say as markup.
      assert.equal(compiler.query({ mainFileContent: document }, { selector: "image" }).length, 1);
      assert.equal(compiler.query({ mainFileContent: document }, { selector: "raw" }).length, 0);
    }
  }
});
