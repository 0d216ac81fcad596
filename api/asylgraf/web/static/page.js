// On every page: suggestions while searching; nothing is kept in the browser.
const list = document.querySelector("#suggestions");
let waiting;

async function suggest(field) {
  const form = new FormData(document.querySelector("form.search"));
  form.set("q", field.value);
  form.set("format", "json");
  const answer = await fetch("/search?" + new URLSearchParams(form));
  if (!answer.ok) return;
  const { found } = await answer.json();
  list.replaceChildren(...found.slice(0, 10).map((one) => new Option(one.kind ?? "", one.name)));
}

for (const field of document.querySelectorAll("#q, [data-suggest]")) {
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length > 1) waiting = setTimeout(() => suggest(field), 150);
  });
}

// The slider of days: drag or press arrows; what changed on the day under it is shown before the page follows.
const slider = document.querySelector("#slider");
const days = [...document.querySelectorAll("#changes a")].reverse(); // they stand last first
if (slider && days.length) {
  const told = document.querySelector("#differs") ?? slider.form.appendChild(document.createElement("p"));
  let going;
  const tell = () => slider.setAttribute("aria-valuetext", days[slider.value].dataset.day);
  slider.hidden = false;
  document.querySelector("#changes").hidden = true;
  slider.addEventListener("input", () => {
    clearTimeout(going);
    const { dataset, title } = days[slider.value];
    slider.form.elements.on.value = dataset.day;
    told.textContent = `${dataset.day}: ${title}`;
    tell();
  });
  slider.addEventListener("change", () => { going = setTimeout(() => follow(days[slider.value].href), 600); });
  tell();
}

// Another day. A text that is pasted goes along, in the body of the request.
function follow(address) {
  const text = document.querySelector("#paste textarea");
  if (!text?.value.trim()) { location.assign(address); return; }
  text.form.action = address;
  text.form.submit();
}

const day = document.querySelector("form.day");
day?.addEventListener("submit", (event) => {
  event.preventDefault();
  const address = new URL(day.action);
  for (const [name, value] of new FormData(day)) address.searchParams.set(name, value);
  follow(address.href);
});
document.querySelector("#on")?.addEventListener("change", (event) => {
  if (event.target.value) day.requestSubmit();
});
