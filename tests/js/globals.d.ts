// What the browser gives the field app beside its own modules.

/** Libraries loaded as plain scripts when a map is drawn. */
declare const L: any;
declare const protomapsL: any;
declare const pmtiles: any;

/** The part of a service worker's world that sw.js uses; TypeScript's own clashes with "dom". */
interface WorkerClient { readonly id: string; readonly url: string; postMessage(message: unknown): void }
interface WorkerEvent extends Event { waitUntil(work: Promise<unknown>): void }
interface WorkerFetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response> | Response): void;
}
interface WorkerMessageEvent extends WorkerEvent { readonly data: unknown; readonly ports: readonly MessagePort[] }
interface WorkerScope {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(o: { includeUncontrolled: boolean; type: "window" }): Promise<readonly WorkerClient[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", listener: (event: WorkerEvent) => void): void;
  addEventListener(name: "fetch", listener: (event: WorkerFetchEvent) => void): void;
  addEventListener(name: "message", listener: (event: WorkerMessageEvent) => void): void;
}
