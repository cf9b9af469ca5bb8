// Why training cannot begin just now, in words; null when it can.
import type { DatasetState } from "./dataset";
import type { EngineStatusState } from "./engineStatus";
import type { ModelState } from "./model";
import type { ProjectState } from "./project";

/** The first thing that is missing, in the order a person would meet it. */
export function whyNotTrain(
  project: Pick<ProjectState, "recipe" | "opened">,
  data: Pick<DatasetState, "source" | "opening" | "preparing" | "report" | "reconnect">,
  model: Pick<ModelState, "problem">,
  status: Pick<EngineStatusState, "phase" | "runState">,
): string | null {
  if (status.phase === "failed") return "The engine did not start.";
  if (status.phase === "starting" || !project.opened) return "The engine is starting.";
  if (status.runState !== "idle") return "A run is going.";
  if (data.opening) return "Your files are being read.";
  if (data.source === null && data.reconnect !== null) return `Reconnect the folder ${data.reconnect.name} first.`;
  if (data.source === null) return "Drop a folder of pictures first, or try a sample.";
  if (data.preparing || data.report === null) return "The data is being prepared.";
  if (!data.report.ready) {
    const slots = data.report.slots.flatMap((slot) => slot.problems);
    const problem = [...data.report.problems, ...slots].find(({ severity }) => severity === "error");
    return problem?.title ?? "The data block has a problem.";
  }
  if (model.problem !== null) return model.problem.title;
  if (project.recipe.train.stages.length === 0) return "The recipe has no training stage.";
  return null;
}
