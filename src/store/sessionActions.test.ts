// The first seconds: what there is to choose from is known before there is a GPU.
import { expect, it } from "vitest";
import { fakeEngine } from "../testing/fakeEngine";
import { handTimer } from "../testing/handTimer";
import { toyAnswers } from "../testing/toyAnswers";
import { createStudio } from "./studio";

it("the catalogue does not wait for the GPU, and outlives a failure to get one", async () => {
  const engine = fakeEngine({ ...toyAnswers, start: () => Promise.reject(new Error("no GPU")) });
  const page = { goTo: () => undefined, download: () => undefined, askPermission: () => Promise.resolve(true) };
  const studio = createStudio({ engine, page, timer: handTimer(), newId: () => "id" });
  await studio.session.start("");
  const { phase, catalog, device } = studio.stores.status.getState();
  expect({ phase, device }).toEqual({ phase: "failed", device: null });
  expect(catalog).toEqual(await toyAnswers.catalog?.());
});
