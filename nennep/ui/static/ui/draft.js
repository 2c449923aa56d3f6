/* Forms with data-draft keep what is typed on the device until the server says it has it. */

import * as drafts from "./drafts.js";
import { say, when } from "./words.js";

const FIELD = "_draft"; // the same names as in middleware.py
const COOKIE = "draft_taken";
const PAUSE = 400; // milliseconds after the last key

export function keepDrafts() {
  forgetWhatWasTaken();
  document.querySelectorAll("form[data-draft]").forEach(watch);
  document.body.addEventListener("htmx:load", (event) => {
    event.target.querySelectorAll?.("form[data-draft]").forEach(watch);
  });
  addEventListener("online", showConnection);
  addEventListener("offline", showConnection);
  showConnection();
  showWaiting();
}

function forgetWhatWasTaken() {
  const taken = document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=(\\w+)`));
  if (!taken) return;
  drafts.all().forEach(([key, draft]) => {
    if (draft.sending === taken[1]) drafts.drop(key);
  });
  document.cookie = `${COOKIE}=; max-age=0; path=/; samesite=lax`;
}

function watch(form) {
  if (form.dataset.draftWatched !== undefined) return;
  form.dataset.draftWatched = "";
  const line = lineOf(form);
  const untouched = valuesOf(form);
  restore(form, line, untouched);

  let timer = 0; // 0 while nothing waits to be kept
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    const values = valuesOf(form);
    if (same(values, untouched) && !drafts.get(form.dataset.draft)) return;
    const at = Date.now();
    const kept = drafts.put(form.dataset.draft, {
      at,
      values,
      version: form.dataset.draftVersion ?? "",
      title: form.dataset.draftTitle ?? "",
      page: location.pathname + location.search,
    });
    if (kept) tell(line, say("draft_kept", { time: when(new Date(at)) }));
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  addEventListener("pagehide", () => timer && keep()); // the last word typed before leaving
  form.addEventListener("submit", (event) => send(form, line, keep, event));
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form || !event.detail.successful) return;
    clearTimeout(timer);
    timer = 0;
    drafts.drop(form.dataset.draft);
    tell(line, "");
    showWaiting();
  });
}

function restore(form, line, untouched) {
  const draft = drafts.get(form.dataset.draft);
  if (!draft || same(draft.values, untouched)) return;
  const time = when(new Date(draft.at));
  const answered = form.querySelector("[aria-invalid=true]") !== null;
  if (answered) return; // the server has sent back what was typed
  if (draft.version === (form.dataset.draftVersion ?? "")) {
    fill(form, draft.values);
    tell(line, say("draft_restored", { time }), button(say("draft_drop"), () => {
      fill(form, untouched);
      drafts.drop(form.dataset.draft);
      tell(line, "");
      showWaiting();
    }));
    return;
  }
  tell(
    line,
    say("draft_older", { time }),
    button(say("draft_use"), () => {
      fill(form, draft.values);
      tell(line, say("draft_restored", { time }));
    }),
    button(say("draft_drop"), () => {
      drafts.drop(form.dataset.draft);
      tell(line, "");
      showWaiting();
    }),
  );
}

function send(form, line, keep, event) {
  if (event.defaultPrevented) return;
  keep();
  const draft = drafts.get(form.dataset.draft);
  if (!navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    drafts.put(form.dataset.draft, {
      ...(draft ?? { values: valuesOf(form), version: form.dataset.draftVersion ?? "" }),
      at: Date.now(),
      title: form.dataset.draftTitle ?? document.title,
      page: location.pathname + location.search,
      waiting: true,
    });
    tell(line, say("waiting_held"));
    showWaiting();
    return;
  }
  if (!draft) return;
  const mark = crypto.getRandomValues(new Uint32Array(2)).join("");
  drafts.put(form.dataset.draft, { ...draft, waiting: false, sending: mark });
  let hidden = form.elements.namedItem(FIELD);
  if (!hidden) {
    hidden = Object.assign(document.createElement("input"), { type: "hidden", name: FIELD });
    form.append(hidden);
  }
  hidden.value = mark;
}

/* What is typed: never a password, a file, a hidden field or one that says data-draft-skip. */
function kept(control) {
  return control.name && !control.disabled && control.dataset.draftSkip === undefined
    && !["password", "file", "hidden", "submit", "button", "image", "reset"].includes(control.type);
}

function valuesOf(form) {
  const values = {};
  for (const control of form.elements) {
    if (!kept(control)) continue;
    const list = (values[control.name] ??= []);
    if (control.type === "checkbox" || control.type === "radio") {
      if (control.checked) list.push(control.value);
    } else if (control.multiple) {
      list.push(...[...control.selectedOptions].map((option) => option.value));
    } else list.push(control.value);
  }
  return values;
}

function fill(form, values) {
  const used = {};
  for (const control of form.elements) {
    if (!kept(control) || !(control.name in values)) continue;
    const list = values[control.name];
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = list.includes(control.value);
    } else if (control.multiple) {
      for (const option of control.options) option.selected = list.includes(option.value);
    } else {
      used[control.name] = (used[control.name] ?? -1) + 1;
      control.value = list[used[control.name]] ?? "";
    }
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function lineOf(form) {
  const line = form.querySelector(".draft-line") ?? document.createElement("p");
  line.className = "draft-line";
  line.setAttribute("role", "status");
  if (!line.isConnected) {
    const bar = form.querySelector(".action-bar, .actions");
    if (bar) bar.before(line);
    else form.append(line);
  }
  line.hidden = line.textContent.trim() === "";
  return line;
}

function tell(line, text, ...buttons) {
  line.replaceChildren(text, ...buttons);
  line.hidden = text === "";
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--small";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function showConnection() {
  const line = document.getElementById("offline-line");
  if (!line) return;
  line.textContent = navigator.onLine ? "" : say("offline");
  line.hidden = navigator.onLine;
}

/* What waits to be sent is counted and listed; opening its page brings the typing back. */
export function showWaiting() {
  const box = document.getElementById("outbox");
  if (!box) return;
  const waiting = drafts.all().filter(([, draft]) => draft.waiting);
  box.hidden = waiting.length === 0;
  const title = document.createElement("p");
  title.append(Object.assign(document.createElement("b"), {
    textContent: say("waiting", { count: waiting.length }),
  }));
  const list = document.createElement("ul");
  list.append(...waiting.map(([, draft]) => {
    const row = document.createElement("li");
    const link = document.createElement("a");
    link.href = draft.page;
    link.textContent = say("waiting_open");
    row.append(`${draft.title || say("draft_untitled")} (${when(new Date(draft.at))})`, link);
    return row;
  }));
  box.replaceChildren(title, list);
}
