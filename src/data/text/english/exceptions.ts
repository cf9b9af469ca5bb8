// English words that are cut in a way of their own or not at all: contractions, abbreviations, faces.

/** Word → the tokens it becomes; joined, they are the word again. */
export type Exceptions = ReadonlyMap<string, readonly string[]>;

const title = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase();
const words = (text: string): string[] => text.split(" ");

/** These are words as well when their apostrophe is missing. */
const notContractions = words("Ill ill Its its Hell hell Shell shell Shed shed were Were Well well Whore whore");

/** Pronoun → what may follow it, after an apostrophe or without. */
const pronouns: readonly (readonly [string, string])[] = [
  ["i", "m m|a ll ll|ve d d|ve ve"],
  ["you", "ll ll|ve d d|ve ve re"],
  ["he", "ll ll|ve d d|ve s"],
  ["she", "ll ll|ve d d|ve s"],
  ["it", "ll ll|ve d d|ve s"],
  ["we", "ll ll|ve d d|ve ve re"],
  ["they", "ll ll|ve d d|ve ve re"],
];
const questions = words("who what when where why how there that");
const afterQuestion = "s ll ll|ve re ve d d|ve";

/** Verbs that may be followed by n't and 've, by n't alone, and by 've. */
const notHave = words("ca could do does did had may might must need ought sha should wo would");
const not = words("ai are is was were have has dare");
const have = words("could might must should would");

const droppedG = words("doin goin havin lovin nothin nuthin ol somethin");
const whole = words(
  "cause em ll nuff 'cause 'em 'll 'nuff 'S 's ‘S ‘s and/or w/o 're 'Cause 'cos 'Cos 'coz 'Coz 'cuz 'Cuz 'bout ma'am " +
    "Ma'am o'clock O'clock 'd a.m. p.m. e.g. E.g. E.G. i.e. I.e. I.E. vs. co. Adm. Bros. Co. Corp. D.C. Dr. Gen. Gov. " +
    "Inc. Jr. Ltd. Md. Messrs. Mo. Mont. Mr. Mrs. Ms. Ph.D. Rep. Rev. Sen. St. Mt. Ak. Ala. Apr. Ariz. Ark. Aug. Calif. " +
    "Colo. Conn. Dec. Del. Feb. Fla. Ga. Ia. Id. Ill. Ind. Jan. Jul. Jun. Kan. Kans. Ky. La. Mar. Mass. May. Mich. " +
    "Minn. Miss. N.C. N.D. N.H. N.J. N.M. N.Y. Neb. Nebr. Nev. Nov. Oct. Okla. Ore. Pa. S.C. Sep. Sept. Tenn. Va. Wash. Wis.",
);

/** Every language's: spaces, single letters with a dot, and faces. */
const everywhere = words(
  `' \\") <space> '' C++ ä. ö. ü. — ` +
    ':) :-) :)) :-)) :))) :-))) (: (-: =) (= ") :] :-] [: [-: :o) (o: :} :-} 8) 8-) (-8 ;) ;-) (; (-; :( :-( :(( :-(( ' +
    ":((( :-((( ): )-: =( >:( :') :'-) :'( :'-( :/ :-/ =/ =| :| :-| :1 :P :-P :p :-p :O :-O :o :-o :0 :-0 :() >:o :* :-* " +
    ":3 :-3 =3 :> :-> :X :-X :x :-x :D :-D ;D ;-D =D xD XD xDD XDD 8D 8-D ^_^ ^__^ ^___^ >.< >.> <.< ._. ;_; -_- -__- v.v " +
    "V.V v_v V_V o_o o_O O_o O_O 0_o o_0 0_0 o.O O.o O.O o.o 0.0 o.0 0.o @_@ <3 <33 <333 </3 (^_^) (-_-) (._.) (>_<) " +
    "(*_*) (¬_¬) ಠ_ಠ ಠ︵ಠ (ಠ_ಠ) ¯\\(ツ)/¯ (╯°□°）╯︵┻━┻ ><(((*>",
);

/** Irregular ones, their tokens apart. */
const irregular = words(
  "y'|all y|all how|'d|'y How|'d|'y not|'ve not|ve Not|'ve Not|ve can|not Can|not gon|na Gon|na got|ta Got|ta let|'s Let|'s",
);

function contractions(stem: string, endings: string): string[][] {
  return words(endings).flatMap((ending) => {
    const parts = ending.split("|");
    const first = parts[0] as string;
    // i'm|a: only the first piece has an apostrophe; 'll|'ve: both.
    const rest = parts.slice(1);
    return [
      [stem, `'${first}`, ...rest.map((part) => (part === "a" ? part : `'${part}`))],
      [stem, first, ...rest],
    ];
  });
}

function* lists(): Generator<readonly string[]> {
  for (const [stem, endings] of pronouns) {
    for (const form of [stem, title(stem)]) yield* contractions(form, endings);
  }
  for (const stem of questions) for (const form of [stem, title(stem)]) yield* contractions(form, afterQuestion);
  for (const stem of [...notHave, ...not]) {
    for (const form of [stem, title(stem)]) {
      yield [form, "n't"];
      yield [form, "nt"];
    }
  }
  for (const stem of notHave) {
    for (const form of [stem, title(stem)]) {
      yield [form, "n't", "'ve"];
      yield [form, "nt", "ve"];
    }
  }
  for (const stem of have)
    for (const form of [stem, title(stem)])
      yield* [
        [form, "'ve"],
        [form, "ve"],
      ];
  for (const stem of droppedG) for (const form of [stem, title(stem)]) yield* [[form], [`${form}'`]];
  for (let hour = 1; hour <= 12; hour += 1) for (const half of words("a.m. am p.m. pm")) yield [`${hour}`, half];
  for (const parts of irregular) yield parts.split("|");
}

function build(): Exceptions {
  const all = new Map<string, readonly string[]>();
  for (const one of [...everywhere, " ", "\t", "\\t", "\n", "\\n", "\u00a0"]) all.set(one, [one]);
  for (const letter of "abcdefghijklmnopqrstuvwxyz") all.set(`${letter}.`, [`${letter}.`]);
  for (const tokens of lists()) all.set(tokens.join(""), tokens);
  for (const word of notContractions) all.delete(word);
  for (const one of whole) all.set(one, [one]);
  return all;
}

export const ENGLISH_EXCEPTIONS: Exceptions = build();
