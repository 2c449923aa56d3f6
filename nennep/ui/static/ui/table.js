/* Tables with data-table: sorted by their headers, filtered, and both kept in the address. */

import { copy } from "./copy.js";
import { say } from "./words.js";

const order = new Intl.Collator("vi", { numeric: true });

export function serveTables(root = document) {
  root.querySelectorAll("table[data-table]").forEach((table) => {
    if (table.dataset.tableServed !== undefined) return;
    table.dataset.tableServed = "";
    serve(table);
  });
}

function serve(table) {
  const name = table.dataset.table ? `${table.dataset.table}-` : "";
  const headers = [...(table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? [])];
  const sortable = headers.every((header) => header.colSpan === 1);
  const body = table.tBodies[0];
  if (!body) return;
  const rows = [...body.rows];
  const totals = rows.filter((row) => row.classList.contains("total"));
  const plain = rows.filter((row) => !row.classList.contains("total"));

  const sortBy = (place, direction) => {
    headers.forEach((header) => header.removeAttribute("aria-sort"));
    headers[place]?.setAttribute("aria-sort", direction === "d" ? "descending" : "ascending");
    headers.forEach((header) => {
      const mark = header.querySelector(".sorter__mark");
      const sorted = header.getAttribute("aria-sort");
      if (mark) mark.textContent = sorted ? (sorted === "ascending" ? "▲" : "▼") : "↕";
    });
    const turn = direction === "d" ? -1 : 1;
    const sorted = [...plain].sort((a, b) => turn * compare(a.cells[place], b.cells[place]));
    body.append(...sorted, ...totals);
  };

  if (sortable) {
    headers.forEach((header, place) => {
      if (header.dataset.nosort !== undefined || header.textContent.trim() === "") return;
      addSorter(header, () => {
        const next = header.getAttribute("aria-sort") === "ascending" ? "d" : "a";
        sortBy(place, next);
        remember(`${name}sort`, `${place + 1}${next}`);
      });
    });
    const wanted = new URLSearchParams(location.search).get(`${name}sort`)?.match(/^(\d+)([ad])$/);
    if (wanted && headers[wanted[1] - 1]) sortBy(wanted[1] - 1, wanted[2]);
  }
  addTools(table, name, plain);
  moveByArrows(body);
}

function addSorter(header, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sorter";
  const words = document.createElement("span");
  words.append(...header.childNodes);
  button.title = say("sort_by", { column: words.textContent.trim() });
  const mark = Object.assign(document.createElement("span"), {
    className: "sorter__mark", textContent: "↕",
  });
  mark.setAttribute("aria-hidden", "true");
  button.append(words, mark);
  button.addEventListener("click", act);
  header.replaceChildren(button);
}

/* Figures as figures ("1.234", "92,4%"), the rest as Vietnamese text; what is empty comes last. */
function compare(one, other) {
  const [a, b] = [valueOf(one), valueOf(other)];
  if (a === "" || b === "") return (a === "") - (b === "");
  const [x, y] = [numberOf(a), numberOf(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return order.compare(a, b);
}

function valueOf(cell) {
  const text = cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
  return text === "–" ? "" : text;
}

function numberOf(text) {
  if (/^-?\d+(\.\d+)?$/.test(text) && !/^\d{1,3}\.\d{3}$/.test(text)) return Number(text);
  const written = text.match(/^[−-]?[\d.]+(,\d+)?(?=%|\s|$)/);
  if (!written) return Number.NaN;
  return Number(written[0].replaceAll(".", "").replace(",", ".").replace("−", "-"));
}

function fold(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function addTools(table, name, rows) {
  const wantsFilter = table.dataset.filter !== undefined;
  const wantsCopy = table.dataset.copyTable !== undefined;
  if (!wantsFilter && !wantsCopy) return;
  const region = table.closest(".table-region") ?? table;
  const made = region.previousElementSibling;
  const tools = made?.classList.contains("table-tools")
    ? made
    : Object.assign(document.createElement("div"), { className: "table-tools" });
  const parts = wantsFilter ? filterBox(table, name, rows) : [];
  if (wantsCopy) {
    const button = Object.assign(document.createElement("button"), {
      type: "button", className: "button button--small", textContent: say("copy_table"),
    });
    button.addEventListener("click", () => copy(asText(table), button));
    parts.push(button);
  }
  tools.prepend(...parts);
  if (tools !== made) region.before(tools);
}

function filterBox(table, name, rows) {
  const box = document.createElement("input");
  box.type = "search";
  const label = table.dataset.filter || say("filter_rows");
  box.placeholder = label;
  box.setAttribute("aria-label", label);
  const count = Object.assign(document.createElement("span"), { className: "table-tools__count" });
  count.setAttribute("role", "status");
  const texts = rows.map((row) => fold(row.textContent));
  const apply = () => {
    const parts = fold(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    table.toggleAttribute("data-filtered", parts.length > 0);
    rows.forEach((row, place) => {
      row.hidden = !parts.every((part) => texts[place].includes(part));
      shown += row.hidden ? 0 : 1;
    });
    table.toggleAttribute("data-filtered", parts.length > 0);
    count.textContent = parts.length ? say("rows_shown", { shown, total: rows.length }) : "";
  };
  box.addEventListener("input", () => {
    apply();
    remember(`${name}q`, box.value.trim());
  });
  box.value = new URLSearchParams(location.search).get(`${name}q`) ?? "";
  if (box.value) apply();
  return [box, count];
}

function remember(key, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(key, value);
  else address.searchParams.delete(key);
  history.replaceState(history.state, "", address);
  document.querySelectorAll("a[data-way-out]").forEach((way) => keepUp(way, key, value));
}

/* What is taken away is sorted and filtered as what is shown. */
function keepUp(way, key, value) {
  const address = new URL(way.href);
  if (value) address.searchParams.set(key, value);
  else address.searchParams.delete(key);
  way.href = address.href;
}

function moveByArrows(body) {
  body.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.target.tagName !== "A") return;
    const rows = [...body.rows].filter((row) => !row.hidden && row.querySelector("a"));
    const here = rows.indexOf(event.target.closest("tr"));
    const next = rows[here + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    const place = event.target.closest("td, th").cellIndex;
    (next.cells[place]?.querySelector("a") ?? next.querySelector("a")).focus();
  });
}

/* Tabs between cells, so that it falls into the cells of a spreadsheet. */
function asText(table) {
  return [...table.rows]
    .filter((row) => !row.hidden)
    .map((row) => [...row.cells].map((cell) => words(cell)).join("\t"))
    .join("\n");
}

function words(cell) {
  const copyOf = cell.cloneNode(true);
  copyOf.querySelectorAll(".sorter__mark").forEach((mark) => mark.remove());
  return copyOf.textContent.trim().replace(/\s+/g, " ");
}
