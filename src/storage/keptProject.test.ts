// The kept project: comes back as it was, is never overwritten blindly, never silently lost.
import { describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import type { ProjectDoc } from "../spec/project";
import { RECIPES } from "../spec/recipes";
import { keptProject } from "./keptProject";
import { memoryRecords, type Records } from "./records";

const project: ProjectDoc = {
  version: 1,
  id: "p1",
  recipe: RECIPES["shapes"]!,
  settled: true,
  runs: [],
  currentRun: null,
  sequence: 0,
};

describe("the kept project", () => {
  it("comes back on the next visit with its sequence number", async () => {
    const records = memoryRecords();
    const kept = keptProject(records);
    expect(await kept.open()).toEqual({ project: null, problems: [] });
    expect(unwrap(await kept.save(project)).sequence).toBe(1);
    expect(unwrap(await kept.save({ ...project, sequence: 1 })).sequence).toBe(2);
    expect((await keptProject(records).open()).project).toEqual({ ...project, sequence: 2 });
  });

  it("is not overwritten by a tab that has seen less", async () => {
    const records = memoryRecords();
    const [old, young] = [keptProject(records), keptProject(records)];
    await old.open();
    await young.open();
    await young.save(project);
    const refused = await old.save({ ...project, id: "stale", sequence: 99 });
    expect(!refused.ok && refused.error.code).toBe("PROJECT_OTHER_TAB");
    expect((await keptProject(records).open()).project?.id).toBe("p1");
  });

  it("is put aside unchanged when it cannot be read, and can be downloaded", async () => {
    const records = memoryRecords();
    const broken = { ...project, recipe: { version: 1 } };
    await records.put("project", broken);
    const opened = await keptProject(records).open();
    expect(opened.project).toBeNull();
    expect(opened.problems[0]).toMatchObject({ code: "PROJECT_UNREADABLE" });
    expect(opened.problems[0]?.mend[0]?.action).toMatchObject({ do: "download" });
    expect(await records.get("quarantine/1")).toEqual(broken);
    expect(await keptProject(records).open()).toEqual({ project: null, problems: [] });
  });

  it("of a newer release is refused and left alone", async () => {
    const records = memoryRecords();
    const newer = { ...project, version: 2 };
    await records.put("project", newer);
    const kept = keptProject(records);
    expect((await kept.open()).problems[0]?.code).toBe("PROJECT_NEWER");
    const saved = await kept.save(project);
    expect(!saved.ok && saved.error.code).toBe("PROJECT_NEWER");
    expect(await records.get("project")).toEqual(newer);
  });

  it("says when the disk is full", async () => {
    const full: Records = {
      ...memoryRecords(),
      put: () => Promise.reject(new DOMException("full", "QuotaExceededError")),
    };
    const saved = await keptProject(full).save(project);
    expect(!saved.ok && saved.error.code).toBe("STORAGE_FULL");
  });

  it("drops runs that cannot be read and keeps the rest", async () => {
    const records = memoryRecords();
    await records.put("project", { ...project, runs: [{ name: "half a run" }] });
    expect((await keptProject(records).open()).project).toEqual(project);
  });
});
