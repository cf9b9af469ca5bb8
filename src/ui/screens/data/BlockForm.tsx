// One form for items, labels and splits: the kinds describe themselves, and so do their fields.
import { useState } from "react";
import type { BlockEntry, BlockField, Suggest } from "../../../spec/blockFields";
import { BLANK, isBlank, startOf } from "../../../spec/blockFields";
import type { SourceOutline } from "../../../spec/dataReport";
import { isMeant, isShown } from "../../../spec/params";
import { ParamField } from "../../forms/ParamForm";
import { useDataset, useProject, useSettings } from "../../hooks/useStudio";
import { Select, TextField } from "../../widgets";

type Spec = Readonly<Record<string, unknown>> & { readonly kind: string };

export interface BlockFormProps {
  /** Of the choice of a kind. */
  readonly label: string;
  readonly entries: readonly BlockEntry[];
  readonly spec: Spec;
  readonly onChange: (next: Spec, entry: BlockEntry) => void;
}

/** Names to offer, by what a field asks for. */
function namesOf(outline: SourceOutline | null, what: Suggest | undefined): readonly string[] {
  return outline === null || what === undefined ? [] : outline[what];
}

/** A kind's start, with what the old spec already says, and names that are there in the place of those that are not. */
function begin(entry: BlockEntry, old: Spec, outline: SourceOutline | null): Spec {
  const spec: Record<string, unknown> = { ...startOf(entry) };
  for (const field of entry.fields) {
    const names = namesOf(outline, field.suggest);
    if (field.id in old) spec[field.id] = old[field.id];
    else if (field.kind === "text" && field.suggest !== "folders" && names.length > 0 && !names.includes(field.default))
      spec[field.id] = (field.suggest === "columns" ? names.at(-1) : names[0]) ?? "";
  }
  return { ...spec, kind: entry.id };
}

/** The kind and its fields; fields that do not matter now are not shown. */
export function BlockForm({ label, entries, spec, onChange }: BlockFormProps) {
  const everything = useSettings((state) => state.everything);
  const outline = useDataset((state) => state.outline);
  const items = useProject((state) => state.recipe.data.items.kind);
  const entry = entries.find(({ id }) => id === spec.kind);
  const matters = (field: BlockField): boolean => isMeant(field, { ...spec, "@items": items });
  const set = (field: BlockField, value: unknown): void => {
    if (!entry) return;
    const { [field.id]: _old, ...rest } = spec;
    const blank = isBlank(field, value);
    if (blank && field.blank === "absent") onChange({ ...rest, kind: spec.kind }, entry);
    else onChange({ ...spec, [field.id]: blank && field.blank === "null" ? null : value }, entry);
  };
  return (
    <div className="space-y-2.5">
      <Select
        label={label}
        help={entry?.help}
        value={entry ? spec.kind : null}
        placeholder={spec.kind}
        options={entries}
        onChange={(id) => {
          const next = entries.find((one) => one.id === id);
          if (next && id !== spec.kind) onChange(begin(next, spec, outline), next);
        }}
      />
      {entry?.fields
        .filter((field) => matters(field) && isShown(field, spec[field.id], everything))
        .map((field) => (
          <Field
            key={field.id}
            field={field}
            value={spec[field.id]}
            names={namesOf(outline, field.suggest)}
            onChange={(value) => set(field, value)}
          />
        ))}
    </div>
  );
}

interface FieldProps {
  readonly field: BlockField;
  readonly value: unknown;
  readonly names: readonly string[];
  readonly onChange: (value: unknown) => void;
}

function Field({ field, value, names, onChange }: FieldProps) {
  if (field.kind === "list") {
    const list = Array.isArray(value) ? value.map(String) : field.default;
    return <ListText field={field} list={list} onChange={onChange} />;
  }
  if (field.kind === "text")
    return (
      <TextField
        label={field.label}
        help={field.help}
        value={typeof value === "string" ? value : ""}
        suggestions={names}
        onChange={onChange}
      />
    );
  return (
    <ParamField param={field} value={value ?? (field.kind === "choice" ? BLANK : undefined)} onChange={onChange} />
  );
}

const partsOf = (text: string): string[] => text.split(",").map((part) => part.trim()).filter((part) => part !== ""); // prettier-ignore

interface ListTextProps {
  readonly field: BlockField;
  readonly list: readonly string[];
  readonly onChange: (list: readonly string[]) => void;
}

/** Names with commas between; what is typed stays as it is typed. */
function ListText({ field, list, onChange }: ListTextProps) {
  const [typed, setTyped] = useState("");
  const same = partsOf(typed).join("\n") === list.join("\n");
  return (
    <TextField
      label={field.label}
      help={field.help}
      value={same ? typed : list.join(", ")}
      onChange={(text) => {
        setTyped(text);
        onChange(partsOf(text));
      }}
    />
  );
}
