// RFC 4180 as a state machine: text to rows of fields, with any line end and the line where each row begins.

export interface Rows {
  readonly rows: string[][];
  /** Line (from 1) on which each row begins. */
  readonly lines: number[];
  /** Line on which a quote opened that never closed, or null. */
  readonly openQuote: number | null;
  /** Lines with a quote in the middle of a field that is not quoted. */
  readonly strayQuotes: number[];
}

const QUOTE = 34;
const CR = 13;
const LF = 10;

/** Rows of a delimited text; blank lines are left out; stops after `limit` rows. */
export function splitRows(text: string, delimiter: string, limit = Number.POSITIVE_INFINITY): Rows {
  const mark = delimiter.charCodeAt(0);
  const rows: string[][] = [];
  const lines: number[] = [];
  const strayQuotes: number[] = [];
  let line = 1;
  let at = 0;

  const lineEnd = (): void => {
    at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
    line += 1;
  };

  /** The field that begins at a quote; null where the quote never closes. */
  const quoted = (): string | null => {
    let value = "";
    at += 1;
    for (let from = at; ; at += 1) {
      if (at >= text.length) return null;
      const code = text.charCodeAt(at);
      if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) line += 1;
      if (code !== QUOTE) continue;
      value += text.slice(from, at);
      if (text.charCodeAt(at + 1) !== QUOTE) break;
      value += '"';
      at += 1;
      from = at + 1;
    }
    at += 1;
    return value;
  };

  const plain = (): string => {
    const from = at;
    let stray = false;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === mark || code === LF || code === CR) break;
      if (code === QUOTE) stray = true;
    }
    if (stray) strayQuotes.push(line);
    return text.slice(from, at);
  };

  while (at < text.length && rows.length < limit) {
    const begin = line;
    const row: string[] = [];
    for (;;) {
      const opened = line;
      let value: string;
      if (text.charCodeAt(at) === QUOTE) {
        const field = quoted();
        if (field === null) return { rows, lines, openQuote: opened, strayQuotes };
        const tail = plain();
        value = field + tail;
        if (tail.trim() !== "") strayQuotes.push(opened);
      } else value = plain();
      row.push(value);
      if (at >= text.length || text.charCodeAt(at) !== mark) break;
      at += 1;
    }
    if (at < text.length) lineEnd();
    if (row.length > 1 || row[0] !== "") {
      rows.push(row);
      lines.push(begin);
    }
  }
  return { rows, lines, openQuote: null, strayQuotes };
}
