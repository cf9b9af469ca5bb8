// What is seen while a source is read: how far it is, the first pictures as soon as they are found, and a way out.
import { LoaderCircle } from "lucide-react";
import { loadingLine } from "../../store/loadingLine";
import { useDataset, useStudio } from "../hooks/useStudio";
import { BitmapView, Button, Progress } from "../widgets";

/** The folder that a picture lies in: its label as often as not. */
const folderOf = (path: string): string => path.split("/").at(-2) ?? "";

/** Only drawn while something is being opened. */
export function OpeningPanel() {
  const { data } = useStudio();
  const { loading, peek } = useDataset(({ loading, peek }) => ({ loading, peek }));
  const line = loading === null ? { text: "Reading your files …", share: null } : loadingLine(loading);
  return (
    <div className="flex w-full max-w-2xl flex-col items-center gap-4">
      {peek.length === 0 ? (
        <LoaderCircle className="size-12 animate-spin stroke-[1.2] text-accent" aria-hidden />
      ) : (
        <ul aria-label="The first pictures" className="grid w-full grid-cols-6 gap-2 max-md:grid-cols-4">
          {peek.map(({ path, image }) => (
            <li key={path} className="min-w-0">
              <BitmapView image={image} alt="" className="aspect-square w-full rounded-sm object-cover" />
              <span className="mt-0.5 block truncate text-xs text-ink-2" title={path}>
                {folderOf(path) || path}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-l font-[620] tabular-nums">{line.text}</p>
      <Progress label="Reading your files" share={line.share} className="w-full max-w-md" />
      <Button tone="quiet" onPress={() => void data.cancelOpening()}>
        Cancel
      </Button>
    </div>
  );
}
