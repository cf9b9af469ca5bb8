// The choice of the network's body, each with a plain sentence, and the fields that it has of its own.
import { Radio, RadioGroup } from "react-aria-components";
import { defaultsOf } from "../../../spec/params";
import { ParamForm } from "../../forms/ParamForm";
import { useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { Card } from "../../widgets";

/** `model.arch` and `model.options`. */
export function ArchitectureCard() {
  const { project } = useStudio();
  const { arch, options, perPixel } = useProject(({ recipe }) => ({
    arch: recipe.model.arch,
    options: recipe.model.options,
    perPixel: recipe.task === "segmentation",
  }));
  const all = useStatus((state) => state.catalog?.architectures ?? null);
  const unet = useStatus((state) => state.catalog?.unet ?? []);
  const everything = useSettings((state) => state.everything);
  // A U-Net needs the stages of its encoder; what has none cannot be one.
  const architectures = all?.filter(({ id, encoder }) => !perPixel || encoder || id === arch) ?? null;
  if (!architectures) return <Card title="Architecture">The engine is starting …</Card>;
  const chosen = architectures.find(({ id }) => id === arch);
  const params = [...(chosen?.params ?? []), ...(perPixel ? unet : [])];
  return (
    <Card
      title="Architecture"
      hint={
        perPixel
          ? "The encoder of a U-Net: it sees what is there, and the way back up says where."
          : "The body that sees. Small ones learn fast; large ones see more."
      }
    >
      <RadioGroup
        aria-label="Architecture"
        value={arch}
        onChange={(id) => {
          const next = architectures.find((entry) => entry.id === id);
          project.edit((draft) => {
            draft.model.arch = id;
            // What belongs to the way back up stays as it was set.
            const kept = Object.entries(draft.model.options).filter(([key]) => unet.some((param) => param.id === key));
            draft.model.options = { ...defaultsOf(next?.params ?? []), ...Object.fromEntries(kept) };
          });
        }}
        className="grid gap-1.5"
      >
        {architectures.map(({ id, label, help }) => (
          <Radio
            key={id}
            value={id}
            className="group hit grid cursor-pointer grid-cols-[18px_1fr] items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:border-line-strong selected:border-accent selected:bg-accent-soft ringed:outline-2 ringed:outline-offset-2 ringed:outline-accent"
          >
            <span className="mt-0.5 grid size-4 place-items-center rounded-full border border-edge bg-card group-selected:border-accent">
              <span className="size-2 rounded-full bg-transparent group-selected:bg-accent" />
            </span>
            <span>
              <span className="block text-s font-semibold">{label}</span>
              <span className="block text-xs text-ink-2">{help}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {params.some(({ advanced }) => everything || advanced !== true) && (
        <div className="mt-4 border-t border-line pt-4">
          <ParamForm
            params={params}
            values={options}
            everything={everything}
            onChange={(id, value) => project.setField(`model.options.${id}`, value)}
          />
        </div>
      )}
    </Card>
  );
}
