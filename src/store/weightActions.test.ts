// Weights from the page's side: taken whole, proposed in part, forced, brought by the catalogue; one undo takes all of it back.
import { describe, expect, it, vi } from "vitest";
import { err, ok } from "../base/result";
import type { EngineApi } from "../rpc/protocol";
import type { Catalog } from "../spec/catalog";
import type { HubState } from "../spec/hub";
import { problem } from "../spec/problems";
import type { WeightsReport } from "../spec/run";
import { fakeEngine } from "../testing/fakeEngine";
import { handTimer } from "../testing/handTimer";
import { toyAnswers } from "../testing/toyAnswers";
import { createStudio } from "./studio";

const report: WeightsReport = {
  ...{ name: "a.pth", fit: "whole", taken: true, matched: 3, names: [], missing: [], extra: [], misshapen: [] },
  ...{ unfolded: 0, adaptedChannels: null, path: "", preprocessing: null, better: null, problems: [] },
};
const careful = { fit: "whole", values: "finite" } as const;
const file = new File(["w"], "a.pth");
const caffe = { normalize: "caffe", bgr: true, source: "stated" } as const;
const normalizations = ["imagenet", "caffe"].map((id) => ({ id, label: id, help: "", params: [], stats: null }));

async function visit(over: Partial<EngineApi>) {
  const engine = fakeEngine({
    ...toyAnswers,
    catalog: async () => ({ ...(await toyAnswers.catalog?.()), normalizations }) as Catalog,
    ...over,
  });
  const page = { goTo: () => undefined, download: () => undefined, askPermission: () => Promise.resolve(true) };
  const studio = createStudio({ engine, page, timer: handTimer(), newId: () => "id" });
  await studio.session.start("");
  const { project, model, status } = studio.stores;
  return { studio, engine, recipe: () => project.getState().recipe, model: model.getState, problems: () => status.getState().problems.map((shown) => shown.problem) }; // prettier-ignore
}

describe("a weight file", () => {
  it("that fits goes into the recipe with its normalisation, and one undo takes both back", async () => {
    const importWeights = vi.fn(async () => ok({ ...report, preprocessing: caffe }));
    const { studio, recipe, problems } = await visit({ importWeights });
    const before = recipe();
    await studio.models.importWeights(file);
    expect(importWeights).toHaveBeenCalledWith(before, file, careful);
    expect(recipe().model.weights).toEqual({ kind: "file", name: "a.pth" });
    expect(recipe().data.normalize).toBe("caffe");
    expect(problems()).toMatchObject([{ code: "WEIGHTS_PREPROCESSING" }]);
    studio.project.undo();
    expect(recipe()).toEqual(before);
  });

  it("that fits in part waits for a yes, which the recipe remembers", async () => {
    const importWeights = vi.fn<EngineApi["importWeights"]>(async (_recipe, _file, { fit }) => ok({ ...report, fit: "head", taken: fit === "head" })); // prettier-ignore
    const { studio, recipe, model } = await visit({ importWeights });
    await studio.models.importWeights(file);
    expect(model().proposed?.name).toBe("a.pth");
    expect(recipe().model.weights).toEqual({ kind: "none" });
    await studio.models.agree({ fit: "head", values: "finite" });
    expect(model()).toMatchObject({ proposed: null, weights: { fit: "head" } });
    expect(recipe().model.weights).toEqual({ kind: "file", name: "a.pth", fit: "head" });
    studio.models.dropWeights();
    expect(recipe().model.weights).toEqual({ kind: "none" });
  });

  it("with NaN stays forced through the question about its head", async () => {
    const consents: unknown[] = [];
    const { studio, problems } = await visit({
      importWeights: async (_recipe, _file, consent) => {
        consents.push(consent);
        if (consent.values === "finite") return err(problem("WEIGHTS_NOT_FINITE"));
        return ok({ ...report, fit: "head", taken: consent.fit === "head" });
      },
    });
    await studio.models.importWeights(file);
    expect(problems()[0]?.code).toBe("WEIGHTS_NOT_FINITE");
    await studio.models.agree({ fit: "whole", values: "any" });
    await studio.models.agree({ fit: "head", values: "finite" });
    expect(consents.at(-1)).toEqual({ fit: "head", values: "any" });
  });
});

describe("the catalogue", () => {
  const id = "timm/resnet18.tv_in1k";
  const state = (kept: number, complete = false): HubState => ({ id, kept, total: 9, complete, sha256: complete ? "f".repeat(64) : null }); // prettier-ignore

  it("tells how far a download is, and puts a failure aside with a button that tries again", async () => {
    let answer: Awaited<ReturnType<EngineApi["fetchHub"]>> = err(problem("HUB_FAILED"));
    const { studio, engine, model, problems } = await visit({
      listHub: async () => ({ host: "hub.example", states: [state(0)] }),
      fetchHub: async () => answer,
    });
    await studio.hub.list();
    engine.emit({ type: "hub", state: state(4) });
    expect(model().hub?.states).toEqual([state(4)]);
    await studio.hub.fetch(id);
    expect(problems()).toMatchObject([{ code: "HUB_FAILED" }]);
    expect(model().fetching).toEqual([]);
    answer = ok(state(9, true));
    studio.session.mend({ do: "retry" }, studio.stores.status.getState().problems[0]!);
    await vi.waitFor(() => expect(problems()).toEqual([]));
  });

  it("asks nobody in airgap", async () => {
    const fetchHub = vi.fn();
    const { studio, problems } = await visit({ fetchHub });
    studio.stores.settings.setState({ airgap: true });
    await studio.hub.fetch(id);
    expect(fetchHub).not.toHaveBeenCalled();
    expect(problems()).toMatchObject([{ code: "HUB_OFF" }]);
  });

  it("brings an encoder's architecture along", async () => {
    const { studio, recipe } = await visit({ useHub: async () => ok({ ...report, name: id, fit: "head" }) });
    await studio.hub.use(id);
    expect(recipe().model).toMatchObject({ arch: "resnet18", options: {}, weights: { kind: "hub", id } });
  });
});
