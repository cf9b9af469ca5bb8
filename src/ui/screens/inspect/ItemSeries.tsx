// The series that an item's picture was drawn from; nothing where items are pictures.
import { useEffect, useState } from "react";
import { SeriesLine } from "../../charts/SeriesLine";
import { useProject, useStudio } from "../../hooks/useStudio";

/** Asks for it when it is shown. */
export function ItemSeries({ item }: { readonly item: number }) {
  const { engine } = useStudio();
  const series = useProject(({ recipe }) => recipe.data.items.kind === "series");
  const [found, setFound] = useState<{ readonly item: number; readonly values: Float32Array } | null>(null);
  useEffect(() => {
    if (!series) return;
    let wanted = true;
    const ask = async (): Promise<void> => {
      const all = await engine.itemValues(item);
      all?.image?.close();
      if (wanted && all?.series) setFound({ item, values: all.series });
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [engine, item, series]);
  return found?.item === item ? <SeriesLine values={found.values} className="mt-2" /> : null;
}
