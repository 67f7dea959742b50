// What Back goes over, and the drawer of a narrow screen (もどる一歩・ひきだし).
//
// Streamlit makes a step of every change of the address. A step is what somebody did: what a page
// puts into its own address by itself, as it is opened, replaces the address that is there, and
// so does a filter (a widget in a container whose key begins with `quiet_`).
(() => {
  const LISTS = "[role=listbox],[role=option],[role=menu],[data-baseweb=popover]";
  const NARROW = "(max-width: 768px)";
  let acted = false;
  const act = (event) => {
    const at = event.target;
    // A list that opens lies elsewhere in the page: what is pressed there goes with what opened it.
    if (!(at instanceof Element) || at.closest(LISTS)) { return; }
    acted = !at.closest("[class*='st-key-quiet_']");
  };
  addEventListener("pointerdown", act, true);
  addEventListener("keydown", act, true);

  const push = history.pushState.bind(history);
  history.pushState = (state, title, to) => {
    const there = new URL(to ?? location.href, location.href);
    const step = acted || there.pathname !== location.pathname;
    acted = false;
    if (step) { push(state, title, to); } else { history.replaceState(state, title, to); }
  };

  // On a narrow screen the drawer lies over the page one has chosen in it.
  addEventListener("click", (event) => {
    const at = event.target;
    if (!(at instanceof Element) || !at.closest("[data-testid=stSidebarNavLink]")) { return; }
    if (!matchMedia(NARROW).matches) { return; }
    setTimeout(() => {
      document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
    });
  });
})();
