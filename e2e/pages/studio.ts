// The studio in its user's words: what one sees and does on every screen.
import { expect, type Locator, type Page } from "@playwright/test";

export type Screen = "Data" | "Model" | "Train" | "Inspect" | "Share";

const keys: Record<Screen, string> = { Data: "d", Model: "m", Train: "t", Inspect: "i", Share: "s" };

export interface Small {
  readonly size: number;
  readonly width?: number;
  readonly epochs: number;
}

/** What a person does and reads on the page. */
export class Studio {
  readonly page: Page;
  readonly main: Locator;
  readonly progress: Locator;
  readonly messages: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole("main");
    this.progress = page.getByRole("contentinfo", { name: "Progress" });
    this.messages = page.getByRole("region", { name: "Messages" });
  }

  /** Goes to a screen by its tab. */
  async go(screen: Screen): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "Screens" })
      .getByRole("link", { name: new RegExp(`^${screen}`) })
      .click();
    await expect(this.main.getByRole("heading", { level: 1, name: screen })).toBeAttached();
  }

  /** Goes to a screen by keyboard: G, then its letter. */
  async goByKeyboard(screen: Screen): Promise<void> {
    await this.page.keyboard.press("g");
    await this.page.keyboard.press(keys[screen]);
    await expect(this.main.getByRole("heading", { level: 1, name: screen })).toBeAttached();
  }

  /** A card of the data ribbon. */
  slot(name: "Source" | "Items" | "Labels" | "Split" | "Transforms" | "Batch"): Locator {
    return this.main.getByRole("list", { name: "Data block" }).getByRole("button", { name: new RegExp(`^${name} `) });
  }

  /** "Try a sample". */
  async trySample(name: RegExp): Promise<void> {
    await this.main.getByRole("button", { name }).first().click();
    await expect(this.slot("Batch")).toHaveAccessibleName(/^Batch ok/);
  }

  /** The large button at the top. */
  get trainButton(): Locator {
    return this.page.getByRole("banner").getByRole("button", { name: /Train$/ });
  }

  async train(): Promise<void> {
    await expect(this.trainButton).toBeEnabled();
    await this.trainButton.click();
  }

  /** Waits for the end of the run, however slow the adapter. */
  async waitForEnd(minutes = 4): Promise<void> {
    await expect(this.progress).toContainText("Training has ended.", { timeout: minutes * 60_000 });
  }

  /** The fastai table of a run with one fit, a record a row. */
  async epochs(): Promise<Record<string, string>[]> {
    const table = this.main.getByRole("table", { name: "Table of epochs" });
    await expect(table).toBeVisible();
    const [names = [], ...rows] = await table
      .getByRole("row")
      .evaluateAll((all) => all.map((row) => Array.from(row.querySelectorAll("th, td"), (cell) => cell.textContent)));
    return rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [names[i] ?? "", cell])));
  }

  /** Sets, by hand and on three screens, what a software GPU trains in seconds: small pictures (of `width`, where they are not square), width 8, few epochs. */
  async makeSmall({ size, width = size, epochs }: Small): Promise<void> {
    await this.go("Data");
    await this.slot("Transforms").click();
    await this.main.getByRole("button", { name: /^Resize/ }).click();
    await expect(this.main.getByRole("textbox", { name: /^(Size|Height)$/ })).toBeVisible();
    // Pictures that have a width of their own are given a height.
    const wide = await this.main.getByRole("textbox", { name: "Width", exact: true }).isVisible();
    await this.enter(wide ? "Height" : "Size", size);
    if (wide) await this.enter("Width", width);
    await expect(this.slot("Transforms")).toHaveAccessibleName(new RegExp(`${size} × ${width} × \\d`));
    await this.go("Model");
    await this.main.getByRole("slider", { name: /Width/ }).press("Home");
    await this.go("Train");
    const stages = this.main.getByRole("region", { name: "Stages" });
    await stages.getByRole("button", { name: "More for stage 1" }).click();
    await this.page.getByRole("menuitem", { name: "Remove" }).click();
    await stages
      .getByRole("button", { name: /Fit one cycle/ })
      .first()
      .click();
    await this.enter("Epochs", epochs);
  }

  /** Chooses from a drop-down list. */
  async choose(field: string, option: string): Promise<void> {
    await this.main.getByRole("button", { name: new RegExp(`${field}$`) }).click();
    await this.page.getByRole("option", { name: option, exact: true }).click();
  }

  /** Types a number into a field. */
  async enter(field: string, value: number): Promise<void> {
    await this.main.getByRole("textbox", { name: field, exact: true }).fill(String(value));
    await this.page.keyboard.press("Enter");
  }

  /** The pictures of a confusion cell, and one of them in full. */
  async seesPictures(title: RegExp): Promise<void> {
    const cell = this.main.getByRole("region", { name: title });
    await cell
      .getByRole("button", { name: /Show in full/ })
      .first()
      .click();
    const dialog = this.page.getByRole("dialog");
    await expect(dialog.locator("canvas, img").first()).toBeVisible();
    await this.page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }

  /** Loads a recipe by pasting it under Share. */
  async pasteRecipe(recipe: unknown): Promise<void> {
    await this.go("Share");
    await this.main.getByRole("textbox", { name: "Paste a recipe or a link" }).fill(JSON.stringify(recipe));
    await this.main.getByRole("button", { name: "Open what I pasted" }).click();
  }
}
