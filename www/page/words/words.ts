import { element } from "../dom.ts";
import { en, type Words } from "./en.ts";
import { zh } from "./zh.ts";

export type { Words } from "./en.ts";

const LANGUAGES = { en, zh } as const;
export type Language = keyof typeof LANGUAGES;

/** Where the visitor's own choice is kept. */
const STORED = "framereel:language";

let current: Words = en;
const listeners: (() => void)[] = [];

/** What the page says in the language it is in now. */
export function words(): Words {
  return current;
}

/** `show` writes texts that are not in index.html; it is called after every change of the language. */
export function onLanguage(show: () => void): void {
  listeners.push(show);
}

/** Takes the visitor's choice, or else the first of the browser's languages that the page knows, and minds the switch. */
export function startLanguage(): void {
  const choice = element("language", HTMLSelectElement);
  const language = stored() ?? preferred(navigator.languages);
  choice.value = language;
  use(language);
  choice.addEventListener("change", () => {
    use(choice.value as Language);
    try {
      localStorage.setItem(STORED, choice.value);
    } catch {
      // a browser that keeps nothing asks again next time
    }
  });
}

function preferred(languages: readonly string[]): Language {
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES);
  return (known as Language | undefined) ?? "en";
}

function stored(): Language | null {
  try {
    const value = localStorage.getItem(STORED);
    return value !== null && value in LANGUAGES ? (value as Language) : null;
  } catch {
    return null;
  }
}

function use(language: Language): void {
  current = LANGUAGES[language];
  document.documentElement.lang = current.lang;
  document.title = current.title;
  fill(document);
  for (const show of listeners) show();
}

/** Writes the fixed texts below `root`: `data-word` is the content, `data-label` the accessible name and the tooltip of a sign. */
export function fill(root: ParentNode): void {
  for (const target of root.querySelectorAll<HTMLElement>("[data-word]")) {
    target.textContent = fixed(target.dataset.word);
  }
  for (const target of root.querySelectorAll<HTMLElement>("[data-label]")) {
    target.setAttribute("aria-label", fixed(target.dataset.label));
    if (target instanceof HTMLButtonElement) target.title = fixed(target.dataset.label);
  }
}

function fixed(key: string | undefined): string {
  const text = current.page[key as keyof Words["page"]];
  if (text === undefined) throw new Error(`index.html asks for a word "${key}" that there is not`);
  return text;
}
