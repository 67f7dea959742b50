// The keys of a meeting's screen, and of a presenter's remote: they press the page's own buttons.
const KEYS = { ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back", Escape: "leave" };
const OWN = "input, textarea, select, [contenteditable=true], [role=radiogroup], [role=listbox], [role=combobox]";

function pressed(event) {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey) { return ""; }
  const from = event.target instanceof Element ? event.target : document.body;
  if (event.key !== "Escape" && from.closest(OWN)) { return ""; }
  if (event.key === " " && from.closest("button, a, summary")) { return ""; }
  return event.key === " " && event.shiftKey ? "back" : KEYS[event.key] || "";
}

export function show({ parentElement, data }) {
  const key = (event) => {
    const name = pressed(event);
    const button = name && document.querySelector(`.st-key-${data.prefix}${name} button`);
    if (!button) { return; }
    event.preventDefault();
    button.click();
  };
  document.addEventListener("keydown", key);
  parentElement.dataset.keys = "on"; // from here on
  return () => document.removeEventListener("keydown", key);
}
