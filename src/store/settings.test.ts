// Preferences survive a visit, and strange or blocked storage costs nothing.
import { describe, expect, it } from "vitest";
import { createSettingsStore, type KeptStrings } from "./settings";

function kept(text: string | null): KeptStrings & { readonly text: () => string | null } {
  let value = text;
  return { getItem: () => value, setItem: (_key, next) => void (value = next), text: () => value };
}

describe("settings", () => {
  it("come back on the next visit", () => {
    const storage = kept(null);
    createSettingsStore(storage).setState({ theme: "dark", everything: true, airgap: true, dismissed: ["slow"] });
    expect(createSettingsStore(storage).getState()).toMatchObject({
      theme: "dark",
      everything: true,
      airgap: true,
      dismissed: ["slow"],
      overlay: null,
    });
  });

  it("write nothing when only a window opens", () => {
    const storage = kept(null);
    createSettingsStore(storage).setState({ overlay: "palette" });
    expect(storage.text()).toBeNull();
  });

  it.each(["", "[]", "7", '{"theme":"pink","everything":"yes","dismissed":[1]}'])(
    "take %j for a first visit",
    (text) => {
      expect(createSettingsStore(kept(text)).getState()).toMatchObject({
        theme: "system",
        everything: false,
        dismissed: [],
      });
    },
  );

  it("work where storage is blocked", () => {
    const refuse = (): never => {
      throw new Error("blocked");
    };
    const store = createSettingsStore({ getItem: refuse, setItem: refuse });
    store.setState({ theme: "light" });
    expect(store.getState().theme).toBe("light");
  });
});
