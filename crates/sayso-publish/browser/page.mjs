// Opens a published page from file:// in headless Chromium and tries what only a browser can tell.
//
//     node page.mjs CHROMIUM PAGE
//
// Exits 0 and prints one line where all holds; else 1, with what does not.
import { barriers, desktop, end, must, open, url } from "./lib.mjs";

await barriers();

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

await end("the page holds in the browser");
