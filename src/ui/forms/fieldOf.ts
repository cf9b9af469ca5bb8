// What the field of one kind of parameter is given.
import type { ParamValue } from "../../spec/params";

export interface FieldOf<Param> {
  readonly param: Param;
  /** Undefined stands for the default. */
  readonly value: unknown;
  readonly onChange: (value: ParamValue) => void;
}
