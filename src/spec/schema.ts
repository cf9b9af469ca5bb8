// zod as the page's policy allows it: every schema must come from here.
import { z } from "zod";

// zod's compiled parsers need `new Function`; the setting counts for schemas that are made after it.
z.config({ jitless: true });

export { z };
