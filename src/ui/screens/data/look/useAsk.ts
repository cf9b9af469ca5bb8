// Asks the engine for what a panel wants to show, of every block anew.
import { useEffect } from "react";
import { useExplorer } from "../../../hooks/useStudio";

/**
 * Calls `ask` while `wanting`, and again when the block changes meanwhile: the answer that is on its way is then of the
 * earlier block, and thrown away. `ask` must stay the same function.
 */
export function useAsk(wanting: boolean, ask: () => Promise<void>): void {
  const block = useExplorer((state) => state.block);
  useEffect(() => {
    if (wanting) void ask();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another block is asked anew
  }, [wanting, block, ask]);
}
