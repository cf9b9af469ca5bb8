// The recipe as fastai code, always as it is now: to learn from, and to take along.
/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- the code scrolls, so it must be reached by keyboard */
import { Check, Copy } from "lucide-react";
import { useMemo, useState } from "react";
import { fastaiV1 } from "../../../spec/codeTwin/v1";
import { fastaiV2 } from "../../../spec/codeTwin/v2";
import { useDataset, useProject } from "../../hooks/useStudio";
import { Button, Card, Segmented } from "../../widgets";

const VERSIONS = { v1: fastaiV1, v2: fastaiV2 } as const;
type Version = keyof typeof VERSIONS;

/** Both versions, with a button that copies. */
export function CodeCard() {
  const recipe = useProject((state) => state.recipe);
  const [version, setVersion] = useState<Version>("v1");
  const [copied, setCopied] = useState<string | null>(null);
  const paths = useDataset((state) => state.outline?.paths);
  const code = useMemo(() => VERSIONS[version](recipe, paths), [recipe, version, paths]);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code);
    setCopied(code);
  };
  return (
    <Card
      title="The same in Python"
      hint="What this project is as fastai code, the library of the course. It changes with every field."
      aside={
        <>
          <Segmented
            label="Version of fastai"
            value={version}
            options={[
              { id: "v1", label: "fastai v1" },
              { id: "v2", label: "fastai v2" },
            ]}
            onChange={(id) => setVersion(id as Version)}
          />
          <Button
            icon={copied === code ? <Check aria-hidden /> : <Copy aria-hidden />}
            onPress={() => void copy().catch(() => setCopied(null))}
          >
            {copied === code ? "Copied" : "Copy"}
          </Button>
        </>
      }
    >
      <pre
        tabIndex={0}
        aria-label="fastai code"
        className="overflow-x-auto rounded-md bg-sunk p-3 font-mono text-[12px] leading-relaxed"
      >
        {code}
      </pre>
    </Card>
  );
}
