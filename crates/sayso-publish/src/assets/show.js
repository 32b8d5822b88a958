// Shows beside the text what was read of a word when it is clicked or focused. The page is whole without it.
(() => {
  "use strict";
  const card = document.getElementById("card");
  const pieces = [...document.querySelectorAll("[data-m]")];
  if (!card || !pieces.length) return;
  const layers = [...document.querySelectorAll("input[data-layer]")];
  const off = new Set();
  // Entry to the pieces that belong to it, with the part each plays.
  const belongs = new Map();
  for (const piece of pieces) {
    for (const token of piece.dataset.m.split(" ")) {
      const point = token.indexOf(".");
      const entry = point < 0 ? token : token.slice(0, point);
      if (!belongs.has(entry)) belongs.set(entry, []);
      belongs.get(entry).push({ piece, part: point < 0 ? "" : token.slice(point + 1) });
    }
  }
  const entriesOf = (piece) => {
    const order = "qtpca";
    const list = [...new Set((piece.dataset.m ?? "").replace(/(\w+)\.\S+/g, "$1").split(" "))];
    return list
      .filter((e) => e && !off.has(e[0]))
      .sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]) || a.slice(1) - b.slice(1));
  };

  let chosen = null; // the piece that the card tells of
  const dark = () => {
    for (const lit of document.querySelectorAll(".lit, .lit-soft")) {
      lit.classList.remove("lit", "lit-soft");
      delete lit.dataset.part;
    }
  };
  // Lights up what belongs to an entry; words that play a part in it carry its name.
  const light = (entry) => {
    dark();
    let before = "";
    for (const { piece, part } of belongs.get(entry) ?? []) {
      if (piece.classList.contains("lit")) continue;
      piece.classList.remove("lit-soft");
      piece.classList.add(part === "content" ? "lit-soft" : "lit");
      if (part && part !== "content" && part !== "figure" && part !== before) piece.dataset.part = part.replaceAll("_", " ");
      before = part;
    }
  };

  // Closes the card; the focus goes back to the word, which does not open it again.
  const giveBack = () => {
    const back = chosen;
    close();
    chosen = back;
    back?.focus({ preventScroll: true });
    chosen = null;
  };
  const close = () => {
    card.hidden = true;
    card.replaceChildren();
    chosen = null;
    dark();
  };

  // Brings words into the part of the window that the card leaves free.
  const reveal = (words) => {
    if (!words) return;
    const box = words.getBoundingClientRect();
    const below = card.hidden ? 0 : card.getBoundingClientRect().top;
    const bottom = below > innerHeight * 0.4 && getComputedStyle(card).position === "fixed" ? below : innerHeight;
    if (box.top < 24 || box.bottom > bottom - 24) scrollBy({ top: box.top - bottom * 0.4 });
  };

  // Fills the card with the entries of these names, the first of them lit up.
  const show = (entries, first) => {
    const head = document.createElement("div");
    head.className = "card-head";
    const title = document.createElement("h2");
    title.textContent = entries.length === 1 ? "What stands here" : `What stands here: ${entries.length} readings`;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Close";
    button.addEventListener("click", giveBack);
    head.append(title, button);
    const copies = entries.map((entry) => {
      const copy = document.getElementById(entry).cloneNode(true);
      copy.removeAttribute("id");
      copy.dataset.entry = entry;
      copy.addEventListener("pointerenter", () => light(entry));
      copy.addEventListener("focusin", () => light(entry));
      return copy;
    });
    card.replaceChildren(head, ...copies);
    card.hidden = false;
    card.scrollTop = 0;
    light(first);
  };

  const choose = (piece, wanted) => {
    const entries = entriesOf(piece);
    if (!entries.length) return close();
    chosen = piece;
    const first = entries.includes(wanted) ? wanted : entries[0];
    show([first, ...entries.filter((e) => e !== first)], first);
    reveal(piece);
  };

  // An entry that was asked for by its name: from the ledger, from a link within an entry, from the address.
  const go = (entry) => {
    const words = document.getElementById(`w-${entry}`);
    if (!document.getElementById(entry)) return;
    chosen = words?.closest("[data-m]") ?? null;
    show([entry], entry);
    reveal(words);
    history.replaceState(null, "", `#${entry}`);
  };

  const text = document.querySelector(".sheet");
  text.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const piece = event.target.closest("[data-m]");
    if (piece && text.contains(piece)) {
      if (link) event.preventDefault();
      else if (String(getSelection())) return;
      const wanted = link?.hash.slice(1);
      choose(piece, wanted);
      if (wanted) history.replaceState(null, "", `#${wanted}`);
    } else if (link && /^#[qtpac]\d+$/.test(link.hash)) {
      event.preventDefault();
      go(link.hash.slice(1));
    } else if (link && link.hash.startsWith("#w-")) {
      event.preventDefault();
      reveal(document.getElementById(link.hash.slice(1)));
      light(link.hash.slice(3));
    }
  });
  text.addEventListener("focusin", (event) => {
    const piece = event.target.closest("a[data-m]");
    if (piece && piece !== chosen && piece.matches(":focus-visible")) choose(piece, piece.hash.slice(1));
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !card.hidden) giveBack();
  });
  addEventListener("hashchange", () => {
    const words = location.hash.match(/^#w-([qtpac]\d+)$/);
    if (words) light(words[1]);
  });

  // A layer that is off is neither shown nor stopped at.
  const switched = () => {
    off.clear();
    for (const layer of layers) if (!layer.checked) off.add(layer.dataset.layer);
    const first = new Set();
    for (const piece of pieces) {
      if (piece.tagName !== "A") continue;
      const mine = entriesOf(piece).filter((e) => belongs.get(e).some((b) => b.piece === piece && b.part !== "content"));
      const next = mine.find((e) => !first.has(e));
      mine.forEach((e) => first.add(e));
      if (next) piece.removeAttribute("tabindex");
      else piece.tabIndex = -1;
    }
    if (chosen) choose(chosen);
  };
  for (const layer of layers) layer.addEventListener("change", switched);
  if (layers.some((l) => !l.checked)) switched();

  // The browser goes to the entry after the text first; then its words are brought back.
  const arrive = () => {
    if (!/^#[qtpac]\d+$/.test(location.hash)) return;
    document.documentElement.style.scrollBehavior = "auto";
    scrollTo(0, 0);
    go(location.hash.slice(1));
    document.documentElement.style.scrollBehavior = "";
  };
  if (document.readyState === "complete") arrive();
  else addEventListener("load", arrive);
})();
