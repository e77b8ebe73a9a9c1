// A reading room on a dossier of its own, and Chromium to look at it.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const repository = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The folder with the reports that the program comes with. */
export const examples = join(repository, "examples");

/** The program: `DEPECHE` names it, else the one that cargo built for release, else for development. */
export function program() {
  const target = process.env.CARGO_TARGET_DIR ?? join(repository, "target");
  const places = [process.env.DEPECHE, join(target, "release/depeche"), join(target, "debug/depeche")];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error("no depeche was built: run cargo build --release, or name one in DEPECHE");
  return found;
}

function browserPath() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error("no Chromium is installed (Debian: apt-get install chromium); CHROMIUM names another");
  return found;
}

/** A folder that is gone when the test is over. */
export function folder(test) {
  const made = mkdtempSync(join(tmpdir(), "depeche-browser-"));
  test.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Runs the program and waits for its end. */
export function run(...given) {
  return execFileSync(program(), given, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Serves a dossier until the test is over; the address without its last slash. */
export async function serve(test, dossier, ...given) {
  const served = spawn(program(), ["serve", "--dossier", dossier, "--listen", "127.0.0.1:0", "--ui", "en", ...given]);
  test.after(() => served.kill("SIGINT"));
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (words) => {
      said += words;
      const found = said.match(/http:\/\/[\d.:]+/);
      if (found) resolve(found[0]);
    };
    served.stdout.on("data", hear);
    served.stderr.on("data", hear);
    served.on("exit", (status) => reject(new Error(`serve ended with ${status}: ${said}`)));
  });
}

/** Chromium, until the test is over. */
export async function browser(test) {
  const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
  const still = ["--disable-background-networking", "--disable-component-update", "--force-color-profile=srgb"];
  const launched = await chromium.launch({ executablePath: browserPath(), args: [...quiet, ...still] });
  test.after(() => launched.close());
  return launched;
}

/**
 * A window that keeps account of what no page of the room may do: open a dialog, ask another host, run what is not its
 * own, or break a policy. `faults` is empty as long as all is well.
 */
export async function guarded(browser, room, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("dialog", (dialog) => {
    faults.push(`dialog on ${page.url()}: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("pageerror", (error) => faults.push(`script on ${page.url()}: ${error}`));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security|Refused to/.test(message.text())) {
      faults.push(`policy on ${page.url()}: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${room}/`) && !asked.startsWith("data:")) faults.push(`request from ${page.url()}: ${asked}`);
  });
  page.on("popup", (other) => faults.push(`window from ${page.url()}: ${other.url()}`));
  return { context, page, faults };
}

/** What axe-core finds that is serious, a line each. The rules are those of WCAG 2.2 A and AA, and good practice. */
export async function barriers(page) {
  // The page's policy lets no script of others in; the inspector may.
  const { exceptionDetails } = await evaluate(page, axe);
  if (exceptionDetails) throw new Error(`axe-core: ${exceptionDetails.text}`);
  const found = await evaluate(page, "axe.run(document, { resultTypes: ['violations'] })", true);
  const serious = found.result.value.violations.filter((fault) => ["serious", "critical"].includes(fault.impact));
  const lines = serious.flatMap((fault) =>
    fault.nodes.slice(0, 3).map((node) => `${fault.id}: ${fault.help}: ${node.html.slice(0, 200)} (${node.failureSummary})`),
  );
  return lines.map((line) => `${page.url()}: ${line.replaceAll("\n", " ")}`);
}

async function evaluate(page, expression, awaited = false) {
  const inspector = await page.context().newCDPSession(page);
  const answer = await inspector.send("Runtime.evaluate", { expression, awaitPromise: awaited, returnByValue: awaited });
  await inspector.detach();
  return answer;
}

/** Takes a picture where `SCREENSHOTS` names a folder: WebP for the manual, PNG with `SCREENSHOTS_PNG` set. */
export async function picture(page, name, whole = false) {
  const into = process.env.SCREENSHOTS;
  if (!into) return;
  mkdirSync(into, { recursive: true });
  if (process.env.SCREENSHOTS_PNG) {
    await page.screenshot({ path: join(into, `${name}.png`), fullPage: whole });
    return;
  }
  const inspector = await page.context().newCDPSession(page);
  const { cssContentSize } = await inspector.send("Page.getLayoutMetrics");
  const clip = { x: 0, y: 0, width: cssContentSize.width, height: cssContentSize.height, scale: 1 };
  const asked = { format: "webp", quality: 72, ...(whole ? { clip, captureBeyondViewport: true } : {}) };
  const { data } = await inspector.send("Page.captureScreenshot", asked);
  await inspector.detach();
  writeFileSync(join(into, `${name}.webp`), Buffer.from(data, "base64"));
}
