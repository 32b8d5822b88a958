// Opens a page that runs no script from file:// in headless Chromium and looks for barriers.
//
//     node plain.mjs CHROMIUM PAGE
//
// Exits 0 and prints one line where none is known; else 1, with what there is.
import { barriers, end, url } from "./lib.mjs";

await barriers();
await end(`${url} has no barrier that axe knows`);
