// The shapes the field app's modules share. Checked by `tsc --checkJs`, never served.

export interface Words { ja: string; en: string }
export type Lang = "ja" | "en";
export interface Fault { path: string; words: Words }

// ---- declarations: surveys/declaration/declaration.py writes them ------------------------------------
/** `hidden`: offered no more, still said. */
export interface Choice { id: string; words: Words; hidden?: boolean }
export type FieldKind = "choice" | "choices" | "number" | "text" | "note" | "date" | "month" | "time"
  | "schedule" | "areas" | "sites" | "photos" | "point" | "items";
export interface Field {
  id: string; words: Words; kind: FieldKind; choices: Choice[]; unit: string;
  low: number; high: number; decimals: number; help: Words | null; first: boolean;
  item: Item | null;
  /** Whether 不明 is one of its answers. */
  unknown: boolean;
}
export interface Item { words: Words; counter: Words; marker: string; fields: Field[] }
export interface Marker {
  colour: string; shape: string; glyph: string; strokes: string; stroke_width: number;
  dark_glyph: boolean; size: number;
}
export type Shape = "point" | "line" | "area";
export interface RecordType {
  id: string; words: Words; sheet: Words; marker: Marker; order: number; shapes: Shape[];
  pin_needed: boolean;
  /** The office's own paper, no place; absent in packs of before. */
  log?: boolean; fields: Field[];
}

// ---- answers -----------------------------------------------------------------------------
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** As a form holds them: items as lists, each with its `_id`. */
export type Answers = Record<string, Json>;
/** One value a path: `toilet`, `benches/a1` (its order), `benches/a1/back`. */
export type Flat = Record<string, Json>;
/** A photo inside an answer; `id` is the SHA-256 of the bytes, 64 hex digits. */
export interface PhotoAnswer { id: string; caption: string }
export interface Point { type: "Point"; coordinates: number[] }
export interface Line { type: "LineString"; coordinates: number[][] }
export interface Area { type: "Polygon"; coordinates: number[][][] }
/** GeoJSON in degrees (EPSG:4326), 7 decimals. */
export type Geometry = Point | Line | Area
  | { type: "MultiLineString"; coordinates: number[][][] }
  | { type: "MultiPolygon"; coordinates: number[][][][] };

/** How a point was found: fixes averaged by accuracy, or a finger on the map. */
export interface Position {
  by: "gps" | "hand";
  lon: number; lat: number;
  /** Radius of 68 %, metres; 0 by hand. */
  accuracy_m: number;
  /** How many fixes were averaged; 0 by hand. */
  count: number;
  at: string;
}

// ---- the pack: what a walk needs, from GET /api/v1/field/pack ------------------------------
export interface PackSite {
  id: string; number: number; type: string; title: string; area: string;
  /** The newest version's number when the pack was made. */
  head: number;
  status: string; seen_on: string; due_on: string;
  flat: Flat; place: Geometry | null; lon: number | null; lat: number | null;
  /** Fields left in the office (telephone numbers and the like): neither carried nor asked here. */
  withheld: string[];
}
export interface PackWalk {
  id: string; title: string; on: string; surveyors: string; area: string;
  /** Ids of sites in the order of visit. */
  places: string[];
  line: Geometry | null;
  /** The newest version's number; it, the state and what it came to are absent in packs of before. */
  head?: number;
  state?: "yet" | "begun" | "done" | "left";
  /** What the office knows of its places, by site id. */
  came?: Record<string, "seen" | "absent" | "closed" | "unseen">;
}
/** A walk another may be opened as; in packs of before without its places. */
export interface WalkChoice extends Partial<PackWalk> { id: string; title: string; on: string; area: string; count: number }
/** A place of the map nobody recorded. */
export interface PackFree { place_id: string; kind: string; name: string; lon: number; lat: number }
/** What was said of a place of the map beside a new record; `later` puts it off. */
export interface Tied { place_id: string; name: string; say: "same" | "other" | "later" }
/** Which walk is open on which day; `walk` null: none was chosen on purpose. */
export interface Opened { day: string; walk: string | null; view: "walk" | "town" }
/** A place of the map that may be a site of the pack; `inside` names a thing of the site. */
export interface PackAsked {
  place_id: string; site_id: string; inside: string; kind: string; name: string; metres: number;
  lon: number; lat: number;
}
export interface Claim { place_id: string; inside: string; same: boolean }
export interface Pack {
  format: 1; made_at: string;
  /** Changes with the register. */
  stamp: string;
  town: { name: string; west: number; south: number; east: number; north: number; credit: string };
  /** Changes with the declarations. */
  types_version: string; types: RecordType[];
  walk: PackWalk | null; walks: WalkChoice[];
  sites: PackSite[];
  /** Absent in packs of before. */
  asked?: PackAsked[];
  free?: PackFree[];
  /** What may be written as who writes. */
  roles?: string[];
  /** How many sites the town has and how many of them are in the pack. */
  total: number;
  base: { url: string; bytes: number; stamp: string };
}

// ---- what is written here ------------------------------------------------------------------
export type Kind = "visit" | "confirm" | "absent" | "retire" | "correct";
/** A record being written; saved at every answer. */
export interface Draft {
  id: string; type: string; site_id: string; record_id: string;
  kind: Kind;
  /** Whether the site is new to the register. */
  fresh: boolean;
  title: string; walk_id: string | null;
  base: number; after: string | null;
  /** The site as its writer saw it. */
  before: Flat; before_place: Geometry | null; withheld: string[];
  answers: Answers; place: Geometry | null; position: Position | null;
  source: "surveyed" | "told"; sure: "sure" | "likely"; note: string;
  types_version: string; begun_at: string; touched_at: string;
  /** Where the person was: "" or the path of the item that was open. */
  open: string;
  tied?: Tied[];
}
/** What is sent: PUT /api/v1/field/records/<id>. Never changed once a send has begun. */
export interface Submission {
  format: 1; id: string; label: string; record_id: string; site_id: string; type: string;
  kind: Kind; title: string; walk_id: string | null;
  /** UTC by the server's clock as far as known; `device_at` as the device's clock stood. */
  made_at: string; device_at: string; clock_off_s: number;
  /** The day in Japan. */
  on: string;
  by: string; source: "surveyed" | "told"; sure: "sure" | "likely";
  base: number; after: string | null;
  patch: Flat;
  /** Absent when the place was not touched. */
  place?: Geometry | null;
  position: Position | null;
  note: string; types_version: string;
  /** Ids of the photos of this device that the patch speaks of. */
  photos: string[];
  /** What was said of a place of the map, where that is all that was said. */
  claim?: Claim;
  /** What was said of places of the map beside a new site. */
  claims?: Claim[];
  /** Only in files saved from a device: a draft nobody had finished. */
  unfinished?: true;
}
export type SendState = "waiting" | "trying" | "kept" | "held" | "refused";
export interface OutboxRow {
  id: string; day: string; label: string; submission: Submission; state: SendState;
  /** What the server answered last. */
  answer: SendAnswer | null; tries: number; said: Words | null;
  /** As it stood when it was finished, so that 直す opens it again; never sent. */
  draft?: Draft;
}
export interface SendAnswer {
  state: "kept" | "held"; seq: number; number: number; conflicts: string[]; again: boolean;
  faults: Fault[]; received_at: string;
}
export interface PhotoRow {
  /** SHA-256 of `bytes` in hex. */
  id: string;
  /** The draft, later the submission, it belongs to. */
  owner: string; path: string; media: string; bytes: ArrayBuffer; thumb: ArrayBuffer | null;
  width: number; height: number; taken_at: string; day: string;
  state: SendState; said: Words | null;
}
export interface LogRow {
  day: string;
  records: LogRecord[];
  photos: string[];
  receipt: FieldReceipt | null;
  /** What the receipt was asked for: only this may be erased. */
  listed?: { records: string[]; photos: string[] };
  /** Whether something changed since the last receipt. */
  due?: boolean;
}
export interface LogRecord {
  id: string; label: string; title: string; type: string; state: SendState;
  site_id: string; kind: Kind; walk_id: string | null;
  claim?: Claim;
  /** The place that could not be seen, where that was said of the walk. */
  unseen?: string;
  /** Whether a text of it may tell who somebody is. */
  noticed?: true;
}
/** What an erased record said, kept until a newer pack tells it. */
export interface PastRow {
  id: string; site_id: string; seq: number; made_at: string; received_at: string;
  patch: Flat; place?: Geometry | null;
}
export interface FieldReceipt {
  device_id: string; code: string; day: string; at: string;
  device: { records: number; photos: number }; server: { records: number; photos: number };
  missing: { records: string[]; photos: string[] }; held: string[]; matches: boolean;
}
export interface TrackRow {
  id?: number; day: string; walk_id: string | null; at: string; lon: number; lat: number;
  accuracy_m: number;
  /** The id it is sent under, and whether the server has it. */
  batch?: string; sent?: boolean;
}
export interface Device { id: string; code: string; clock_off_s: number; seen_at: string }
export interface Settings {
  lang: Lang; by: string; erase: "at_once" | "after_7_days"; track: boolean;
  /** Whether it was asked who writes: once is enough. */
  who: boolean;
}
