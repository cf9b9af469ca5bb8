// A picture with what lies on it: its mask or its points, cut exactly as the picture is.
import type { PreviewTarget } from "../../spec/dataReport";
import { BitmapView } from "./BitmapView";
import { TargetOverlay } from "./TargetOverlay";

export interface TargetPictureProps {
  readonly image: ImageBitmap;
  /** Undefined where the label is said beside the picture. */
  readonly target: PreviewTarget | undefined;
  readonly alt: string;
  /** 0 to 1, for masks. */
  readonly opacity?: number;
  /** Only this class. */
  readonly only?: number | null;
  /** Of the picture and of what lies on it. */
  readonly className?: string;
  /** What lies on the picture fills what holds both: for pictures that are as high as they come. */
  readonly over?: string;
}

/** Both in one place; whoever holds it is positioned. */
export function TargetPicture({
  image,
  target,
  alt,
  opacity = 0.55,
  only = null,
  className = "",
  over = className,
}: TargetPictureProps) {
  return (
    <>
      <BitmapView image={image} alt={alt} className={className} />
      {target && (
        <TargetOverlay
          target={target}
          width={image.width}
          height={image.height}
          opacity={opacity}
          only={only}
          className={over}
        />
      )}
    </>
  );
}
