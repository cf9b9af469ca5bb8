// Light, dark, or as the system has it.
import { Monitor, Moon, Sun } from "lucide-react";
import { useSettings, useStudio } from "../hooks/useStudio";
import { MenuButton } from "../widgets";

/** A menu of themes; its icon is the one that holds. */
export function ThemeMenu() {
  const { stores } = useStudio();
  const theme = useSettings((state) => state.theme);
  const Icon = theme === "light" ? Sun : theme === "dark" ? Moon : Monitor;
  return (
    <MenuButton
      label={`Theme: ${theme}`}
      className="hit size-8"
      actions={[
        {
          id: "light",
          label: "Light",
          icon: <Sun aria-hidden />,
          act: () => stores.settings.setState({ theme: "light" }),
        },
        {
          id: "dark",
          label: "Dark",
          icon: <Moon aria-hidden />,
          act: () => stores.settings.setState({ theme: "dark" }),
        },
        {
          id: "system",
          label: "As the system",
          icon: <Monitor aria-hidden />,
          act: () => stores.settings.setState({ theme: "system" }),
        },
      ]}
    >
      <Icon aria-hidden />
    </MenuButton>
  );
}
