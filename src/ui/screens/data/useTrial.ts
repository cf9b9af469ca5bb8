// Pictures of a trial: asked for when what is tried changes, the latest answer wins, and old bitmaps are let go.
import { useEffect, useState } from "react";
import type { Problem } from "../../../base/problem";
import type { TrialPicture, TrialRequest } from "../../../spec/trial";
import { useStudio } from "../../hooks/useStudio";

interface TrialState {
  readonly pictures: readonly TrialPicture[];
  readonly problem: Problem | null;
  readonly busy: boolean;
}

/** Milliseconds that a slider may rest before it counts. */
const REST_MS = 60;

const NOTHING: TrialState = { pictures: [], problem: null, busy: false };

/** What the engine shows for a request; null asks for nothing. `key` says when the request is another one. */
export function useTrial(request: TrialRequest | null, key: string): TrialState {
  const { engine } = useStudio();
  const [state, setState] = useState<TrialState>(NOTHING);
  useEffect(() => {
    if (request === null) return;
    let current = true;
    setState((before) => ({ ...before, busy: true }));
    const ask = async (): Promise<void> => {
      const answer = await engine.tryAugment(request);
      if (!current) {
        if (answer.ok) for (const { image } of answer.value) image.close();
        return;
      }
      setState((before) => {
        // They are drawn on canvases of their own by now.
        for (const { image } of before.pictures) image.close();
        return answer.ok
          ? { pictures: answer.value, problem: null, busy: false }
          : { pictures: [], problem: answer.error, busy: false };
      });
    };
    const timer = setTimeout(() => void ask().catch(() => current && setState(NOTHING)), REST_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // The key stands for everything in the request.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, key]);
  return state;
}
