// The table of schedules (geo/schedule/grammar.json) as the server hands it out.

import type { Json } from "./types";

export interface Key { key: string; kind: string; of?: (string | number)[]; range?: number[]; with?: string[] }

export interface Token { kind: string; pattern: string; gives?: Record<string, Json> }

export declare const GRAMMAR: {
  longest: number;
  continued_lines: number;
  apart_minutes: number;
  names: Record<string, string>;
  line: Record<string, string>;
  slots: { pattern: string; fresh: boolean }[];
  seasons: Record<string, string>;
  between: string;
  tokens: Token[];
  off: Token[];
  off_between: string;
  off_longest: number;
  doubt: { harmless: string; words: string; beside: string; states: { pattern: string; ja: string; en: string }[] };
  anywhere: string[];
  shapes: { of: string; needs?: string; gives: Record<string, Json> }[];
  about: Record<string, string>;
  kanji: string;
  dates: Record<string, string>;
  since: number;
  freqs: string[];
  keys: Key[];
  needs: Record<string, string[]>;
  apart: string[][];
  season_needs: string[];
  faults: Record<string, string[]>;
  sentences: Record<string, string[]>;
  words: {
    days_ja: string[];
    days_en: string[];
    nth_en: Record<string, string>;
    about_ja: Record<string, string>;
    about_en: Record<string, string>;
    season_ja: Record<string, string>;
    season_en: Record<string, string>;
  };
};
