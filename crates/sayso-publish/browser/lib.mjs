// What the scripts of this folder share: a page opened in headless Chromium from file://, and what must hold of any.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const [executablePath, path] = process.argv.slice(2);
export const url = pathToFileURL(path).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const wrong = [];
export const must = (holds, what) => holds || wrong.push(what);

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

export async function open(options, hash = "") {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("pageerror", (e) => wrong.push(`script: ${e.message}`));
  page.on("console", (m) => m.type() === "error" && wrong.push(`console: ${m.text()}`));
  page.on("request", (r) => r.url().startsWith(url) || wrong.push(`asks for ${r.url()}`));
  await page.goto(url + hash);
  return page;
}

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 390, height: 844 };

// No barrier that axe knows, in both schemes and at both widths; nothing wider than the window.
export async function barriers() {
  for (const [name, viewport] of [["desktop", desktop], ["phone", phone]]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await open({ viewport, colorScheme, bypassCSP: true });
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      for (const v of violations) {
        wrong.push(`${name}, ${colorScheme}: ${v.impact} ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(" | ")}`);
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      must(over <= 0, `${name}: ${over} pixels wider than the window`);
      await page.context().close();
    }
  }
}

// Ends: exits 0 and prints one line where all held; else 1, with what did not.
export async function end(line) {
  await browser.close();
  if (wrong.length) {
    console.error(wrong.join("\n"));
    process.exit(1);
  }
  console.log(line);
}
