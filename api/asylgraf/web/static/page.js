// On every page: suggestions while searching; nothing is kept in the browser.
const field = document.querySelector("#q");
const list = document.querySelector("#suggestions");
let waiting;

async function suggest() {
  const form = new FormData(field.form);
  form.set("format", "json");
  const answer = await fetch("/search?" + new URLSearchParams(form));
  if (!answer.ok) return;
  const { found } = await answer.json();
  list.replaceChildren(...found.slice(0, 10).map((one) => new Option(one.kind ?? "", one.name)));
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  if (field.value.trim().length > 1) waiting = setTimeout(suggest, 150);
});

const now = document.querySelector(".changes [aria-current]");
if (now) now.closest("ol").scrollLeft = now.offsetLeft - now.closest("ol").offsetLeft - 40;

document.querySelector("#on")?.addEventListener("change", (event) => {
  if (event.target.value) event.target.form.requestSubmit();
});
