// The real editor in place of the plain form. It keeps nothing in the browser and asks no other host.
const plain = document.querySelector("#plain");
const place = document.querySelector("#yasgui");
const Yasgui = globalThis.Yasgui?.default ?? globalThis.Yasgui?.Yasgui ?? globalThis.Yasgui;

function open() {
  place.hidden = false; // the editor measures itself
  const Yasqe = Yasgui.Yasqe;
  for (const name of [...(Yasqe.defaults.autocompleters ?? [])]) {
    if (name !== "variables") Yasqe.defaults.autocompleters.splice(Yasqe.defaults.autocompleters.indexOf(name), 1);
  }
  const editor = new Yasgui(place, {
    requestConfig: { endpoint: new URL(plain.dataset.endpoint, location).href, method: "POST" },
    persistenceId: null,
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: { value: plain.elements.query.value, persistenceId: null, showQueryButton: true },
    yasr: { persistenceId: null },
  });
  const tab = editor.getTab();
  tab.setQuery(plain.elements.query.value);
  tab.setEndpoint(new URL(plain.dataset.endpoint, location).href);
  plain.hidden = true;
}

if (plain.dataset.editor !== undefined && Yasgui) {
  try {
    open();
  } catch (mistake) {
    console.warn("The editor could not be opened; the plain form works.", mistake);
    place.hidden = true;
  }
}
