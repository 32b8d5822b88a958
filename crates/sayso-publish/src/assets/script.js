// Filters and sorts the table of claims. The page is whole without it.
(() => {
  "use strict";
  const table = document.querySelector("table.claims");
  const form = document.querySelector("form.filter");
  if (!table || !form) return;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, place) => ({ row, place, text: row.textContent.toLowerCase() }));
  const output = form.querySelector("output");

  const filter = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const frame = form.elements.frame.value;
    let shown = 0;
    for (const { row, text } of rows) {
      const meets = (!frame || row.dataset.frame === frame) && words.every((w) => text.includes(w));
      row.hidden = !meets;
      shown += meets;
    }
    output.textContent = shown === rows.length ? `${shown} claims` : `${shown} of ${rows.length} claims`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();

  // A link to a claim that the filter hides shows all claims again.
  addEventListener("hashchange", () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row && row.hidden) {
      form.reset();
      filter();
      row.scrollIntoView();
    }
  });

  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = ({ row }) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
      const sorted = rows.map((r) => ({ ...r, key: key(r) }));
      sorted.sort((a, b) => {
        if (!a.key !== !b.key) return a.key ? -1 : 1; // what has no value comes last either way
        const order = a.key.localeCompare(b.key, "en", { numeric: true }) || a.place - b.place;
        return up ? order : -order;
      });
      body.append(...sorted.map((r) => r.row));
    });
  });
})();
