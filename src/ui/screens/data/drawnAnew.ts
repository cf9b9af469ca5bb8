// The look of pictures while newer ones are drawn: faint, and only they, so that the words beside them stay readable.

/** Classes for what holds one picture and nothing else. */
export function drawnAnew(busy: boolean): string {
  return busy ? "opacity-60 transition-opacity duration-150" : "transition-opacity duration-150";
}
