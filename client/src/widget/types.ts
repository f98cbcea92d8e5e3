/** The widget's own words, in the page's language; the desk sends them. */
export type Texts = Record<
  | "launch"
  | "unread"
  | "close"
  | "person"
  | "log"
  | "offline"
  | "input"
  | "placeholder"
  | "attach"
  | "send"
  | "title"
  | "botNote"
  | "online"
  | "away"
  | "awayLong"
  | "today"
  | "tomorrow"
  | "hello"
  | "closed"
  | "closedLong"
  | "typing"
  | "tooLarge"
  | "uploading"
  | "failed"
  | "byMail"
  | "handedOver"
  | "answerBefore"
  | "joined"
  | "solvedNote"
  | "solved"
  | "notSolved"
  | "readIt"
  | "email"
  | "question"
  | "leave"
  | "leaveAddress"
  | "hints",
  string
>;

/** What the desk tells the widget about itself. */
export interface Config {
  language: string;
  panel: string;
  name: string;
  colour: string;
  side: string;
  bot?: string;
  askAddress: boolean;
  invitations: { page: string; seconds: number; text: string }[];
  fileBytes: number;
  files: number;
  longest: number;
  texts: Texts;
}

/** Who the site says its visitor is; the hash is made on the site's server. */
export interface SiteUser {
  id: string;
  hash: string;
  name?: string;
  email?: string;
}

/** What the small script hands to the part that is loaded later. */
export interface Host {
  base: string;
  config: Config;
  root: ShadowRoot;
  launcher: HTMLButtonElement;
  user?: SiteUser;
  /** The pages before this one, when the visitor agreed to that. */
  pages: string[];
  /** What stands beside the launcher when it is opened. */
  invitation?: { rule: number; text: string };
  unread(count: number): void;
}

export interface Panel {
  open(): void;
  close(): void;
  identify(user: SiteUser | undefined): void;
}

/** Text, or an element with its children and perhaps an address. */
export type Tree = string | [string, Tree[], string?];

export interface FileLine {
  token: string;
  name: string;
  type: string;
  size: number;
}

export interface BotLine {
  kind?: string;
  sources: { title: string; url: string }[];
  choices: string[];
  fields: { name: string; label: string; kind: string }[];
}

export interface Line {
  seq: number;
  kind: "visitor" | "agent" | "bot" | "handedOver" | "joined" | "solved" | "mailed";
  at: string;
  talk: string;
  id?: string;
  name?: string;
  text?: string;
  body?: Tree[];
  files?: FileLine[];
  bot?: BotLine;
  mail?: boolean;
}

export interface State {
  bot: boolean;
  person: boolean;
  name?: string;
  online: boolean;
  open: boolean;
  expected?: string;
  address: boolean;
}

export interface Pending {
  id: string;
  text: string;
  files?: string[];
  rule?: number;
}
