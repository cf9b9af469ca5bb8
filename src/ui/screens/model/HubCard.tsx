// The catalogue of public encoders: fetched on a click, from one host, and kept for offline use.
import { CloudDownload, CloudOff, Trash2 } from "lucide-react";
import { useEffect } from "react";
import { HUB_ENTRIES, type HubEntry, type HubState } from "../../../spec/hub";
import { formatBytes } from "../../../store/formatNumbers";
import { useModel, useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { Badge, Button, Card, IconButton, Progress, Switch } from "../../widgets";

/** The cards of the encoders that have an architecture here. */
export function HubCard() {
  const { hub, stores } = useStudio();
  const listing = useModel((state) => state.hub);
  const airgap = useSettings((state) => state.airgap);
  const architectures = useStatus((state) => state.catalog?.architectures ?? null);
  useEffect(() => void hub.list(), [hub]);
  if (!listing || !architectures) return null;
  const entries = HUB_ENTRIES.filter(({ arch }) => architectures.some(({ id }) => id === arch));
  const closed = airgap || listing.host === null;
  return (
    <Card
      title="Pretrained encoders"
      hint={
        closed
          ? "This page fetches nothing; what was fetched before can be used."
          : `Fetched from ${listing.host} when you ask for one, and never otherwise. Nothing of yours is sent.`
      }
    >
      <ul className="divide-y divide-line border-y border-line">
        {entries.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            state={listing.states.find(({ id }) => id === entry.id) ?? null}
            closed={closed}
          />
        ))}
      </ul>
      {listing.host !== null && (
        <Switch
          className="mt-3"
          label="Airgap: fetch nothing"
          help="With this on, the page asks no other computer for anything, not even when you press a button. Encoders that were fetched before can still be used."
          value={airgap}
          onChange={(value) => stores.settings.setState({ airgap: value })}
        />
      )}
    </Card>
  );
}

interface EntryProps {
  readonly entry: HubEntry;
  readonly state: HubState | null;
  readonly closed: boolean;
}

function Entry({ entry, state, closed }: EntryProps) {
  const { hub } = useStudio();
  const fetching = useModel(({ fetching: ids }) => ids.includes(entry.id));
  const inUse = useProject(({ recipe: { model } }) => model.weights.kind === "hub" && model.weights.id === entry.id);
  const busyRun = useStatus(({ runState }) => runState !== "idle");
  const { id, label, help, licence, parameters } = entry;
  const whole = state?.total ?? parameters * 4;
  const kept = state?.kept ?? 0;
  const part = kept > 0 && !state?.complete;
  return (
    <li aria-label={label} className="py-3">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <h3 className="flex items-center gap-2 text-s font-semibold">
            {label}
            {inUse && <Badge tone="ok">in use</Badge>}
            {state?.complete && !inUse && <Badge>kept here</Badge>}
          </h3>
          <p className="text-xs text-ink-2">{help}</p>
          <p className="mt-0.5 text-xs text-ink-3">
            <span className="block font-mono break-all">{id}</span>
            {formatBytes(whole)} · <span className="whitespace-nowrap">{licence}</span>
          </p>
        </div>
        <div className="flex items-center gap-1">
          {state?.complete && !inUse && (
            <Button
              whyNot={busyRun ? "A run is going." : null}
              onPress={() => void hub.use(id)}
              aria-label={`Use ${label}`}
            >
              Use
            </Button>
          )}
          {!state?.complete && !fetching && (
            <Button
              icon={closed ? <CloudOff aria-hidden /> : <CloudDownload aria-hidden />}
              whyNot={closed ? "This page fetches nothing." : null}
              onPress={() => void hub.fetch(id)}
              aria-label={`${part ? "Go on fetching" : "Fetch"} ${label}`}
            >
              {part ? "Go on" : "Fetch"}
            </Button>
          )}
          {fetching && (
            <Button onPress={() => hub.cancel(id)} aria-label={`Stop fetching ${label}`}>
              Stop
            </Button>
          )}
          {(state?.complete || part) && !fetching && (
            <IconButton label={`Remove ${label} from this computer`} onPress={() => void hub.forget(id)}>
              <Trash2 aria-hidden />
            </IconButton>
          )}
        </div>
      </div>
      {(fetching || part) && (
        <div className="mt-2">
          <Progress label={`Fetching ${label}`} share={Math.min(1, kept / whole)} />
          <p className="mt-1 font-mono text-xs text-ink-2">
            {formatBytes(kept)} of {formatBytes(whole)}
            {part && !fetching && " · stopped, goes on from here"}
          </p>
        </div>
      )}
      {state?.complete && (
        <p className="mt-1.5 text-xs break-all text-ink-3">
          SHA-256 <span className="font-mono">{state.sha256}</span>
        </p>
      )}
    </li>
  );
}
