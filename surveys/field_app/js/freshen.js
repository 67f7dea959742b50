// What is carried is renewed by itself when there is signal; what cannot be fetched stays as it was.

import { downloadPack } from "./pack.js";

const LEAST_MS = 10 * 60 * 1000;

/**
 * @param {import("./context").Context} context
 * @param {() => void} renewed called when something newer is on the device
 */
export function keepFresh(context, renewed) {
  let busy = false;
  const look = async () => {
    const { pack } = context;
    // A draft keeps the site as its writer saw it: it does not mind a newer pack.
    if (busy || !pack || !navigator.onLine || Date.now() - Date.parse(pack.made_at) < LEAST_MS) { return; }
    busy = true;
    try {
      // A walk that is planned no more leaves the town's places as they are.
      await downloadPack(context.store, context.walkId()).catch(() => downloadPack(context.store, null));
      await context.reload();
      renewed();
    } catch {
      // No signal, signed out, or the walk is no longer planned: its age is shown, and says so.
    } finally {
      busy = false;
    }
  };
  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") { look(); } });
  look();
}
