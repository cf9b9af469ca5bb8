// Work with a deadline: done, failed, or left behind.
import { describe, expect, it } from "vitest";
import { inTime } from "./inTime";

describe("work with a deadline", () => {
  it("is waited for", async () => {
    let done = false;
    const act = async () => {
      await Promise.resolve();
      done = true;
    };
    expect(await inTime(10_000, act)).toBe(true);
    expect(done).toBe(true);
  });

  it("is left behind when it never ends", async () => {
    expect(await inTime(20, () => new Promise(() => undefined))).toBe(false);
  });

  it("passes on what it throws", async () => {
    await expect(inTime(10_000, () => Promise.reject(new Error("disk")))).rejects.toThrow("disk");
  });
});
