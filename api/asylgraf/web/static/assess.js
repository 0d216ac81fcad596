// The answer follows the form. What is answered goes to the server in a request body and nowhere else.
import { drawProof } from "./proof.js";

const form = document.querySelector("#case");
const result = document.querySelector("#result");
let waiting;
let latest = 0;
let unsaved = "turned" in form.dataset; // answers that stand nowhere but in the form

async function assess(submitter) {
  const mine = ++latest;
  const open = [...result.querySelectorAll("details[open]")].map((one) => one.querySelector("strong")?.textContent);
  const groups = new Map([...result.querySelectorAll(".group")].map((one) => [one.dataset.outcome, one.open]));
  const address = new URL(form.action);
  address.searchParams.set("part", "result");
  const answer = await fetch(address, {
    method: "POST", headers: { accept: "text/html" }, body: new URLSearchParams(new FormData(form, submitter)), cache: "no-store",
  });
  const text = await answer.text();
  if (mine !== latest) return;
  result.innerHTML = text; // our own template, everything in it escaped
  for (const one of result.querySelectorAll(".outcomes > li > details")) {
    if (open.length) one.open = one.querySelector("#asked, #proof") !== null || open.includes(one.querySelector("strong")?.textContent);
  }
  for (const one of result.querySelectorAll(".group")) {
    if (groups.has(one.dataset.outcome)) one.open = groups.get(one.dataset.outcome) || one.querySelector("#asked, #proof") !== null;
  }
  prepare();
}

function prepare() {
  const told = result.querySelector("#proof-told");
  if (told) drawProof(result.querySelector("#proof"), JSON.parse(told.textContent));
  for (const button of result.querySelectorAll("[data-unpresume]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const choice = form.querySelector(`[name="fact.${button.dataset.unpresume}"][value="unknown"]`);
      if (!choice) return;
      choice.checked = true;
      choice.closest("details").open = true;
      assess();
    });
  }
}

form.addEventListener("input", ({ target }) => {
  unsaved = true;
  target.closest(".question")?.classList.toggle("answered", Boolean(new FormData(form).get(target.name))); // it is printed
  clearTimeout(waiting);
  waiting = setTimeout(() => assess(), 120);
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) { // to the other language, with what is answered
    unsaved = false;
    return;
  }
  event.preventDefault();
  assess(event.submitter);
});
document.querySelector("#over").addEventListener("click", () => { unsaved = false; });
addEventListener("beforeunload", (event) => {
  if (unsaved && form.querySelector(".question.answered")) event.preventDefault(); // the browser asks first
});
addEventListener("pagehide", () => form.reset());
prepare();
