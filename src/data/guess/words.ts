// Numbers and nouns in the sentences of guesses.

/** "1 class", "7,390 images". */
export function many(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}
