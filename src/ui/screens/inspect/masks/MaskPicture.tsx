// A picture as the model sees it, with a class map over it.
import { ItemPicture } from "../ItemPicture";
import { MaskCanvas, type MaskCanvasProps } from "./MaskCanvas";

/** Keeps the proportions of the model's input. */
export function MaskPicture({ hidden, ...mask }: MaskCanvasProps & { readonly hidden: boolean }) {
  const { interpretation, position } = mask;
  const [height, width] = interpretation.size;
  return (
    <span className="relative block" style={{ aspectRatio: `${width} / ${height}` }}>
      <ItemPicture
        item={interpretation.items[position] ?? 0}
        alt=""
        size="seen"
        className="absolute inset-0 size-full rounded-md"
      />
      {!hidden && <MaskCanvas {...mask} />}
    </span>
  );
}
