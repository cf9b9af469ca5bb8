// What is to be seen on one drawn satellite tile, and the tags that say so.
import type { Rng } from "../../base/rng";

export type Weather = "clear" | "partly_cloudy" | "haze" | "cloudy";
export type Ground = "agriculture" | "bare_ground" | "cultivation" | "habitation" | "primary" | "road" | "water";

export interface Scene {
  readonly weather: Weather;
  readonly ground: ReadonlySet<Ground>;
}

/** Chance of each thing on a tile; roads and houses go together, as they do on the ground. */
export function sceneOf(rng: Rng): Scene {
  const sky = rng.uniform();
  const weather: Weather = sky < 0.64 ? "clear" : sky < 0.82 ? "partly_cloudy" : sky < 0.92 ? "haze" : "cloudy";
  const ground = new Set<Ground>();
  const draw = {
    forest: rng.uniform(),
    fields: rng.uniform(),
    road: rng.uniform(),
    houses: rng.uniform(),
    river: rng.uniform(),
    plots: rng.uniform(),
    bare: rng.uniform(),
  };
  if (weather === "cloudy") return { weather, ground };
  if (draw.forest < 0.9) ground.add("primary");
  if (draw.fields < 0.34) ground.add("agriculture");
  if (draw.road < (ground.has("agriculture") ? 0.6 : 0.12)) ground.add("road");
  if (ground.has("road") && draw.houses < 0.45) ground.add("habitation");
  if (draw.river < 0.26) ground.add("water");
  if (draw.plots < 0.14) ground.add("cultivation");
  if (draw.bare < 0.1 || ground.size === 0) ground.add("bare_ground");
  return { weather, ground };
}

/** The tags of a tile, weather among them, in alphabetical order as Planet writes them. */
export function tagsOf(scene: Scene): string[] {
  return [...scene.ground, scene.weather].sort();
}
