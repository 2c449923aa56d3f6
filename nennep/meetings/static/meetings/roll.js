/* A press on a name: present, absent with a reason, absent without, and back. */

const ORDER = ["present", "excused", "unexcused"];
const list = document.querySelector("[data-roll]");
const count = document.querySelector("[data-roll-count]");
const words = document.querySelector("[data-roll-words]")?.dataset.count ?? "";

if (list && !list.closest("fieldset[disabled]")) {
  list.classList.add("roll--pressed");
  list.querySelectorAll("[data-roll-row]").forEach(equip);
  tell();
}

function equip(row) {
  const choice = row.querySelector("select");
  const name = row.querySelector(".roll__name");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "roll__press";
  const state = Object.assign(document.createElement("span"), { className: "roll__state" });
  name.replaceWith(button);
  button.append(name, state);
  const show = () => {
    row.dataset.presence = choice.value;
    state.textContent = choice.selectedOptions[0].textContent;
  };
  button.addEventListener("click", () => {
    choice.value = ORDER[(ORDER.indexOf(choice.value) + 1) % ORDER.length];
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });
  choice.addEventListener("change", () => {
    show();
    tell();
  });
  show();
}

function tell() {
  if (!count) return;
  const choices = [...list.querySelectorAll("select")].map((choice) => choice.value);
  const of = (value) => choices.filter((choice) => choice === value).length;
  count.textContent = words
    .replace("{present}", of("present"))
    .replace("{all}", choices.length)
    .replace("{excused}", of("excused"))
    .replace("{unexcused}", of("unexcused"));
}
