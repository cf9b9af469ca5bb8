// The built-in recipes by name.
import type { Recipe } from "../recipe";
import { camvid } from "./camvid";
import { headpose } from "./headpose";
import { photos } from "./photos";
import { planet } from "./planet";
import { beats, heads, shapes, streets, tiles } from "./samples";
import { timeseries } from "./timeseries";

export const RECIPES: Readonly<Record<string, Recipe>> = {
  photos,
  planet,
  camvid,
  headpose,
  timeseries,
  shapes,
  tiles,
  streets,
  heads,
  beats,
};
