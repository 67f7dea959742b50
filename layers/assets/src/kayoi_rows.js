// A list keeps its place: the row a site sheet is opened from goes into the list's own address,
// and the row the address names is shown again when one comes back.
"use strict";
(() => {
  document.querySelector(".kz-here")?.scrollIntoView({ block: "center" });
  if (window.kayoiRows) { return; }
  window.kayoiRows = true;
  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("a")?.closest("[data-row]");
    if (!row) { return; }
    const here = new URL(location.href);
    here.searchParams.set("row", row.dataset.row);
    history.replaceState(history.state, "", here);
  }, { capture: true });
})();
