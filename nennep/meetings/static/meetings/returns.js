/* Figures of many cells: Enter and the arrows lead from row to row, sums fill themselves in. */

const form = document.querySelector("[data-returns]");

if (form) {
  form.addEventListener("keydown", move);
  form.addEventListener("input", (event) => follow(event.target));
}

function column(input) {
  const [name] = input.name.split("-");
  return [...form.querySelectorAll(`tbody input[name^="${name}-"]`)].filter(
    (other) => other.offsetParent !== null,
  );
}

/* Up and down within the column; Enter goes down and never sends forty rows by accident. */
function move(event) {
  const input = event.target;
  if (input.tagName !== "INPUT" || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
  if (!step || (event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
  event.preventDefault();
  if (!input.closest("tbody")) {
    form.querySelector("tbody input")?.focus();
    return;
  }
  const inputs = column(input);
  const next = inputs[inputs.indexOf(input) + step];
  if (!next) return;
  next.focus();
  if (next.type !== "checkbox") next.select();
}

const COUNTED = ["day", "start", "end", "present", "excused", "unexcused", "theme"];

/* What is typed of a meeting means that it was held; who is absent is not present. */
function follow(input) {
  const row = input.closest("tr");
  if (!row) return;
  const [name] = input.name.split("-");
  const of = (wanted) => row.querySelector(`input[name^="${wanted}-"]`);
  if (COUNTED.includes(name) && (input.value || input.checked)) of("held").checked = true;
  if (name !== "excused" && name !== "unexcused") return;
  const absent = ["excused", "unexcused"].reduce((sum, each) => sum + (Number(of(each).value) || 0), 0);
  of("present").placeholder = Math.max(Number(row.dataset.required) - absent, 0);
}
