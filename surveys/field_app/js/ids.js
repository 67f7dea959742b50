// Ids a device gives on its own, so that nothing has to be asked of a server.

/** @returns {string} A UUID (version 4) as 32 hex digits. */
export function newId() {
  if (typeof crypto.randomUUID === "function") { return crypto.randomUUID().replaceAll("-", ""); }
  // Over plain http there is no randomUUID; its random bits are there all the same.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes);
}

/** @param {ArrayBuffer | Uint8Array} bytes @returns {string} */
export function hex(bytes) {
  return Array.from(new Uint8Array(bytes), (one) => one.toString(16).padStart(2, "0")).join("");
}
