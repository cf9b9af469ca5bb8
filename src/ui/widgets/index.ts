// The widgets: the small parts that every screen is built of. All are named exports, keyboard reachable and themed.
//
// Button {tone: primary|plain|quiet|danger, icon, onPress, whyNot, tip} · IconButton {label, children}
// Card {title, hint, aside, bare} · Badge {tone: ok|warn|bad|quiet} · Stat {label, value, note} (the one large number)
// Select · NumberField · TextField {suggestions} · Switch · Slider {log, format} · Segmented · FactRow · Help {term, text}
// Dialog {title, isOpen, onClose, actions} · Drawer · MenuButton {label, actions} · Keys {keys}
// Swatch {colour} · BitmapView {image, alt} · BarList (bars that are a table) · Progress {share}
// PictureButtons (a grid that opens one in full) · MorePictures {more, step, all}
// Empty {icon, title, action} · ProblemCard {problem, onMend} · RunDot {color} · cx(...)
//
// Colours and sizes come from styles/tokens.css as Tailwind names: bg-paper/card/sunk, text-ink/ink-2/ink-3, accent,
// warn, bad, s1…s7; text-xs/s/m/l/xl/num; rounded-sm/md/lg (rounded-l is Tailwind's left side); shadow-card/high; `hit` makes a target 44 px for fingers.
// Stores reach components by hooks/useStudio: useStudio() for actions; useProject, useDataset, useRuns, useModel,
// useInspection, useStatus, useSettings with a selector (compared shallowly); useCurrentRun(); useWhyNotTrain().
export { Badge, type BadgeTone } from "./Badge";
export { BarList, type Bar } from "./BarList";
export { BitmapView } from "./BitmapView";
export { Button, IconButton, type ButtonTone } from "./Button";
export { Card } from "./Card";
export { Dialog, Drawer } from "./Dialog";
export { Empty } from "./Empty";
export { FactRow } from "./Field";
export { Help } from "./Help";
export { Keys } from "./Keys";
export { MenuButton, type MenuAction } from "./MenuButton";
export { NumberField } from "./NumberField";
export { MorePictures, PictureButtons } from "./PictureButtons";
export { ProblemCard } from "./ProblemCard";
export { Progress } from "./Progress";
export { RunDot } from "./RunDot";
export { Segmented } from "./Segmented";
export { Select, type SelectOption } from "./Select";
export { Slider } from "./Slider";
export { Stat } from "./Stat";
export { Swatch } from "./Swatch";
export { Switch } from "./Switch";
export { TargetPicture } from "./TargetPicture";
export { TextField } from "./TextField";
export { cx } from "./cx";
