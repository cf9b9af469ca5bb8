// The picture of an item, fetched when it is needed.
import { ImageOff } from "lucide-react";
import { createContext, use, useEffect, useState } from "react";
import type { Thumbnails } from "../../../store/thumbnails";
import { BitmapView, cx } from "../../widgets";

export interface PictureSizes {
  readonly small: Thumbnails;
  readonly large: Thumbnails;
  /** As the model sees them: what lies on the picture is drawn over these. */
  readonly seen: Thumbnails;
}

const PicturesContext = createContext<PictureSizes | null>(null);

/** Gives the pictures to what lies below. */
export const Pictures = PicturesContext;

export interface ItemPictureProps {
  readonly item: number;
  readonly alt: string;
  readonly size?: keyof PictureSizes;
  readonly className?: string;
}

/** Keeps its place while the picture is on the way. */
export function ItemPicture({ item, alt, size = "small", className }: ItemPictureProps) {
  const source = use(PicturesContext)?.[size];
  const [loaded, setLoaded] = useState<{
    readonly of: Thumbnails;
    readonly item: number;
    readonly image: ImageBitmap | null;
  } | null>(null);
  const there = source?.peek(item);
  const image =
    there !== undefined ? there : loaded && loaded.of === source && loaded.item === item ? loaded.image : undefined;
  useEffect(() => {
    if (!source || there !== undefined) return;
    let wanted = true;
    void source.get(item).then((next) => wanted && setLoaded({ of: source, item, image: next }));
    return () => {
      wanted = false;
    };
  }, [source, item, there]);
  if (image) return <BitmapView image={image} alt={alt} className={cx("object-cover", className)} />;
  return (
    <span
      className={cx("grid place-items-center bg-sunk text-ink-3", className)}
      {...(alt === "" ? {} : { role: "img", "aria-label": alt })}
    >
      {image === null && <ImageOff className="size-5" aria-hidden />}
    </span>
  );
}
