// The top line: tabs at the left; undo, palette, theme and the Train button at the right.
import { Menu, Redo2, Search, Undo2 } from "lucide-react";
import { Link } from "wouter";
import { commandKey } from "../hooks/commandKey";
import { useHistory, useProject, useStudio } from "../hooks/useStudio";
import { Button, IconButton } from "../widgets";
import { TopTabs } from "./TabBar";
import { ThemeMenu } from "./ThemeMenu";
import { TrainButton } from "./TrainButton";

/** The header of every screen. */
export function TopBar() {
  const { project, stores } = useStudio();
  const { canUndo, canRedo } = useHistory();
  const title = useProject((state) => state.recipe.title);
  return (
    <header className="flex min-h-14 items-center gap-2 border-b border-line px-5 max-md:px-2">
      <div className="flex min-w-0 items-center gap-1 lg:hidden">
        <IconButton label="Project and runs" onPress={() => stores.settings.setState({ overlay: "drawer" })}>
          <Menu aria-hidden />
        </IconButton>
        <Link href="/" className="truncate font-semibold md:hidden">
          {title}
        </Link>
      </div>
      <TopTabs />
      <div className="ml-auto flex items-center gap-1.5">
        <span className="flex max-sm:hidden">
          <IconButton
            label="Undo"
            tip={`Undo (${commandKey} Z)`}
            whyNot={canUndo ? null : "nothing has been changed yet"}
            onPress={project.undo}
          >
            <Undo2 aria-hidden />
          </IconButton>
          <IconButton
            label="Redo"
            tip={`Redo (${commandKey} Shift Z)`}
            whyNot={canRedo ? null : "nothing was undone"}
            onPress={project.redo}
          >
            <Redo2 aria-hidden />
          </IconButton>
        </span>
        <ThemeMenu />
        <span className="max-md:hidden">
          <Button
            aria-label="Commands"
            tip="All commands"
            icon={<Search aria-hidden />}
            onPress={() => stores.settings.setState({ overlay: "palette" })}
          >
            {commandKey} K
          </Button>
        </span>
        <TrainButton />
      </div>
    </header>
  );
}
