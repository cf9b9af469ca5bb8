// The first seconds: what there is to choose from is known before there is a GPU.
import { expect, it, vi } from "vitest";
import { ok } from "../base/result";
import { fakeEngine } from "../testing/fakeEngine";
import { handTimer } from "../testing/handTimer";
import { toyAnswers, toyDevice, toySource } from "../testing/toyAnswers";
import { createStudio } from "./studio";

const page = { goTo: () => undefined, download: () => undefined, askPermission: () => Promise.resolve(true) };

it("the catalogue does not wait for the GPU, and outlives a failure to get one", async () => {
  const engine = fakeEngine({ ...toyAnswers, start: () => Promise.reject(new Error("no GPU")) });
  const studio = createStudio({ engine, page, timer: handTimer(), newId: () => "id" });
  await studio.session.start("");
  const { phase, catalog, device } = studio.stores.status.getState();
  expect({ phase, device }).toEqual({ phase: "failed", device: null });
  expect(catalog).toEqual(await toyAnswers.catalog?.());
});

it("a sample that is opened while the engine is starting is not opened again when it has started", async () => {
  let begin = (): void => undefined;
  const started = new Promise<void>((resolve) => (begin = resolve));
  const methods = {
    ...toyAnswers,
    start: async () => {
      await started;
      return ok(toyDevice);
    },
    reconnect: vi.fn(() => Promise.resolve({ handle: null, source: null })),
    prepare: vi.fn(toyAnswers.prepare),
  };
  const studio = createStudio({ engine: fakeEngine(methods), page, timer: handTimer(), newId: () => "id" });
  const starting = studio.session.start("");
  await vi.waitFor(() => expect(studio.stores.status.getState().catalog).not.toBeNull());
  await studio.data.openSample("shapes");
  begin();
  await starting;
  expect(methods.prepare).toHaveBeenCalledTimes(1);
  expect(methods.reconnect).not.toHaveBeenCalled();
});

it("files whose guess was not kept before the page was left are guessed anew; a settled recipe stays", async () => {
  const reconnect = () => Promise.resolve({ handle: null, source: toySource });
  const visit = (settled: boolean) => {
    const engine = fakeEngine({ ...toyAnswers, reconnect });
    const studio = createStudio({ engine, page, timer: handTimer(), newId: () => "id" });
    studio.project.setQuietly({ settled });
    return studio;
  };
  const left = visit(false);
  await left.session.start("");
  expect(left.stores.project.getState().recipe.data).toMatchObject({
    source: { hint: "pets" },
    split: { valid: 0.25 },
  });
  expect(left.stores.dataset.getState()).toMatchObject({ guess: "folders", report: { ready: true } });
  const chosen = visit(true);
  const before = chosen.stores.project.getState().recipe;
  await chosen.session.start("");
  expect(chosen.stores.project.getState().recipe).toBe(before);
});
