// One item as `dataset[i]` gives it: its file, its answer, and the numbers that the model gets.
import type { ItemValues } from "../../../../spec/dataLook";
import { formatBytes } from "../../../../store/formatNumbers";
import { useDataset, useExplorer, useProject, useStudio } from "../../../hooks/useStudio";
import { SeriesLine } from "../../../charts/SeriesLine";
import { Button, FactRow, Help, TargetPicture } from "../../../widgets";
import { CONCEPTS } from "./concepts";
import { shapeWords, TensorRows } from "./TensorRows";

const SET_WORDS = { train: "training set", valid: "validation set", unused: "neither" } as const;

/** Stays where it is while the next item is read. */
export function ItemDetail() {
  const values = useExplorer((state) => state.values);
  if (values === null) return <div className="h-64 animate-pulse rounded-md bg-sunk" />;
  return <Detail key={values.item} values={values} />;
}

function Detail({ values }: { readonly values: ItemValues }) {
  const { data } = useStudio();
  const vocab = useDataset((state) => state.report?.vocab ?? []);
  const { image, target, x, y } = values;
  const text = useProject(({ recipe }) => recipe.data.items.kind.startsWith("text"));
  return (
    <section aria-label="The item" className="min-w-0 space-y-3">
      {image && (
        <span className="relative mx-auto block max-w-[260px]">
          <TargetPicture
            image={image}
            target={target}
            alt={`${values.path}, as the model gets it`}
            className="w-full rounded-md [image-rendering:pixelated]"
            over="size-full rounded-md"
          />
        </span>
      )}
      {values.series && <SeriesLine values={values.series} />}
      <div className="space-y-1.5">
        <FactRow label="File">{values.path}</FactRow>
        {!text && (
          <FactRow label="In it">
            {values.file}
            {values.bytes !== null && `, ${formatBytes(values.bytes)}`}
          </FactRow>
        )}
        <FactRow label="Answer">{values.answer}</FactRow>
        <FactRow label="Set">
          <span className="inline-flex items-center gap-0.5">
            {SET_WORDS[values.set]}
            <Help term="split" text={CONCEPTS.split} />
          </span>
        </FactRow>
      </div>
      {text && (
        <p className="line-clamp-[14] rounded-md bg-sunk p-3 text-s whitespace-pre-line text-ink-2">{values.file}</p>
      )}
      {x && y && (
        <div className="no-bar overflow-x-auto">
          <table className="w-full text-s">
            <caption className="mb-1 text-left text-xs font-semibold text-ink-3">
              What the model gets
              <span className="inline-block align-middle">
                <Help term="normalisation" text={CONCEPTS.normalisation} />
              </span>
            </caption>
            <TensorRows
              rows={[
                ["x", x],
                ["y", y],
              ]}
            />
          </table>
        </div>
      )}
      {values.values.length > 0 && <Numbers values={values.values} vocab={vocab} shape={y?.shape ?? []} />}
      <Button tone="quiet" className="-ml-3" onPress={() => void data.walk(values.item)}>
        Walk it through the block
      </Button>
    </section>
  );
}

interface NumbersProps {
  readonly values: readonly number[];
  readonly vocab: readonly string[];
  readonly shape: readonly number[];
}

/** The first numbers of y, as one would print them. */
function Numbers({ values, vocab, shape }: NumbersProps) {
  const shown = values.slice(0, 24).map((value) => String(Number(value.toPrecision(4))));
  const rest = values.length > shown.length ? ", …" : "";
  const only = values.length === 1 && shape.length === 0 ? vocab[values[0] ?? -1] : undefined;
  return (
    <p className="rounded-md bg-sunk px-2.5 py-1.5 font-mono text-[12px] text-ink-2 [overflow-wrap:anywhere]">
      y = {shape.length === 0 ? shown[0] : `[${shown.join(", ")}${rest}]`}
      {only !== undefined && <span className="text-ink-3"> # {only}</span>}
      {shape.length > 0 && <span className="text-ink-3"> # {shapeWords(shape)}</span>}
    </p>
  );
}
