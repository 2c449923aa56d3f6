/* The list of names opens when names are asked for. */

const names = document.querySelector("[data-speakers]");

if (names) {
  document.querySelectorAll("input[name=speakers]").forEach((choice) => {
    choice.addEventListener("change", () => {
      names.open = choice.value !== "all";
    });
  });
}
