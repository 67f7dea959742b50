// What every screen is given. Checked by `tsc --checkJs`, never served.
import type { Device, Draft, Geometry, Opened, Pack, PackSite, Position, RecordType, Settings, Words } from "./types";
import type { Store } from "./store.js";
import type { Sender } from "./send.js";
import type { Tracker } from "./track.js";

export interface Head { title: string; sub?: string; back?: string | null; home?: boolean }
export interface Context {
  store: Store;
  sender: Sender;
  tracker: Tracker;
  settings: Settings;
  device: Device;
  /** With the walk that is open. */
  pack: Pack | null;
  opened: Opened | null;
  main: HTMLElement;
  /** Says the title; the network's chip stands above it always. */
  head(head: Head): void;
  foot(...children: (Node | string | null | false | undefined)[]): void;
  go(address: string): void;
  /** Draw the screen that is open anew. */
  again(): void;
  tell(text: string, undo?: () => Promise<void> | void): void;
  here(): Position | null;
  /** Hear of where the device is until the screen is left. */
  onHere(listener: (at: Position | null, trouble: Words | null) => void): void;
  type(id: string): RecordType | undefined;
  site(id: string): PackSite | undefined;
  walkId(): string | null;
  reload(): Promise<void>;
}
/** Draws a screen; what it returns is called when the screen is left. */
export type Screen = (context: Context, ...parts: string[]) => Promise<void | (() => void)> | void | (() => void);
export type { Draft, Geometry };
