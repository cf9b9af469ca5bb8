// What an architecture is: an entry of the menu that can make its body.
import type { ArchitectureEntry } from "../../spec/catalog";
import type { ParamValue } from "../../spec/params";
import type { Init } from "../init";
import type { Body } from "./body";

export interface Architecture extends ArchitectureEntry {
  /** `options` hold the fields of `params`, complete. */
  make(options: Readonly<Record<string, ParamValue>>, channels: number, init: Init): Body;
}
