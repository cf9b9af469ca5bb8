// The built-in recipes by name.
import type { Recipe } from "../recipe";
import { photos } from "./photos";
import { planet } from "./planet";
import { shapes, tiles } from "./samples";

export const RECIPES: Readonly<Record<string, Recipe>> = { photos, planet, shapes, tiles };
