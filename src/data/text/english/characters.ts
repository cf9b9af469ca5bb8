// The character classes that spaCy's rules for English are written with, as pieces of regular expressions.

const inClass = (characters: readonly string[]): string =>
  characters.map((c) => c.replace(/[\\\]^-]/g, "\\$&")).join("");
const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");

/** Letters with case count as themselves, letters of scripts without case as both. */
export const alpha = "\\p{L}";
export const alphaLower = "\\p{Ll}\\p{Lo}\\p{Lm}";
export const alphaUpper = "\\p{Lu}\\p{Lt}\\p{Lo}\\p{Lm}";

/** Symbols such as emoji; the degree sign stays with its number. */
export const icon = "(?!°)\\p{So}";

export const ellipses: readonly string[] = ["\\.\\.+", "…"];

const punctuationMarks = [..."…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،؛٪"];
const quoteMarks = [..."'\"”“`‘´’‚„»«「」『』（）〔〕【】《》〈〉"];
const hyphenMarks = ["-", "–", "—", "--", "---", "——", "~"];
const currencyMarks = ["$", "£", "€", "¥", "฿", "US$", "C$", "A$", "₽", "﷼", "₴"];

const unitNames =
  "km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz m/s km/h kmh mph hPa Pa " +
  "mbar mb MB kb KB gb GB tb TB T G M K % км км² км³ м м² м³ дм дм² дм³ см см² см³ мм мм² мм³ нм кг г мг м/с км/ч кПа Па " +
  "мбар Кб КБ кб Мб МБ мб Гб ГБ гб Тб ТБ тб";

export const punctuation = `[${inClass(punctuationMarks)}]`;
export const quotes = `[${inClass(quoteMarks)}]`;
/** The same without the brackets of a class. */
export const quotesInClass = inClass(quoteMarks);
export const hyphens = hyphenMarks.map(escaped).join("|");
export const currency = currencyMarks.map(escaped).join("|");
export const units = unitNames.split(" ").map(escaped).join("|");
