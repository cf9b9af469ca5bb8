#!/usr/bin/env node
// The headless runner: trains a recipe in a browser without a window and writes what came of it.
import { readArguments, usage } from "./arguments.mjs";
import { ProblemError, printProblem, toProblem } from "./problem.mjs";
import { recipeText } from "./recipes.mjs";
import { train } from "./train.mjs";

try {
  const command = readArguments(process.argv.slice(2));
  if (command.do === "help") console.log(usage);
  else if (command.do === "recipe") console.log(await recipeText(command.name));
  else await train(command);
} catch (error) {
  printProblem(error instanceof ProblemError ? error.problem : toProblem(error));
  process.exitCode = 1;
}
