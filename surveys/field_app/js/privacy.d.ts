// What names are noticed by (surveys/record/privacy_table.py), as the server hands it out.

import type { Words } from "./types";

/** A pattern's source, and its flags. */
type Written = [string, string];

export declare const PRIVACY: {
  patterns: Record<"dash" | "called" | "read_name" | "by_role" | "role" | "spoken" | "spoken_alone" | "trade" | "age" | "door"
    | "mail" | "mail_head" | "no_number" | "abroad" | "local" | "apart" | "of_10" | "of_11" | "figures", Written>;
  heads: Record<string, Written>;
  of_sama: string;
  alone: string;
  written: string[];
  dashes: Record<string, string>;
  kanji: Record<string, string>;
  near: number;
  most_groups: number;
  least_last: number;
  instead: Record<"name" | "phone" | "mail" | "age", Words>;
  watched: Record<string, string[]>;
};
