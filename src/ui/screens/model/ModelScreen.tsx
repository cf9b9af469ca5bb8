// The Model screen: which network, from which weights, and what it is made of.
import { ArchitectureCard } from "./ArchitectureCard";
import { FitCard } from "./FitCard";
import { HeadCard } from "./HeadCard";
import { HubCard } from "./HubCard";
import { LayerCard } from "./LayerCard";
import { SizeCard } from "./SizeCard";
import { WeightsCard } from "./WeightsCard";

/** Choose, adjust, look inside. */
export function ModelScreen() {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(300px,380px)_minmax(0,1fr)]">
      <h1 className="sr-only">Model</h1>
      <div className="grid min-w-0 gap-5">
        <ArchitectureCard />
        <HeadCard />
        <WeightsCard />
        <HubCard />
      </div>
      <div className="grid min-w-0 gap-5">
        <FitCard />
        <SizeCard />
        <LayerCard />
      </div>
    </div>
  );
}
