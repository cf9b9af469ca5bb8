// The Source slot: what was opened, and how to open something else.
import { OpenButtons } from "../../app/OpenButtons";
import { formatBytes, formatCount } from "../../../store/formatNumbers";
import { useDataset, useStudio } from "../../hooks/useStudio";
import { FactRow, ProblemCard } from "../../widgets";

const KINDS = {
  directory: "a folder",
  files: "loose files",
  archive: "an archive",
  sample: "a sample, drawn in this page",
};

/** Facts and buttons. */
export function SourceForm() {
  const { session } = useStudio();
  const source = useDataset((state) => state.source);
  if (!source) return null;
  return (
    <div className="space-y-3">
      <div className="space-y-1.5">
        <FactRow label="Name">{source.name}</FactRow>
        <FactRow label="Kind">{KINDS[source.kind]}</FactRow>
        <FactRow label="Pictures">{formatCount(source.images)}</FactRow>
        <FactRow label="Tables">{formatCount(source.tables)}</FactRow>
        <FactRow label="All files">
          {/* Of listed files the sizes are not known before they are read. */}
          {`${formatCount(source.files)}${source.bytes > 0 ? ` · ${formatBytes(source.bytes)}` : ""}`}
        </FactRow>
      </div>
      {source.problems.map((problem) => (
        <ProblemCard
          key={problem.code}
          problem={problem}
          className="shadow-none!"
          onMend={(mend) => session.mend(mend.action, { id: 0, problem, retry: null })}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <OpenButtons tone="plain" />
      </div>
    </div>
  );
}
