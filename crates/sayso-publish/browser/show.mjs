// Opens a page of `sayso show` from file:// in headless Chromium and tries what only a browser can tell.
//
//     node show.mjs CHROMIUM PAGE
//
// Exits 0 and prints one line where all holds; else 1, with what does not.
import { barriers, desktop, end, must, open, phone, url } from "./lib.mjs";

await barriers();

// A click shows what stands there: every mark over the word, the nearest first; Escape and the button close it.
{
  const page = await open({ viewport: desktop });
  const card = page.locator("#card");
  must(!(await card.isVisible()), "a card is shown before anything is chosen");
  for (const link of await page.locator("main a.m").all()) {
    const words = (await link.innerText()).trim();
    const entry = new URL(await link.evaluate((e) => e.href)).hash.slice(1);
    await link.evaluate((e) => e.click()); // its middle may lie beside it, where it runs over a line's end
    const first = card.locator(".entry").first();
    must((await first.getAttribute("data-entry")) === entry, `"${words}" does not show ${entry} first`);
    const marks = await link.evaluate((e) => new Set(e.dataset.m.split(" ").map((t) => t.split(".")[0])).size);
    const shown = await card.locator(".entry").count();
    must(shown === marks, `"${words}" carries ${marks} marks and shows ${shown}`);
    must(await link.evaluate((e) => e.matches(".lit, :has(.lit)")), `"${words}" is not lit up`);
  }
  await page.keyboard.press("Escape");
  must(!(await card.isVisible()), "Escape does not close the card");
  must((await page.locator(".lit").count()) === 0, "words stay lit up");
  // Contents in several pieces light up together.
  const split = page.locator("main [data-m*='.content']");
  const cue = page.locator("main a.ac").first();
  await cue.click();
  must((await page.locator("main .lit-soft").count()) > 1, "the pieces of a content do not light up together");
  must((await split.count()) > 2, "the sample has no content in pieces");
  // A claim lights up its figure and its roles, each by its name.
  await page.locator(".ledger a").first().evaluate((e) => e.click());
  must((await page.locator("main .lit[data-part]").count()) > 0, "the roles of a claim are not named in the text");
  await page.context().close();
}

// The keyboard alone: the first stop skips, the layers switch, a focused word shows its card, Escape gives it back.
{
  const page = await open({ viewport: desktop });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  must((await page.evaluate(() => document.activeElement.id)) === "main", "the skip link leads nowhere");
  await page.keyboard.press("Tab");
  const at = () => page.evaluate(() => document.activeElement.id);
  const word = await at();
  must(word.startsWith("w-"), `the first stop after the skip link is ${word}`);
  must(await page.locator("#card .entry").first().isVisible(), "a focused word shows no card");
  await page.keyboard.press("Escape");
  must((await at()) === word, "Escape loses the place");
  const stops = () => page.locator("main a.m:not([tabindex='-1'])").count();
  const before = await stops();
  const ground = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).backgroundColor);
  const figure = "main a.q:not(.t)";
  const lit = await ground(figure);
  await page.locator("#layer-figures").focus();
  await page.keyboard.press("Space");
  must((await ground(figure)) !== lit, "a layer that is off is still marked");
  await page.locator("#layer-claims").uncheck();
  must((await stops()) < before, "the keyboard still stops at marks of a layer that is off");
  must(!(await page.locator("main sup.refs").first().isVisible()), "numbers of claims are shown though claims are off");
  await page.context().close();
}

// An entry's address shows its words, also where the card covers part of a small window.
for (const viewport of [desktop, phone]) {
  const page = await open({ viewport }, "#c1");
  await page.locator("#card .entry").waitFor();
  const words = await page.locator("#w-c1").boundingBox();
  const card = await page.locator("#card").boundingBox();
  const floor = viewport === phone ? card.y : viewport.height;
  must(words && words.y >= 0 && words.y + words.height <= floor, `the words of #c1 are hidden: ${JSON.stringify(words)}`);
  await page.context().close();
}

// Whole with scripts off: the words lead to their entries and back, the layers switch.
{
  const page = await open({ viewport: desktop, javaScriptEnabled: false });
  const link = page.locator("main a.q").first();
  await link.click();
  const entry = new URL(page.url()).hash;
  must(/^#q\d+$/.test(entry), `a figure leads to ${entry}`);
  must(await page.locator(entry).isVisible(), "the entry of a figure is not shown");
  await page.locator(`${entry} .back`).click();
  must(new URL(page.url()).hash === `#w-${entry.slice(1)}`, "an entry does not lead back to its words");
  await page.context().close();
}

await end(`${url} holds in the browser`);
