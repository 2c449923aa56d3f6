/* Buttons that copy: data-copy="#id" takes an element's text, data-copy-text="…" its own. */

import { say } from "./words.js";

const SHOWN = 4000; // milliseconds; the words are also announced

export function offerCopies() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy], [data-copy-text]");
    if (button) copy(textFor(button), button);
  });
}

function textFor(button) {
  if (button.dataset.copyText !== undefined) return button.dataset.copyText;
  const source = document.querySelector(button.dataset.copy);
  return source ? (source.value ?? source.innerText) : "";
}

export async function copy(text, button) {
  const done = await write(text);
  const words = button.querySelector("[data-copy-words]") ?? button;
  if (button.dataset.said === undefined) {
    const before = [...words.childNodes];
    button.dataset.said = "";
    words.replaceChildren(say(done ? "copied" : "copy_failed"));
    setTimeout(() => {
      words.replaceChildren(...before);
      delete button.dataset.said;
    }, SHOWN);
  }
  announce(say(done ? "copied" : "copy_failed"));
}

/* Without TLS a page has no clipboard of its own: the old way still works there. */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function announce(text) {
  let line = document.getElementById("announcements");
  if (!line) {
    line = document.createElement("p");
    line.id = "announcements";
    line.className = "visually-hidden";
    line.setAttribute("role", "status");
    document.body.append(line);
  }
  line.textContent = text;
}
