// On the page that asks whether to sign out: what is carried goes first, then the session.

import { leaveFromOutside } from "./leave.js";

// A device that is stuck must not keep anybody signed in; the app makes up for it later.
const LONGEST_MS = 4000;

const form = document.querySelector("form");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const late = new Promise((resolve) => { setTimeout(resolve, LONGEST_MS); });
  void Promise.race([leaveFromOutside().catch(() => undefined), late]).then(() => form.submit());
}, { once: true });
