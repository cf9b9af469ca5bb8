// PyTorch's storage classes: the number formats of what lies in a file.
import { DTYPE_BYTES } from "../safetensors/dtypes";

export interface StorageType {
  /** As .safetensors calls it. */
  readonly dtype: string;
  readonly bytes: number;
}

const CLASSES: readonly (readonly [name: string, dtype: string])[] = [
  ["FloatStorage", "F32"],
  ["DoubleStorage", "F64"],
  ["HalfStorage", "F16"],
  ["BFloat16Storage", "BF16"],
  ["LongStorage", "I64"],
  ["IntStorage", "I32"],
  ["ShortStorage", "I16"],
  ["CharStorage", "I8"],
  ["ByteStorage", "U8"],
  ["BoolStorage", "BOOL"],
];

/** By the full name of the class, on the processor or (in old files) on a GPU. */
export const STORAGE_TYPES: ReadonlyMap<string, StorageType> = new Map(
  ["torch", "torch.cuda"].flatMap((module) =>
    CLASSES.map(([name, dtype]): [string, StorageType] => [
      `${module}.${name}`,
      { dtype, bytes: DTYPE_BYTES.get(dtype) as number },
    ]),
  ),
);
