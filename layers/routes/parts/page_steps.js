// What Back goes over, and the drawer of a narrow screen (もどる一歩・ひきだし).
//
// Streamlit makes a step of every change of the address. A step is what somebody did: what a page
// puts into its own address by itself, as it is opened, replaces the address that is there, and
// so does a filter (a widget in a container whose key begins with `quiet_`).
(() => {
  const LISTS = "[role=listbox],[role=option],[data-baseweb=popover]";
  const NARROW = "(max-width: 768px)";
  let acted = false, leaving = false, walked = false;
  const act = (event) => {
    const at = event.target;
    leaving = walked = false;
    // A list that opens lies elsewhere in the page: what is pressed there goes with what opened it.
    if (!(at instanceof Element) || at.closest(LISTS)) { return; }
    acted = !at.closest("[class*='st-key-quiet_']");
  };
  addEventListener("pointerdown", act, true);
  addEventListener("keydown", act, true);

  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  history.pushState = (state, title, to) => {
    const there = new URL(to ?? location.href, location.href);
    const same = there.pathname === location.pathname;
    // The page one goes to tells its question before the address is that page's: it is told again
    // with it, and the address of the page one leaves stays what it was.
    if (same && leaving) { return; }
    // Back, pressed again before the page it led to had come: that page is told late, and would
    // become a step of its own, behind which all that lies forward is lost.
    if (!same && walked) { return; }
    if (acted || !same) { push(state, title, to); } else { replace(state, title, to); }
    acted = leaving = false;
  };

  addEventListener("popstate", () => {
    walked = true;
    acted = leaving = false;
  });

  addEventListener("click", (event) => {
    const at = event.target instanceof Element ? event.target : null;
    const way = at?.closest("a[href],[data-testid=stLogoLink]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    const there = new URL(way.getAttribute("href") ?? "/", location.href);
    leaving = there.origin === location.origin && there.pathname !== location.pathname;
    // On a narrow screen the drawer lies over the page one has chosen in it.
    if (way.matches("[data-testid=stSidebarNavLink]") && matchMedia(NARROW).matches) {
      setTimeout(() => {
        document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
      });
    }
  }, true);

  // The drawer's lists hold headings as well, which no list may: they are groups of links.
  new MutationObserver(() => {
    document.querySelectorAll("ul[data-testid=stSidebarNavItems]:not([role])").forEach((list) => {
      list.setAttribute("role", "group");
    });
    document.querySelectorAll("[data-testid=stSidebarNavItems] li:not([role])").forEach((item) => {
      item.setAttribute("role", "none");
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
