/** Keys as the reader's keyboard names them. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** Writes a combination such as `Ctrl+K` as this machine has it. */
export const keyName = (keys: string): string =>
  isMac ? keys.replace('Ctrl+', '⌘').replace('Alt+', '⌥').replace('Shift+', '⇧') : keys
