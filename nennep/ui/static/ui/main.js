/* Everything here makes a page that already works more comfortable. */

import { offerCopies } from "./copy.js";
import { keepDrafts } from "./draft.js";
import { serveTables } from "./table.js";
import { say } from "./words.js";

keepDrafts();
offerCopies();
serveTables();
document.body.addEventListener("htmx:load", (event) => serveTables(event.target));

document.addEventListener("click", (event) => {
  const back = event.target.closest?.("[data-back]");
  if (back && history.length > 1) {
    event.preventDefault();
    history.back();
  }
  if (event.target.closest?.("[data-print]")) print();
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

document.addEventListener("change", (event) => {
  if (event.target.dataset.submit !== undefined) event.target.form?.requestSubmit();
});

/* A form is sent once; a second tap of an impatient finger changes nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.many !== undefined) return;
  if (form.hasAttribute("hx-post")) return;
  form.querySelectorAll("[data-while-sending]").forEach((shown) => { shown.hidden = false; });
  // The button's own name and value must still be sent, so it is switched off a moment later.
  setTimeout(() => form.querySelectorAll("button:not([type=button])").forEach((button) => {
    button.disabled = true;
    button.dataset.once = "";
  }), 0);
});

addEventListener("pageshow", () => {
  document.querySelectorAll("[data-while-sending]").forEach((shown) => { shown.hidden = true; });
  document.querySelectorAll("[data-once]").forEach((button) => {
    button.disabled = false;
    delete button.dataset.once;
  });
});

/* An answer that could not be put into the page is told in words. */
function tell(text) {
  const place = document.getElementById("page-notices");
  if (!place) return;
  const box = Object.assign(document.createElement("div"), { className: "notice notice--warn" });
  const words = Object.assign(document.createElement("div"), { className: "notice__text" });
  words.append(Object.assign(document.createElement("p"), { textContent: text }));
  box.append(words);
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}

document.body.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  tell(say(status === 403 || status === 401 ? "not_allowed" : "trouble"));
});
document.body.addEventListener("htmx:sendError", () => tell(say("unreachable")));
document.body.addEventListener("htmx:timeout", () => tell(say("unreachable")));
document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.detail.elt.closest("#page-notices")) {
    document.getElementById("page-notices")?.replaceChildren();
  }
});

document.querySelector("[data-focus]")?.focus();

if ("serviceWorker" in navigator && document.body.dataset.worker) {
  navigator.serviceWorker.register(document.body.dataset.worker).catch(() => undefined);
}
