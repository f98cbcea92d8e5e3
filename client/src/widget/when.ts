import type { Config } from "./types";

/** A point in time as the visitor's own clock says it: today 17:30, tomorrow 09:30, else with the day. */
export function whenText(iso: string, config: Config): string {
  const at = new Date(iso);
  const language = config.language === "en" ? "en-GB" : "zh-CN";
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  const days = Math.round((midnight(at) - midnight(new Date())) / 86_400_000);
  const phrase = days === 0 ? config.texts.today : days === 1 ? config.texts.tomorrow : undefined;
  if (phrase) {
    return phrase.replace("{0}", time);
  }
  const day = new Intl.DateTimeFormat(language, { weekday: "long", month: "short", day: "numeric" }).format(at);
  return `${day} ${time}`;
}

export function clock(iso: string, config: Config): string {
  return new Intl.DateTimeFormat(config.language === "en" ? "en-GB" : "zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(iso));
}

function midnight(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}
