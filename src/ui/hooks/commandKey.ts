// The name of the command key on this computer.

/** "⌘" on Apple's computers, "Ctrl" elsewhere. */
export const commandKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";
