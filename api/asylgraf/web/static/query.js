// The real editor in place of the plain form. It keeps nothing in the browser and asks no other host.
const plain = document.querySelector("#plain");
const place = document.querySelector("#yasgui");
const Yasgui = globalThis.Yasgui?.default ?? globalThis.Yasgui?.Yasgui ?? globalThis.Yasgui;

const endpoint = new URL("/sparql", location).href;
const days = ["on", "known"].flatMap((name) => (plain.elements[name] ? [{ name, value: plain.elements[name].value }] : []));

function open() {
  place.hidden = false; // the editor measures itself
  const Yasqe = Yasgui.Yasqe;
  for (const name of [...(Yasqe.defaults.autocompleters ?? [])]) {
    if (name !== "variables") Yasqe.defaults.autocompleters.splice(Yasqe.defaults.autocompleters.indexOf(name), 1);
  }
  const editor = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST", args: days },
    persistenceId: null,
    populateFromUrl: false, // the address of the page is ours
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: { value: plain.elements.query.value, persistenceId: null, showQueryButton: true },
    yasr: { persistenceId: null },
  });
  const tab = editor.getTab();
  tab.setQuery(plain.elements.query.value);
  tab.setEndpoint(endpoint);
  place.querySelector(".CodeMirror textarea").setAttribute("aria-label", plain.querySelector("label").textContent);
  place.querySelector(".CodeMirror-scroll").tabIndex = 0; // it scrolls, also by keyboard
  plain.hidden = true;
  document.activeElement.blur(); // the page begins at its top, not in the editor
  scrollTo(0, 0);
  share(() => tab.getQuery());
  const queried = tab.getYasqe();
  queried.on("queryResponse", (_, answer) => refused(tab.getQuery(), answer));
  queried.on("change", () => doubt(() => tab.getQuery()));
  doubt(() => tab.getQuery());
}

// Terms that stand nowhere in the graph, told while they are typed: a typo must not read as “the law says nothing”.
let pause = 0;
let asking = new AbortController();

function doubt(query) {
  clearTimeout(pause);
  pause = setTimeout(async () => {
    asking.abort();
    asking = new AbortController();
    try {
      const body = new URLSearchParams([["query", query()], ["lint", "json"], ...days.map((day) => [day.name, day.value])]);
      const answer = await fetch(endpoint, { method: "POST", body, signal: asking.signal });
      tell(answer.ok ? (await answer.json()).warnings : []); // the editor itself marks what is no SPARQL
    } catch (mistake) {
      if (mistake.name !== "AbortError") tell([]);
    }
  }, 600);
}

function tell(warnings) {
  const items = warnings.map((warning) => Object.assign(document.createElement("li"), { textContent: warning.message }));
  document.querySelector("#doubts").replaceChildren(...items);
}

// Why a query was not answered, as the page says it: a limit by its status, anything else by the page of the query.
async function refused(query, answer) {
  const place = document.querySelector("#refused");
  place.hidden = !(answer instanceof Error); // the editor throws what it cannot show
  if (place.hidden) return;
  const status = statusIn(answer.message);
  const limit = place.dataset[`of-${status}`];
  if (limit || !status) {
    place.textContent = limit ?? answer.message;
    return;
  }
  const told = await fetch(addressOf(query), { headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await told.text(), "text/html");
  place.replaceChildren(...page.querySelector("#refused").childNodes);
}

function statusIn(problem) {
  try {
    return JSON.parse(problem).status;
  } catch {
    return undefined; // it did not come from the endpoint
  }
}

function addressOf(query) {
  const address = new URL(document.querySelector("#own a").href);
  address.searchParams.set("query", query);
  return address.href;
}

// The query with an address of its own, answered by the server.
function share(query) {
  const place = document.querySelector("#own");
  const link = place.querySelector("a");
  place.hidden = false;
  link.addEventListener("click", () => { link.href = addressOf(query()); });
}

if (plain.dataset.editor !== undefined && Yasgui) {
  try {
    open();
  } catch (mistake) {
    console.warn("The editor could not be opened; the plain form works.", mistake);
    place.hidden = true;
  }
}
