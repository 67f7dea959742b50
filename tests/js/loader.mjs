// Lets node find the modules by the addresses a browser finds them at: `node --import ./loader.mjs`.

import { readFileSync } from "node:fs";
import { register } from "node:module";

// As layers/field/shell.py hands it out.
const grammar = readFileSync(new URL("../../geo/schedule/grammar.json", import.meta.url), "utf8");
const LIBRARIES = {
  "/field/lib/schedule/grammar.js": `data:text/javascript,${encodeURIComponent(`export const GRAMMAR = ${grammar};`)}`,
  // Made by the server alone: here nothing is noticed, as where a browser cannot follow it.
  "/field/lib/privacy/table.js": "data:text/javascript,export const PRIVACY = null;",
  "/field/lib/idb/idb.js": new URL("../../layers/assets/node_modules/idb/build/index.js", import.meta.url).href,
};
const APP = new URL("../../surveys/field_app/", import.meta.url).href;

const HOOKS = `
  const libraries = ${JSON.stringify(LIBRARIES)};
  export function resolve(specifier, context, next) {
    if (libraries[specifier]) { return { url: libraries[specifier], format: "module", shortCircuit: true }; }
    return specifier.startsWith("/field/app/") ? next(specifier.replace("/field/app/", ${JSON.stringify(APP)}), context) : next(specifier, context);
  }
  export async function load(url, context, next) {
    // No package.json says that the app's files are modules: a browser needs none.
    return next(url, url.startsWith(${JSON.stringify(APP)}) ? { ...context, format: "module" } : context);
  }`;

register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
