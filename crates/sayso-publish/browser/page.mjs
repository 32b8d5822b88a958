// Opens a published page from file:// in headless Chromium and tries what only a browser can tell.
//
//     node page.mjs CHROMIUM PAGE
//
// Exits 0 and prints one line where all holds; else 1, with what does not.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, path] = process.argv.slice(2);
const url = pathToFileURL(path).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wrong = [];
const must = (holds, what) => holds || wrong.push(what);

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(options, hash = "") {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.on("pageerror", (e) => wrong.push(`script: ${e.message}`));
  page.on("console", (m) => m.type() === "error" && wrong.push(`console: ${m.text()}`));
  page.on("request", (r) => r.url().startsWith(url) || wrong.push(`asks for ${r.url()}`));
  await page.goto(url + hash);
  return page;
}

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

// No barrier that axe knows, in both schemes and at both widths; nothing wider than the window.
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

// A figure's link shows its words, lit up, on the screen; from there the sentence leads back to its claim.
{
  const page = await open({ viewport: desktop });
  const links = page.locator("table.claims .figure-cell a");
  const last = (await links.count()) - 1;
  for (const i of new Set([0, last])) {
    const link = links.nth(i);
    const words = (await link.innerText()).trim();
    await link.click();
    const target = page.locator(":target");
    must((await target.innerText()).includes(words), `"${words}" leads to "${await target.innerText()}"`);
    const box = await target.boundingBox();
    must(box && box.y >= 0 && box.y < desktop.height, `the words of "${words}" are not on the screen`);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const lit = await target.evaluate((e) => getComputedStyle(e.closest(".said") ?? e).backgroundColor);
    must(lit !== paper && lit !== "rgba(0, 0, 0, 0)", `the sentence of "${words}" is not lit up`);
    await target.click();
    must(new URL(page.url()).hash.startsWith("#claim-"), "the words do not lead back to a claim");
  }
  // Filter and sort.
  const rows = page.locator("table.claims tbody tr");
  const all = await rows.count();
  await page.locator("form.filter input").fill("zzzz no such words");
  must((await page.locator("table.claims tbody tr:visible").count()) === 0, "the filter hides nothing");
  await page.locator("form.filter input").fill("");
  must((await page.locator("table.claims tbody tr:visible").count()) === all, "the filter keeps rows hidden");
  await page.locator("table.claims thead button", { hasText: "Figure" }).click();
  const values = await rows.evaluateAll((list) =>
    list.map((r) => r.cells[2].dataset.sort).filter(Boolean).map(Number));
  must(values.every((v, i) => i === 0 || values[i - 1] <= v), `not sorted by figure: ${values}`);
  // The first stop of the keyboard leads past the contents.
  await page.goto(url);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  must((await page.evaluate(() => document.activeElement.id)) === "main", "the skip link leads nowhere");
  await page.context().close();
}

// Whole with scripts off, but for what scripts alone can do.
{
  const page = await open({ viewport: desktop, javaScriptEnabled: false });
  must((await page.locator("table.claims tbody tr").count()) > 0, "no claims with scripts off");
  must(!(await page.locator("form.filter").isVisible()), "a filter that cannot work is shown");
  must(await page.locator("svg.chart").first().isVisible(), "no chart with scripts off");
  await page.context().close();
}

await browser.close();
if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log("the page holds in the browser");
