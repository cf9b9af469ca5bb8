// The names behind a problem, in full.
import { useSettings, useStudio } from "../hooks/useStudio";
import { Dialog } from "../widgets";
import { formatCount } from "../../store/formatNumbers";

/** Opened by "Show them". */
export function ItemsDialog() {
  const { stores } = useStudio();
  const problem = useSettings((state) => state.shownItems);
  return (
    <Dialog
      title={problem?.title ?? ""}
      isOpen={problem !== null}
      onClose={() => stores.settings.setState({ shownItems: null })}
    >
      {problem && (
        <>
          <p className="mb-3 text-s text-ink-2">{problem.detail}</p>
          <ul className="divide-y divide-line rounded-md border border-line font-mono text-xs">
            {problem.items.map((item) => (
              <li key={item} className="px-3 py-1.5 break-all">
                {item}
              </li>
            ))}
          </ul>
          {problem.total > problem.items.length && (
            <p className="mt-2 text-s text-ink-3">and {formatCount(problem.total - problem.items.length)} more</p>
          )}
        </>
      )}
    </Dialog>
  );
}
