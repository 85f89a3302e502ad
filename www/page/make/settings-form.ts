import { element } from "../dom.ts";
import { MOST_PIXELS } from "../model/picture-limits.ts";
import { DEFAULTS, isUsed, isValid, RANGES, type SettingName, type Settings } from "../model/settings.ts";
import { onLanguage, words } from "../words/words.ts";

/** Where the settings of the last visit are kept. Images never are. */
const STORED = "framereel:settings";

const NAMES = Object.keys(DEFAULTS) as SettingName[];

/** The form: what it says in the page's terms, what is wrong with it, and its memory. Emits "change". */
export class SettingsForm extends EventTarget {
  readonly form = element("settings", HTMLFormElement);
  #settings: Settings = { ...DEFAULTS, ...stored() };
  /** Fields with a message, and who says it. */
  readonly #problems = new Map<SettingName, () => string>();

  constructor() {
    super();
    this.#write();
    this.form.addEventListener("input", ({ target }) => {
      // Who chooses a purpose wants it to count.
      if (target instanceof HTMLInputElement && target.name === "purpose") this.#control("rate").value = DEFAULTS.rate;
      this.#read();
      this.#changed();
    });
    element("reset", HTMLButtonElement).addEventListener("click", () => {
      this.#settings = { ...DEFAULTS };
      this.#write();
      this.#changed();
    });
    onLanguage(() => this.#showProblems());
    this.#showFields();
  }

  get values(): Settings {
    return this.#settings;
  }

  /** Shows what is wrong beside the fields; true where nothing is. Otherwise the first such field gets the focus. */
  check(): boolean {
    this.#problems.clear();
    for (const name of NAMES) {
      if (isUsed(name, this.#settings) && !isValid(name, this.#settings[name]))
        this.#problems.set(name, rangeText(name));
    }
    const { size, width, height } = this.#settings;
    if (size === "custom" && this.#problems.size === 0 && width * height > MOST_PIXELS)
      this.#problems.set("width", () => words().tooManyPixels);
    this.#showProblems();
    const [first] = this.#problems.keys();
    if (first !== undefined) this.#focus(first);
    return first === undefined;
  }

  /** A problem that the encoder found. */
  blame(name: SettingName, message: () => string): void {
    this.#problems.set(name, message);
    this.#showProblems();
    this.#focus(name);
  }

  /** Sets one of the choices, as the visitor would. */
  choose(name: SettingName, value: string): void {
    this.#control(name).value = value;
    this.#read();
    this.#changed();
  }

  #changed(): void {
    for (const name of this.#problems.keys()) {
      if (isValid(name, this.#settings[name])) this.#problems.delete(name);
    }
    this.#showProblems();
    this.#showFields();
    try {
      localStorage.setItem(STORED, JSON.stringify(this.#settings));
    } catch {
      // a browser that keeps nothing begins with the defaults next time
    }
    this.dispatchEvent(new Event("change"));
  }

  #read(): void {
    const settings: Record<string, unknown> = {};
    for (const name of NAMES) {
      const control = this.#control(name);
      settings[name] =
        control instanceof HTMLInputElement && control.type === "number" ? control.valueAsNumber : control.value;
    }
    this.#settings = settings as Settings;
  }

  #write(): void {
    for (const name of NAMES) {
      const value = this.#settings[name];
      this.#control(name).value = typeof value === "number" && Number.isNaN(value) ? "" : String(value);
    }
  }

  #control(name: SettingName): HTMLInputElement | HTMLSelectElement | RadioNodeList {
    const control = this.form.elements.namedItem(name);
    if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement || control instanceof RadioNodeList)
      return control;
    throw new Error(`index.html has no field "${name}"`);
  }

  #focus(name: SettingName): void {
    const control = this.#control(name);
    if (control instanceof RadioNodeList) return;
    const folded = control.closest("details");
    if (folded !== null) folded.open = true;
    control.focus();
  }

  #showFields(): void {
    for (const field of this.form.querySelectorAll<HTMLElement>("[data-for]")) {
      field.hidden = !isUsed(field.dataset.for as SettingName, this.#settings);
    }
  }

  #showProblems(): void {
    for (const name of NAMES) {
      const control = this.#control(name);
      if (control instanceof RadioNodeList) continue;
      const message = this.#problems.get(name);
      const id = `${name}-problem`;
      document.getElementById(id)?.remove();
      if (message === undefined) {
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-describedby");
        continue;
      }
      const text = document.createElement("p");
      text.id = id;
      text.className = "problem field-problem";
      text.setAttribute("role", "alert");
      text.textContent = message();
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", id);
      control.closest(".field")?.after(text);
    }
  }
}

function rangeText(name: SettingName): () => string {
  const range = RANGES[name] ?? { min: 0, max: 0 };
  return () =>
    range.whole === true ? words().wholeNumberRange(range.min, range.max) : words().numberRange(range.min, range.max);
}

/** What was kept, as far as it still is a setting; whatever else a browser has there is passed over. */
function stored(): Partial<Settings> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    const good = Object.entries(kept).filter(([name, value]) => {
      const initial: unknown = DEFAULTS[name as SettingName];
      return typeof initial === typeof value && isValid(name as SettingName, value) && isOffered(name, value);
    });
    return Object.fromEntries(good);
  } catch {
    return {};
  }
}

/** Whether a choice of the last visit's version is still one. */
function isOffered(name: string, value: unknown): boolean {
  const choices = document.querySelectorAll<HTMLInputElement | HTMLOptionElement>(
    `#settings input[type=radio][name=${name}], #settings select[name=${name}] option`,
  );
  return choices.length === 0 || Array.from(choices).some((choice) => choice.value === value);
}
