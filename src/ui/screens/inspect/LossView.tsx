// Pictures whose masks, points or numbers the model gets most wrong.
import { useMemo, useState } from "react";
import type { Interpretation } from "../../../spec/run";
import { formatLoss, plural } from "../../../store/formatNumbers";
import { topLosses } from "../../../store/scoring/topLosses";
import { Button, Card } from "../../widgets";
import { ItemPicture } from "./ItemPicture";

const STEP = 24;

/** The largest losses first. */
export function LossView({ interpretation }: { readonly interpretation: Interpretation }) {
  const { losses, items, paths } = interpretation;
  const [count, setCount] = useState(STEP);
  const order = useMemo(() => topLosses(losses, losses.length), [losses]);
  const more = order.length - count;
  return (
    <Card title="Most wrong" hint={`${plural(losses.length, "picture")} of the validation set, the largest loss first`}>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(136px,1fr))] gap-3">
        {order.slice(0, count).map((position) => (
          <li key={position}>
            <ItemPicture
              item={items[position] ?? 0}
              alt={paths[position] ?? ""}
              className="aspect-square w-full rounded-md"
            />
            <span className="mt-1 block text-xs text-ink-2">loss {formatLoss(losses[position] ?? NaN, 4)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <div className="mt-4 text-center">
          <Button onPress={() => setCount(count + STEP)}>Show {Math.min(STEP, more)} more</Button>
        </div>
      )}
    </Card>
  );
}
